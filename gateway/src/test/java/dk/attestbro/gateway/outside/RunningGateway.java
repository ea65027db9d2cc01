package dk.attestbro.gateway.outside;

import dk.attestbro.fhir.Messages;
import dk.attestbro.model.Payload;
import java.time.Duration;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;

/**
 * One gateway for all tests of a process, started by the first and stopped after the last, however
 * many times the build hands classes to the process.
 */
final class RunningGateway implements BeforeAllCallback {
  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(RunningGateway.class);
  private static final Duration POLL = Duration.ofMillis(40);
  private static Gateway gateway;

  @Override
  public void beforeAll(ExtensionContext context) {
    context
        .getStore(StoreScope.LAUNCHER_SESSION, NAMESPACE)
        .computeIfAbsent(
            Gateway.class,
            key -> {
              Awaitility.setDefaultPollDelay(Duration.ZERO);
              Awaitility.setDefaultPollInterval(POLL);
              gateway = new Gateway();
              return gateway;
            });
  }

  static Gateway gateway() {
    return gateway;
  }

  static String newId() {
    return UUID.randomUUID().toString();
  }

  /** A message with this text replaced everywhere. */
  static Payload replaced(Payload message, String original, String replacement) {
    return Messages.broken(message, original, replacement);
  }
}
