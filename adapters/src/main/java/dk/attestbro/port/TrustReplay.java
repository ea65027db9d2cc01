package dk.attestbro.port;

import dk.attestbro.port.CertificateTrust.Trusted;
import java.time.Instant;
import java.util.List;

/** Judges once more what a signature was relied upon by. It asks nobody and knows no settings. */
@FunctionalInterface
public interface TrustReplay {
  /** What holds of it at the time that it was judged. */
  Replayed replay(Trusted relied, Instant at);

  /**
   * What was found.
   *
   * @param broken what does not hold; none where all does
   * @param notes what it does not show
   */
  record Replayed(List<String> broken, List<String> notes) {
    public Replayed {
      broken = List.copyOf(broken);
      notes = List.copyOf(notes);
    }
  }
}
