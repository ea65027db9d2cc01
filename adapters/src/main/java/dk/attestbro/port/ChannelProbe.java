package dk.attestbro.port;

import dk.attestbro.model.Endpoint;
import dk.attestbro.model.Text;
import java.time.Duration;
import java.util.List;

/**
 * Tries whether a party could be reached by its channel, as far as that goes without handing
 * anything over: what is tried leaves nothing with the party.
 */
public interface ChannelProbe {
  /**
   * What was tried, in order, up to the first that failed. Never throws for what the world does.
   */
  List<Hop> probe(Endpoint endpoint);

  /** One part of the way, how long it took, and {@link #OK} or the code of what went wrong. */
  record Hop(Part part, Duration took, String result) {
    public static final String OK = "OK";

    public boolean isGood() {
      return result.equals(OK);
    }
  }

  /** The parts of a way, as people know them. */
  enum Part {
    DIRECTORY(
        "Kataloget: parten er gyldig og har en adresse",
        "Directory: the party is valid and has an endpoint"),
    ENCRYPTION("Kryptering til partens certifikat", "Encryption to the party's certificate"),
    ADDRESS("Adressen findes (DNS)", "The address is known (DNS)"),
    CONNECTION("Forbindelsen kan åbnes", "The connection opens"),
    SECURITY(
        "Forbindelsen er sikret (TLS) og adgangen gælder",
        "The connection is secured (TLS) and access is given"),
    ANSWER("Partens system svarer", "The party's system answers"),
    PLACE(
        "Køen, mappen eller indbakken kan skrives til",
        "The queue, folder or inbox can be written to");

    private final Text text;

    Part(String da, String en) {
      this.text = new Text(da, en);
    }

    public Text text() {
      return text;
    }
  }
}
