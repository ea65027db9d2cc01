package dk.attestbro.gateway.demo;

import dk.attestbro.gateway.demo.RememberingPartner.Way;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One gateway, whose log says everything, with two partners: for the tests of a process that ask
 * for it, one after the other. A test says first how the partners shall behave, and may stop the
 * gateway.
 */
final class SharedInstallation implements AutoCloseable {
  final Path folder;
  final RememberingPartner syd;

  /** Is sent encrypted letters. */
  final RememberingPartner midt;

  /** What Odense signs with. */
  final ThrowawayKey odense;

  private final Installation gateway;

  SharedInstallation() throws IOException {
    this.folder = Files.createTempDirectory("attestbro-shared");
    ThrowawayAuthority authority = new ThrowawayAuthority(Clock.systemUTC());
    this.odense = authority.issue("odense", KeyKind.P_256);
    Path certs = Files.createDirectories(folder.resolve("config/certs"));
    Files.writeString(certs.resolve("midt.pem"), authority.issue("midt", KeyKind.P_256).pem());
    this.syd = new RememberingPartner(Organisations.SYD, Way.SAYS_NOTHING);
    this.midt = new RememberingPartner(Organisations.MIDT, Way.SAYS_NOTHING);
    this.gateway =
        new Installation(
            folder,
            Map.of(
                Organisations.SYD,
                Installation.plainEndpoint(syd.port()),
                Organisations.MIDT,
                Installation.plainEndpoint(midt.port()) + "encryptTo: certs/midt.pem\n"));
    gateway.signer(Organisations.ODENSE, odense);
  }

  /** Started where it does not run. */
  Installation running() throws IOException {
    if (!gateway.isAlive()) {
      gateway.start("-Dlogging.level.dk.attestbro=DEBUG");
    }
    return gateway;
  }

  @Override
  public void close() throws IOException {
    syd.close();
    midt.close();
    gateway.close();
    WorkFolder.delete(folder);
  }

  /** Gives it to tests; it is closed after the last test of the process. */
  static final class Given implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
      return parameter.getParameter().getType() == SharedInstallation.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
      return test.getStore(
              StoreScope.LAUNCHER_SESSION, ExtensionContext.Namespace.create(Given.class))
          .computeIfAbsent(SharedInstallation.class, key -> made());
    }

    private static SharedInstallation made() {
      try {
        return new SharedInstallation();
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
    }
  }
}
