package dk.attestbro.port;

import dk.attestbro.port.ChannelProbe.Hop;
import dk.attestbro.port.ChannelProbe.Part;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Notes one hop after the other, each with the time since the one before. */
public final class HopTimer {
  private final List<Hop> hops = new ArrayList<>();
  private long since = System.nanoTime();

  /** This part went well. */
  public HopTimer good(Part part) {
    return ended(part, Hop.OK);
  }

  /** This part ended so: {@link Hop#OK}, or a code. */
  public HopTimer ended(Part part, String result) {
    long now = System.nanoTime();
    hops.add(new Hop(part, Duration.ofNanos(now - since), result));
    since = now;
    return this;
  }

  public List<Hop> hops() {
    return List.copyOf(hops);
  }
}
