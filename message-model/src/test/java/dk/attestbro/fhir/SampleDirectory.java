package dk.attestbro.fhir;

import dk.attestbro.model.Directory;
import dk.attestbro.model.Endpoint;
import dk.attestbro.model.Party;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.RetryPolicy;
import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The parties that tests exchange letters between. */
public final class SampleDirectory {
  public static final Party GATEWAY =
      party("attestbro", "Attestbro", Party.Kind.GATEWAY, "", "1000000000016009", "5790001900014");

  public static final Party AARHUS =
      withEndpoint(
          party(
              "employment-aarhus",
              "Aarhus Kommune, Beskæftigelse",
              Party.Kind.MUNICIPALITY,
              "0751",
              "1000000000016017",
              "5790001900021"),
          Optional.empty());

  public static final Party ODENSE =
      withEndpoint(
          party(
              "employment-odense",
              "Odense Kommune, Beskæftigelse",
              Party.Kind.MUNICIPALITY,
              "0461",
              "1000000000016025",
              "5790001900038"),
          Optional.of(URI.create("https://localhost:9441/fhir/$process-message")));

  public static final Party MIDT =
      withEndpoint(
          party(
              "psychiatry-midt",
              "Region Midtjylland, Psykiatrien",
              Party.Kind.REGION,
              "1082",
              "1000000000016033",
              "5790001900045"),
          Optional.of(URI.create("https://localhost:9442/fhir/$process-message")));

  public static final Party SYD =
      withEndpoint(
          party(
              "psychiatry-syd",
              "Region Syddanmark, Psykiatrien",
              Party.Kind.REGION,
              "1083",
              "1000000000016041",
              "5790001900052"),
          Optional.of(URI.create("https://localhost:9443/fhir/$process-message")));

  private SampleDirectory() {}

  /** All of them. */
  public static Directory directory() {
    return new Directory(GATEWAY, List.of(AARHUS, ODENSE, MIDT, SYD));
  }

  /** A party with this endpoint instead. */
  public static Party with(Party party, Endpoint endpoint) {
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
        Optional.of(endpoint),
        Optional.empty(),
        List.of());
  }

  private static Party withEndpoint(Party party, Optional<URI> address) {
    return with(
        party,
        new Endpoint(
            address.isPresent() ? Endpoint.Channel.HTTPS : Endpoint.Channel.INBOX,
            address,
            Optional.empty(),
            Optional.empty(),
            Set.of("*"),
            Set.of(),
            Endpoint.Acknowledges.APPLICATION,
            RetryPolicy.parse("3:1m,5:5m"),
            Duration.ofMinutes(30),
            2,
            Duration.ofDays(address.isPresent() ? 7 : 30)));
  }

  private static Party party(
      String id, String name, Party.Kind kind, String area, String sor, String gln) {
    return new Party(
        new PartyId(id),
        name,
        kind,
        kind == Party.Kind.MUNICIPALITY ? Optional.of(area) : Optional.empty(),
        kind == Party.Kind.REGION ? Optional.of(area) : Optional.empty(),
        sor,
        gln,
        Optional.empty(),
        Optional.empty(),
        LocalDate.of(2007, 1, 1),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        false,
        true,
        Optional.empty(),
        Optional.empty(),
        List.of());
  }
}
