package dk.attestbro.samples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.List;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;

/** An SFTP server on loopback that lets one user in by one key. */
public final class SftpServer implements AutoCloseable {
  /** Whom it lets in. */
  public static final String USER = "attestbro";

  private final SshServer server = SshServer.setUpDefaultServer();
  private final PublicKey hostKey;

  /** Starts it on the file system of this machine. */
  public SftpServer(KeyPair hostKey, PublicKey user) {
    this.hostKey = hostKey.getPublic();
    server.setHost("127.0.0.1");
    server.setPort(0);
    server.setKeyPairProvider(KeyPairProvider.wrap(hostKey));
    server.setPublickeyAuthenticator(
        (name, key, session) -> name.equals(USER) && KeyUtils.compareKeys(key, user));
    server.setSubsystemFactories(List.of(new SftpSubsystemFactory()));
    try {
      server.start();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  public int port() {
    return ((InetSocketAddress) server.getBoundAddresses().iterator().next()).getPort();
  }

  /** Writes its key as a client knows it. */
  public void writeKnownHosts(Path file) throws IOException {
    Files.writeString(
        file, "[127.0.0.1]:" + port() + " " + PublicKeyEntry.toString(hostKey) + "\n");
  }

  @Override
  public void close() {
    try {
      server.stop(true);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
