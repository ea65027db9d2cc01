package dk.attestbro.mail;

import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.RefusalReason;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.james.mime4j.util.MimeParameterMapping;

/**
 * The value of a Content-Type or Content-Disposition: a word in lower case, and parameters by their
 * names in lower case (RFC 2045, 5.1; RFC 2231).
 */
record MimeValue(String word, Map<String, String> parameters) {
  private static final String UNREADABLE = "application/octet-stream";

  /** Reads a Content-Type; one that is none says nothing about its body (RFC 2045, 5.2). */
  static MimeValue contentType(String value) {
    MimeValue read = parse(value);
    return read.word().matches("[a-z0-9!#$&^_.+-]{1,100}/[a-z0-9!#$&^_.+-]{1,100}")
        ? read
        : new MimeValue(UNREADABLE, read.parameters());
  }

  static MimeValue parse(String value) {
    HeaderText rest = new HeaderText(value);
    String word = rest.upTo(";").toLowerCase(Locale.ROOT);
    MimeParameterMapping mapping = new MimeParameterMapping();
    Set<String> names = new HashSet<>();
    while (rest.skip(';')) {
      String name = rest.upTo("=;").toLowerCase(Locale.ROOT);
      if (!rest.skip('=')) {
        continue;
      }
      String parameter = rest.upTo(";");
      // SECURITY: of two boundaries each reader would choose its own.
      if (!names.add(name) && name.startsWith("boundary")) {
        throw new MessageRefused(RefusalReason.MAIL_NOT_READABLE);
      }
      add(mapping, name, parameter);
    }
    return new MimeValue(word, new TreeMap<>(mapping.getParameters()));
  }

  Optional<String> parameter(String name) {
    return Optional.ofNullable(parameters.get(name)).filter(text -> !text.isEmpty());
  }

  private static void add(MimeParameterMapping mapping, String name, String value) {
    try {
      mapping.addParameter(name, value);
    } catch (RuntimeException malformed) {
      // A parameter that RFC 2231 cannot be read from is as one that is not there.
    }
  }
}
