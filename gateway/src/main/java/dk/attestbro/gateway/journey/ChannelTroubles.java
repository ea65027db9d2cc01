package dk.attestbro.gateway.journey;

import dk.attestbro.model.TimelineCode;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tells operations what is wrong with a way in: once for each trouble, and again only after it had
 * gone. A way in is looked at every few seconds, and an alarm for each look would hide the others.
 */
public final class ChannelTroubles {
  private final Alarms alarms;
  private final Map<String, Set<String>> known = new ConcurrentHashMap<>();

  public ChannelTroubles(Alarms alarms) {
    this.alarms = alarms;
  }

  /** Everything that is wrong with this way in now; the codes only. */
  public void now(String channel, Set<String> codes) {
    Set<String> before = known.getOrDefault(channel, Set.of());
    codes.stream()
        .filter(code -> !before.contains(code))
        .sorted()
        .forEach(code -> alarms.raise(TimelineCode.CHANNEL_IN_TROUBLE, channel, code));
    known.put(channel, Set.copyOf(codes));
  }
}
