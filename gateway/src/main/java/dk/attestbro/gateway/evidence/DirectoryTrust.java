package dk.attestbro.gateway.evidence;

import dk.attestbro.model.Certificate;
import dk.attestbro.model.PartyId;
import dk.attestbro.port.DirectorySource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** What the directory pins: no chain and no revocation, since none was asked for. */
public final class DirectoryTrust implements TrustMaterial {
  private final DirectorySource directory;
  private final Supplier<Map<String, Certificate>> own;

  /** With the gateway's own certificates by what they are for. */
  public DirectoryTrust(DirectorySource directory, Supplier<Map<String, Certificate>> own) {
    this.directory = directory;
    this.own = own;
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
  public List<Revocation> revocation(Set<PartyId> parties) {
    return List.of();
  }
}
