package dk.attestbro.gateway.demo;

import dk.attestbro.model.MediaType;
import dk.attestbro.model.Payload;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Ways to spoil a good letter in FHIR JSON: cut, nonsense, or against the rules. */
final class Poison {
  private static final int KINDS = 8;

  private Poison() {}

  /** The letter, spoilt in the way of this number. */
  static Payload of(int number, Payload letter) {
    byte[] bytes = letter.bytes();
    String text = new String(bytes, StandardCharsets.UTF_8);
    return switch (number % KINDS) {
      case 0 -> new Payload(Arrays.copyOf(bytes, bytes.length / 2), letter.mediaType());
      case 1 -> json(text.replace("certificate-request", "certificate-wish"));
      case 2 -> json(text.replace(Organisations.SYD.sor(), "9999999999999999"));
      case 3 -> new Payload(bytes, MediaType.FHIR_XML);
      case 4 -> new Payload(bytes, MediaType.CMS);
      case 5 -> json(text.replace("\"Consent\"", "\"Basic\""));
      case 6 -> json("[".repeat(5000));
      default -> json(text.replace("\"type\":\"message\"", "\"type\":\"batch\""));
    };
  }

  private static Payload json(String text) {
    return new Payload(text.getBytes(StandardCharsets.UTF_8), MediaType.FHIR_JSON);
  }
}
