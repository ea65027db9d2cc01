package dk.attestbro.gateway.journey;

import dk.attestbro.fhir.SampleDirectory;
import dk.attestbro.model.Certificate;
import dk.attestbro.model.Endpoint;
import dk.attestbro.model.Party;
import java.net.URI;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** Sample parties with one thing changed. */
final class Parties {
  private Parties() {}

  static Party signing(Party party, Certificate signer) {
    return copy(party, party.validTo(), List.of(signer), party.resendsItself(), party.endpoint());
  }

  static Party resendingItself(Party party) {
    return copy(party, party.validTo(), party.signers(), true, party.endpoint());
  }

  static Party until(Party party, LocalDate last) {
    return copy(party, Optional.of(last), party.signers(), party.resendsItself(), party.endpoint());
  }

  static Party withoutReminders(Party party) {
    return new Party(
        party.id(),
        party.name(),
        party.kind(),
        party.municipality(),
        party.region(),
        party.sor(),
        party.gln(),
        party.cvr(),
        party.fkOrg(),
        party.validFrom(),
        party.validTo(),
        party.successor(),
        party.signers(),
        party.resendsItself(),
        false,
        party.endpoint());
  }

  static Party withoutEndpoint(Party party) {
    return copy(party, party.validTo(), party.signers(), party.resendsItself(), Optional.empty());
  }

  static Party at(Party party, String address) {
    Endpoint old = party.endpoint().orElseThrow();
    return SampleDirectory.with(
        party,
        endpoint(old, Optional.of(URI.create(address)), old.encryptTo(), old.acknowledgesItself()));
  }

  static Party encryptedTo(Party party, Certificate certificate) {
    Endpoint old = party.endpoint().orElseThrow();
    return SampleDirectory.with(
        party, endpoint(old, old.address(), Optional.of(certificate), old.acknowledgesItself()));
  }

  static Party acknowledgedByTransport(Party party) {
    Endpoint old = party.endpoint().orElseThrow();
    return SampleDirectory.with(party, endpoint(old, old.address(), old.encryptTo(), false));
  }

  private static Endpoint endpoint(
      Endpoint old,
      Optional<URI> address,
      Optional<Certificate> encryptTo,
      boolean acknowledgesItself) {
    return new Endpoint(
        old.channel(),
        address,
        old.trust(),
        encryptTo,
        old.receives(),
        old.forms(),
        acknowledgesItself,
        old.retry(),
        old.acknowledgementWait(),
        old.resends(),
        old.timeToLive());
  }

  private static Party copy(
      Party party,
      Optional<LocalDate> validTo,
      List<Certificate> signers,
      boolean resendsItself,
      Optional<Endpoint> endpoint) {
    return new Party(
        party.id(),
        party.name(),
        party.kind(),
        party.municipality(),
        party.region(),
        party.sor(),
        party.gln(),
        party.cvr(),
        party.fkOrg(),
        party.validFrom(),
        validTo,
        party.successor(),
        signers,
        resendsItself,
        party.automaticReminders(),
        endpoint);
  }
}
