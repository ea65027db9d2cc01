package dk.attestbro.gateway.wiring;

import dk.attestbro.crypto.CertificateDates;
import dk.attestbro.crypto.GatewayKeys;
import dk.attestbro.gateway.journey.WatchCertificates.End;
import dk.attestbro.model.Certificate;
import dk.attestbro.model.Party;
import dk.attestbro.port.DirectorySource;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** When the certificates end that the gateway has and that the directory names. */
@Component
final class CertificateEnds {
  private final GatewayKeys keys;
  private final DirectorySource directory;

  CertificateEnds(GatewayKeys keys, DirectorySource directory) {
    this.keys = keys;
    this.directory = directory;
  }

  List<End> all() {
    List<End> ends = new ArrayList<>();
    keys.certificates().forEach((file, own) -> ends.add(end("gateway", file, own)));
    for (Party party : directory.current().parties()) {
      String id = party.id().value();
      party
          .endpoint()
          .flatMap(endpoint -> endpoint.encryptTo())
          .ifPresent(certificate -> ends.add(end(id, "encryptTo", certificate)));
      for (int i = 0; i < party.signers().size(); i++) {
        ends.add(end(id, "signer-" + (i + 1), party.signers().get(i)));
      }
    }
    return ends;
  }

  private static End end(String party, String use, Certificate certificate) {
    return new End(party, use, CertificateDates.of(certificate).notAfter());
  }
}
