package dk.attestbro.gateway.outside;

import dk.attestbro.fhir.Messages;
import dk.attestbro.model.Payload;
import java.util.UUID;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One gateway for all tests of a process, started by the first and stopped after the last. */
final class RunningGateway implements BeforeAllCallback {
  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(RunningGateway.class);
  private static Gateway gateway;

  @Override
  public void beforeAll(ExtensionContext context) {
    context
        .getRoot()
        .getStore(NAMESPACE)
        .computeIfAbsent(
            Gateway.class,
            key -> {
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
