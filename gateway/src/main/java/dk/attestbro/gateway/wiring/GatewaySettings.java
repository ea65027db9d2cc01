package dk.attestbro.gateway.wiring;

import dk.attestbro.model.Retention;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The settings under {@code attestbro.}; config/application.yaml explains each.
 *
 * @param config the folder that the operator edits
 * @param data the folder that the gateway keeps
 * @param profiles Bundle profile by event code, where it is not the built-in one
 */
@ConfigurationProperties("attestbro")
public record GatewaySettings(
    Path config,
    Path data,
    int maxMessageBytes,
    int maxDepth,
    int maxElements,
    String keyKind,
    int databasePool,
    Broker broker,
    int relayPeriod,
    int followUpPeriod,
    int caseFollowUpPeriod,
    int deliveriesPerParty,
    int underWayPerParty,
    int relayBatch,
    Duration lease,
    Http http,
    Duration directoryPoll,
    Duration stuckAfter,
    Duration duplicateRequestWindow,
    Duration retentionPeriod,
    Retention retention,
    Duration storageKeyPeriod,
    Map<String, String> profiles) {

  /** An external broker; an empty URL means the embedded one, which partners may be let reach. */
  public record Broker(String url, String user, String password, Partners partners) {}

  /** Where partners reach the gateway's own broker; port 0: nowhere. */
  public record Partners(String address, int port) {
    boolean isOpen() {
      return port != 0;
    }
  }

  /** The way out. {@code roots} is a PEM file of trusted roots; empty: the platform's. */
  public record Http(Duration connectTimeout, Duration responseTimeout, String roots) {}
}
