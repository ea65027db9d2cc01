package dk.attestbro.file;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.keyverifier.KnownHostsServerKeyVerifier;
import org.apache.sshd.client.keyverifier.RejectAllServerKeyVerifier;
import org.apache.sshd.client.keyverifier.ServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.AttributeRepository;
import org.apache.sshd.common.AttributeRepository.AttributeKey;
import org.apache.sshd.common.keyprovider.FileKeyPairProvider;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.sftp.SftpModuleProperties;
import org.apache.sshd.sftp.client.SftpClientFactory;

/**
 * Connections to SFTP servers, by the gateway's own key, to servers whose key is known. Nothing of
 * the user's own SSH set-up is looked at. The client starts at the first use.
 */
final class SftpConnections implements AutoCloseable {
  /** Whether a connection's server is unknown. A closed session has lost its own attributes. */
  private static final AttributeKey<AtomicBoolean> UNKNOWN_HOST = new AttributeKey<>();

  private static final String BOUNCY_CASTLE = "org.apache.sshd.security.provider.BC.useNamed";
  private static final int SSH_PORT = 22;

  /** Version 3 is what OpenSSH speaks: its rename never replaces. */
  private static final int VERSION = 3;

  private final SftpSettings settings;
  private final Map<String, ClientSession> sessions = new ConcurrentHashMap<>();
  private Optional<SshClient> client = Optional.empty();

  SftpConnections(SftpSettings settings) {
    this.settings = settings;
  }

  /**
   * @throws FolderFailed SFTP_NOT_CONFIGURED, CONNECT_FAILED, HOST_KEY_UNKNOWN, SFTP_NOT_ALLOWED
   */
  Folder open(URI address) throws IOException {
    ClientSession session = session(address);
    try {
      return new SftpFolder(SftpClientFactory.instance().createSftpClient(session), path(address));
    } catch (IOException failed) {
      session.close(true);
      throw new FolderFailed(FolderFailed.CONNECT_FAILED, failed);
    }
  }

  /**
   * A connection is kept while its server keeps it: making one costs more than all that follows.
   */
  private ClientSession session(URI address) throws IOException {
    SshClient started = client();
    ClientSession kept = sessions.get(address.getAuthority());
    if (kept != null && kept.isOpen()) {
      return kept;
    }
    ClientSession session = connect(started, address);
    try {
      authenticate(session);
    } catch (FolderFailed failed) {
      session.close(true);
      throw failed;
    }
    // Of two that were made at once one is kept; the other ends by its idle time.
    sessions.put(address.getAuthority(), session);
    return session;
  }

  private ClientSession connect(SshClient started, URI address) throws IOException {
    int port = address.getPort() < 0 ? SSH_PORT : address.getPort();
    try {
      return started
          .connect(
              address.getUserInfo(),
              address.getHost(),
              port,
              AttributeRepository.ofKeyValuePair(UNKNOWN_HOST, new AtomicBoolean()))
          .verify(settings.connectTimeout())
          .getSession();
    } catch (IOException failed) {
      throw new FolderFailed(FolderFailed.CONNECT_FAILED, failed);
    }
  }

  private void authenticate(ClientSession session) throws IOException {
    try {
      session.auth().verify(settings.connectTimeout());
    } catch (IOException failed) {
      if (unknownHost(session).get()) {
        throw new FolderFailed(FolderFailed.HOST_KEY_UNKNOWN, failed);
      }
      // A connection that broke is another matter than a server that says no.
      throw new FolderFailed(
          session.isOpen() ? FolderFailed.SFTP_NOT_ALLOWED : FolderFailed.CONNECT_FAILED, failed);
    }
  }

  /** {@code /~/in} is a folder of the user's home, anything else as it stands. */
  private static String path(URI address) {
    String path = address.getPath();
    return path.startsWith("/~/") ? path.substring("/~/".length()) : path;
  }

  private synchronized SshClient client() throws IOException {
    if (client.isEmpty()) {
      Path key = readable(settings.privateKey());
      Path knownHosts = readable(settings.knownHosts());
      client = Optional.of(start(key, knownHosts));
    }
    return client.get();
  }

  private static Path readable(Optional<Path> file) throws IOException {
    return file.filter(Files::isReadable)
        .orElseThrow(() -> new FolderFailed(FolderFailed.SFTP_NOT_CONFIGURED));
  }

  private SshClient start(Path key, Path knownHosts) {
    if (System.getProperty(BOUNCY_CASTLE) == null) {
      // Otherwise sshd registers BouncyCastle for the whole process.
      System.setProperty(BOUNCY_CASTLE, "false");
    }
    SshClient starting = SshClient.setUpDefaultClient();
    starting.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
    starting.setUserAuthFactories(List.of(UserAuthPublicKeyFactory.INSTANCE));
    starting.setKeyIdentityProvider(new FileKeyPairProvider(key));
    starting.setServerKeyVerifier(strict(knownHosts));
    CoreModuleProperties.IDLE_TIMEOUT.set(starting, settings.responseTimeout());
    CoreModuleProperties.NIO2_READ_TIMEOUT.set(starting, settings.responseTimeout());
    SftpModuleProperties.SFTP_CHANNEL_OPEN_TIMEOUT.set(starting, settings.connectTimeout());
    SftpModuleProperties.SFTP_VERSION.set(starting, VERSION);
    starting.start();
    return starting;
  }

  /** SECURITY: without this any server on the way could take the letters. */
  private static ServerKeyVerifier strict(Path knownHosts) {
    ServerKeyVerifier known =
        new KnownHostsServerKeyVerifier(RejectAllServerKeyVerifier.INSTANCE, knownHosts);
    return (session, address, key) -> {
      boolean isKnown = known.verifyServerKey(session, address, key);
      if (!isKnown) {
        unknownHost(session).set(true);
      }
      return isKnown;
    };
  }

  private static AtomicBoolean unknownHost(ClientSession session) {
    return session.getConnectionContext().getAttribute(UNKNOWN_HOST);
  }

  @Override
  public synchronized void close() {
    client.ifPresent(SshClient::stop);
    client = Optional.empty();
  }
}
