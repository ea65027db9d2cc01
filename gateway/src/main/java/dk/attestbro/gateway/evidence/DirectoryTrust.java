package dk.attestbro.gateway.evidence;

import dk.attestbro.model.Certificate;
import dk.attestbro.model.Digest;
import dk.attestbro.model.PartyId;
import dk.attestbro.port.CertificateTrust.Proof;
import dk.attestbro.port.DirectorySource;
import dk.attestbro.port.TrustProofs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** What the directory names, and what was kept when signatures were relied upon. */
public final class DirectoryTrust implements TrustMaterial {
  private final DirectorySource directory;
  private final Supplier<Map<String, Certificate>> own;
  private final TrustProofs proofs;

  /** With the gateway's own certificates by what they are for. */
  public DirectoryTrust(
      DirectorySource directory, Supplier<Map<String, Certificate>> own, TrustProofs proofs) {
    this.directory = directory;
    this.own = own;
    this.proofs = proofs;
  }

  @Override
  public List<Used> certificates(Set<PartyId> parties) {
    List<Used> used = new ArrayList<>();
    own.get().forEach((use, one) -> used.add(new Used("gateway", use, one, List.of())));
    for (PartyId id : parties) {
      directory
          .current()
          .party(id)
          .ifPresent(
              party -> {
                party
                    .signers()
                    .forEach(one -> used.add(new Used(id.value(), "signer", one, List.of())));
                party
                    .endpoint()
                    .flatMap(endpoint -> endpoint.encryptTo())
                    .ifPresent(one -> used.add(new Used(id.value(), "encryptTo", one, List.of())));
              });
    }
    return used;
  }

  @Override
  public Optional<Proof> kept(Digest digest) {
    return proofs.find(digest);
  }
}
