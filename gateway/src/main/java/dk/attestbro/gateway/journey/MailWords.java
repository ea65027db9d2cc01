package dk.attestbro.gateway.journey;

import dk.attestbro.model.LetterContent;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The few words of a mail's text that tell what it is: lines that begin with {@code Læge:}, {@code
 * Autorisations-ID:}, {@code Spørgsmål:} or {@code Svar:}, or the same in English. Quoted lines do
 * not count, and neither does a word that stands there twice.
 */
final class MailWords {
  private static final List<String> DOCTOR = List.of("læge:", "doctor:");
  private static final List<String> AUTHORISATION =
      List.of("autorisations-id:", "autorisationsid:", "authorisation id:");
  private static final List<String> QUESTION = List.of("spørgsmål:", "question:");
  private static final List<String> ANSWER = List.of("svar:", "answer:");

  private MailWords() {}

  /** The doctor who is the author of a reply; the id is empty where the text has none. */
  record Author(String name, String authorisationId) {
    @Override
    public String toString() {
      return "Author[]";
    }
  }

  /** The author, where the text names exactly one. */
  static Optional<Author> author(String text) {
    List<String> names = after(DOCTOR, text);
    List<String> ids = after(AUTHORISATION, text);
    return names.size() == 1 && ids.size() <= 1
        ? Optional.of(new Author(names.get(0), ids.stream().findFirst().orElse("")))
        : Optional.empty();
  }

  /** What the text says beside the lines that name the author, and what it quotes. */
  static String beyondAuthor(String text) {
    return text.lines()
        .filter(line -> !isQuoted(line))
        .filter(line -> rest(DOCTOR, line).isEmpty() && rest(AUTHORISATION, line).isEmpty())
        .collect(Collectors.joining("\n"))
        .strip();
  }

  /** A question or an answer, where the first line of the text begins with the word for it. */
  static Optional<LetterContent> said(String text) {
    String whole = text.strip();
    Optional<String> question = rest(QUESTION, whole);
    if (question.isPresent()) {
      return Optional.of(new LetterContent.Question(question.get(), ""));
    }
    return rest(ANSWER, whole).map(LetterContent.Clarification::new);
  }

  /** The text as a page to print. */
  static String page(String text) {
    String lines =
        text.lines().map(line -> "<p>" + escaped(line) + "</p>").collect(Collectors.joining());
    return "<html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"da\"><head>"
        + "<title>Mailens tekst</title></head><body><h1>Mailens tekst</h1>"
        + lines
        + "</body></html>";
  }

  private static List<String> after(List<String> words, String text) {
    return text.lines()
        .filter(line -> !isQuoted(line))
        .flatMap(line -> rest(words, line).stream())
        .filter(value -> !value.isEmpty())
        .toList();
  }

  private static boolean isQuoted(String line) {
    return line.stripLeading().startsWith(">");
  }

  private static Optional<String> rest(List<String> words, String text) {
    String lower = text.stripLeading().toLowerCase(Locale.ROOT);
    return words.stream()
        .filter(lower::startsWith)
        .findFirst()
        .map(word -> text.stripLeading().substring(word.length()).strip());
  }

  /** As XML has it; what XML has no place for becomes a space. */
  private static String escaped(String line) {
    StringBuilder safe = new StringBuilder();
    line.codePoints()
        .map(c -> c >= 0x20 && c < 0xD800 || c >= 0xE000 && c < 0xFFFE || c > 0xFFFF ? c : ' ')
        .forEach(
            c -> {
              switch (c) {
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '&' -> safe.append("&amp;");
                default -> safe.appendCodePoint(c);
              }
            });
    return safe.toString();
  }
}
