package dk.attestbro.gateway.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dk.attestbro.fhir.SampleDirectory;
import dk.attestbro.model.Problem;
import dk.attestbro.model.RefusalReason;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.context.support.ResourceBundleMessageSource;

class PageFieldsTest {
  @AfterEach
  void anyLanguage() {
    LocaleContextHolder.resetLocaleContext();
  }

  @Test
  void namesTheDayThatADateMustBeMeasuredBy() {
    assertThat(text("min 2026-11-23")).endsWith("ikke ligge før 23. nov. 2026.");
    assertThat(text("max 2026-11-23")).endsWith("ikke ligge efter 23. nov. 2026.");
    assertThat(text("after another-question")).contains("før eller efter");
  }

  private static String text(String hint) {
    LocaleContextHolder.setLocale(Locale.forLanguageTag("da-DK"));
    ResourceBundleMessageSource messages = new ResourceBundleMessageSource();
    messages.setBasename("counter/messages");
    messages.setDefaultEncoding("UTF-8");
    return new PageFields(messages, new Shown(SampleDirectory::directory))
        .text(new Problem(RefusalReason.DATES_IN_WRONG_ORDER, "expectedBy", hint));
  }
}
