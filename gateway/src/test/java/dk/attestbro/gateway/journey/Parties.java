package dk.attestbro.gateway.journey;

import dk.attestbro.fhir.SampleDirectory;
import dk.attestbro.model.Certificate;
import dk.attestbro.model.Endpoint;
import dk.attestbro.model.EndpointSample;
import dk.attestbro.model.InboxNews;
import dk.attestbro.model.Party;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.PartySample;
import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;

/** Sample parties with one thing changed. */
final class Parties {
  private Parties() {}

  static Party signing(Party party, Certificate signer) {
    return PartySample.like(party).signing(signer).party();
  }

  static Party resendingItself(Party party) {
    return PartySample.like(party).resendingItself(true).party();
  }

  static Party until(Party party, LocalDate last) {
    return PartySample.like(party).until(last).party();
  }

  /** Ended on that day, and another took its place. */
  static Party succeeded(Party party, LocalDate last, PartyId successor) {
    return PartySample.like(party).until(last).succeededBy(successor).party();
  }

  static Party withoutReminders(Party party) {
    return PartySample.like(party).withoutReminders().party();
  }

  static Party withoutEndpoint(Party party) {
    return PartySample.like(party).withoutEndpoint().party();
  }

  static Party at(Party party, String address) {
    return SampleDirectory.with(party, endpoint(party).at(URI.create(address)).endpoint());
  }

  static Party encryptedTo(Party party, Certificate certificate) {
    return SampleDirectory.with(party, endpoint(party).encryptedTo(certificate).endpoint());
  }

  static Party acknowledgedByTransport(Party party) {
    return SampleDirectory.with(
        party, endpoint(party).acknowledging(Endpoint.Acknowledges.TRANSPORT).endpoint());
  }

  static Party withFallback(Party party, Duration after, Endpoint fallback) {
    return PartySample.like(party).fallingBack(after, fallback).party();
  }

  /** Three further attempts a minute apart, then five five minutes apart. */
  static Endpoint byMail(String address) {
    return EndpointSample.of(Endpoint.Channel.MAIL).byMail(address).endpoint();
  }

  /** An inbox whose party is told of what is new. */
  static Endpoint told(InboxNews news) {
    return EndpointSample.of(Endpoint.Channel.INBOX)
        .living(Duration.ofDays(30))
        .telling(news)
        .endpoint();
  }

  static Endpoint receiving(Endpoint old, String event) {
    return EndpointSample.like(old).receiving(event).endpoint();
  }

  private static EndpointSample endpoint(Party party) {
    return EndpointSample.like(party.endpoint().orElseThrow());
  }
}
