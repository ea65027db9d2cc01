package dk.attestbro.gateway.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageTextsTest {
  private static final Pattern PLACE = Pattern.compile("\\{\\d");

  @ParameterizedTest
  @ValueSource(strings = {"counter", "desk", "pages"})
  void everyTextIsThereInBothLanguagesWithThePlacesThatAreFilledIn(String pages)
      throws IOException {
    Properties danish = texts(pages, "da");
    Properties english = texts(pages, "en");

    assertThat(danish.stringPropertyNames())
        .hasSizeGreaterThan(10)
        .containsExactlyInAnyOrderElementsOf(english.stringPropertyNames())
        .allSatisfy(
            key -> {
              assertThat(danish.getProperty(key)).as(key).isNotBlank();
              assertThat(english.getProperty(key)).as(key).isNotBlank();
              assertThat(places(english.getProperty(key)))
                  .as(key)
                  .isEqualTo(places(danish.getProperty(key)));
            });
  }

  private static Set<String> places(String text) {
    return PLACE
        .matcher(text)
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Properties texts(String pages, String language) throws IOException {
    Properties texts = new Properties();
    String name = "/" + pages + "/messages_" + language + ".properties";
    try (InputStream bytes = PageTextsTest.class.getResourceAsStream(name)) {
      texts.load(new InputStreamReader(bytes, StandardCharsets.UTF_8));
    }
    return texts;
  }
}
