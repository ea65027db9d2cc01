package dk.attestbro.gateway.journey;

import dk.attestbro.fhir.SampleDirectory;
import dk.attestbro.model.Certificate;
import dk.attestbro.model.Endpoint;
import dk.attestbro.model.Fallback;
import dk.attestbro.model.InboxNews;
import dk.attestbro.model.Party;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.RetryPolicy;
import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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

  /** Ended on that day, and another took its place. */
  static Party succeeded(Party party, LocalDate last, PartyId successor) {
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
        Optional.of(last),
        Optional.of(successor),
        party.signers(),
        party.resendsItself(),
        party.automaticReminders(),
        party.endpoint(),
        party.fallback(),
        party.sources());
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
        party.endpoint(),
        Optional.empty(),
        List.of());
  }

  static Party withoutEndpoint(Party party) {
    return copy(party, party.validTo(), party.signers(), party.resendsItself(), Optional.empty());
  }

  static Party at(Party party, String address) {
    Endpoint old = party.endpoint().orElseThrow();
    return SampleDirectory.with(
        party,
        endpoint(old, Optional.of(URI.create(address)), old.encryptTo(), old.acknowledges()));
  }

  static Party encryptedTo(Party party, Certificate certificate) {
    Endpoint old = party.endpoint().orElseThrow();
    return SampleDirectory.with(
        party, endpoint(old, old.address(), Optional.of(certificate), old.acknowledges()));
  }

  static Party acknowledgedByTransport(Party party) {
    Endpoint old = party.endpoint().orElseThrow();
    return SampleDirectory.with(
        party, endpoint(old, old.address(), old.encryptTo(), Endpoint.Acknowledges.TRANSPORT));
  }

  private static Endpoint endpoint(
      Endpoint old,
      Optional<URI> address,
      Optional<Certificate> encryptTo,
      Endpoint.Acknowledges acknowledges) {
    return new Endpoint(
        old.channel(),
        address,
        old.trust(),
        encryptTo,
        old.receives(),
        old.forms(),
        acknowledges,
        old.retry(),
        old.acknowledgementWait(),
        old.resends(),
        old.timeToLive());
  }

  static Party withFallback(Party party, Duration after, Endpoint fallback) {
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
        party.automaticReminders(),
        party.endpoint(),
        Optional.of(new Fallback(after, fallback)),
        party.sources());
  }

  /** Three further attempts a minute apart, then five five minutes apart. */
  static Endpoint byMail(String address) {
    return new Endpoint(
        Endpoint.Channel.MAIL,
        Optional.of(URI.create("mailto:" + address)),
        Optional.empty(),
        Optional.empty(),
        Set.of("*"),
        Set.of(),
        Endpoint.Acknowledges.APPLICATION,
        RetryPolicy.parse("3:1m,5:5m"),
        Duration.ofMinutes(30),
        2,
        Duration.ofDays(7));
  }

  /** An inbox whose party is told of what is new. */
  static Endpoint told(InboxNews news) {
    return new Endpoint(
        Endpoint.Channel.INBOX,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Set.of("*"),
        Set.of(),
        Endpoint.Acknowledges.APPLICATION,
        RetryPolicy.parse("3:1m"),
        Duration.ofMinutes(30),
        2,
        Duration.ofDays(30),
        Optional.of(news));
  }

  static Endpoint receiving(Endpoint old, String event) {
    return new Endpoint(
        old.channel(),
        old.address(),
        old.trust(),
        old.encryptTo(),
        Set.of(event),
        old.forms(),
        old.acknowledges(),
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
        endpoint,
        Optional.empty(),
        List.of());
  }
}
