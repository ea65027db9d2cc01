package dk.attestbro.jms;

import dk.attestbro.model.Certificate;
import dk.attestbro.model.Digest;
import dk.attestbro.port.CallerIdentification;
import dk.attestbro.port.DirectorySource;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import org.apache.activemq.artemis.core.remoting.impl.invm.InVMConnection;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.apache.activemq.artemis.utils.CertificateUtil;

/**
 * Tells who stands behind a connection, by its transport and its certificate alone, as the
 * directory has it now.
 */
final class DoorCallers {
  private final CallerIdentification identification;
  private final DirectorySource directory;

  DoorCallers(CallerIdentification identification, DirectorySource directory) {
    this.identification = identification;
    this.directory = directory;
  }

  /** Nobody where no party lists the certificate, or it is past its dates. */
  Optional<DoorCaller> behind(RemotingConnection connection) {
    return isTheGateway(connection)
        ? Optional.of(new DoorCaller.Itself())
        : partner(connection).map(DoorCaller.class::cast);
  }

  /** The parties behind it; nobody for the gateway's own. */
  Optional<DoorCaller.Partner> partner(RemotingConnection connection) {
    return fingerprint(connection)
        .flatMap(identification::byCertificate)
        .map(
            caller ->
                new DoorCaller.Partner(
                    String.join(
                        " ", caller.parties().stream().map(Object::toString).sorted().toList()),
                    PartnerQueues.of(directory.current(), caller.parties())));
  }

  boolean isTheGateway(RemotingConnection connection) {
    // SECURITY: the kind of transport tells it, never a name that a client gives.
    return connection.getTransportConnection() instanceof InVMConnection;
  }

  /** Of the certificate that was shown in the handshake. */
  static Optional<Digest> fingerprint(RemotingConnection connection) {
    X509Certificate[] shown = certificates(connection);
    try {
      return shown.length == 0
          ? Optional.empty()
          : Optional.of(Certificate.of(shown[0].getEncoded()).fingerprint());
    } catch (CertificateEncodingException unreadable) {
      return Optional.empty();
    }
  }

  /** What was shown in the handshake, the caller's own first; none without TLS. */
  static X509Certificate[] certificates(RemotingConnection connection) {
    X509Certificate[] shown = CertificateUtil.getCertsFromConnection(connection);
    return shown == null ? new X509Certificate[0] : shown;
  }
}
