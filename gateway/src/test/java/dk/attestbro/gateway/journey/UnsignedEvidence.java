package dk.attestbro.gateway.journey;

import dk.attestbro.model.Checkpoint;
import dk.attestbro.model.Digest;
import dk.attestbro.port.EvidenceSigning;

/** Says what it would sign, and signs nothing. */
public final class UnsignedEvidence implements EvidenceSigning {
  @Override
  public String sign(Checkpoint checkpoint) {
    return "checkpoint-" + checkpoint.number();
  }

  @Override
  public String signPackage(Digest manifest) {
    return "package-" + manifest;
  }

  @Override
  public String jwks() {
    return "{\"keys\":[]}";
  }
}
