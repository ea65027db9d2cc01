package dk.attestbro.gateway.wiring;

import dk.attestbro.crypto.KeysUnusable;
import dk.attestbro.directory.DirectoryInvalid;
import dk.attestbro.fhir.FormsInvalid;
import dk.attestbro.jdbc.DatabaseUnusable;
import dk.attestbro.trust.TrustInvalid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.web.server.PortInUseException;

/** The gateway does not start as things stand; the message says what to mend. */
public final class StartRefused extends RuntimeException {
  private static final Logger LOG = LoggerFactory.getLogger(StartRefused.class);
  private static final long serialVersionUID = 1L;

  StartRefused(String message) {
    super(message);
  }

  private StartRefused(String message, Throwable cause) {
    super(message, cause);
  }

  /** The reason behind a failed start, in the words of the part that refused. */
  static StartRefused of(RuntimeException failed) {
    Throwable root = failed;
    for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
      if (cause instanceof StartRefused refused) {
        return refused;
      }
      if (cause instanceof PortInUseException inUse) {
        return new StartRefused(
            "another program listens on port " + inUse.getPort() + "; choose one with --port",
            failed);
      }
      if (cause instanceof BindException unbound) {
        return new StartRefused(setting(unbound), failed);
      }
      if (cause instanceof DirectoryInvalid
          || cause instanceof FormsInvalid
          || cause instanceof KeysUnusable
          || cause instanceof TrustInvalid
          || cause instanceof DatabaseUnusable) {
        return new StartRefused(String.valueOf(cause.getMessage()), failed);
      }
      root = cause;
    }
    LOG.error("the start failed unexpectedly", failed);
    return new StartRefused(String.valueOf(root.getMessage()), failed);
  }

  /** A setting's value is not of its kind, or not within its bounds. */
  private static String setting(BindException unbound) {
    Throwable root = unbound;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    ConfigurationProperty property = unbound.getProperty();
    return property == null
        ? unbound.getName() + ": " + root.getMessage()
        : property.getName()
            + " ("
            + WrittenSettings.place(property.getOrigin())
            + "): "
            + root.getMessage();
  }
}
