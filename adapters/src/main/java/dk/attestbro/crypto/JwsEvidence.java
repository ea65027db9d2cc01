package dk.attestbro.crypto;

import dk.attestbro.model.Checkpoint;
import dk.attestbro.model.Digest;
import dk.attestbro.port.EvidenceSigning;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Checkpoints and evidence packages as compact JWS by the receipt key as it stands. Unless that is
 * in a token, the same package is the same bytes.
 */
public final class JwsEvidence implements EvidenceSigning {
  private final JwsSigner signer;

  public JwsEvidence(GatewayKeys keys, PrivateKeyOperations operations) {
    this.signer = new JwsSigner(keys, operations, PrivateKeyOperations.Kind.EVIDENCE_SIGN);
  }

  @Override
  public String sign(Checkpoint checkpoint) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("kind", "checkpoint");
    fields.put("number", checkpoint.number());
    fields.put("at", checkpoint.at().toString());
    fields.put("previous", checkpoint.previous().hex());
    fields.put("earlier", checkpoint.earlier().hex());
    fields.put("heads", checkpoint.heads());
    fields.put("root", checkpoint.root().hex());
    return signer.compact(fields);
  }

  @Override
  public String signPackage(Digest manifest) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("kind", "evidence-package");
    fields.put("manifest", manifest.hex());
    return signer.compact(fields);
  }

  @Override
  public String jwks() {
    return signer.jwks();
  }
}
