package dk.attestbro.gateway.wiring;

import dk.attestbro.crypto.GatewayKeys;
import dk.attestbro.crypto.GatewayKeys.Look;
import dk.attestbro.gateway.journey.Alarms;
import dk.attestbro.model.TimelineCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Keys and certificates that were changed are taken over; a bad change is an alarm. */
@Component
class FollowKeys {
  private static final Logger LOG = LoggerFactory.getLogger(FollowKeys.class);

  private final GatewayKeys keys;
  private final Alarms alarms;

  FollowKeys(GatewayKeys keys, Alarms alarms) {
    this.keys = keys;
    this.alarms = alarms;
  }

  @Scheduled(
      fixedDelayString = "${attestbro.keys.poll:2s}",
      initialDelayString = "${attestbro.keys.poll:2s}")
  void follow() {
    if (keys.look() instanceof Look.Refused refused) {
      refused.problems().forEach(line -> LOG.error("a change of keys was refused: {}", line));
      alarms.raise(TimelineCode.KEYS_REFUSED, "gateway", "MISTAKES_" + refused.problems().size());
    }
  }
}
