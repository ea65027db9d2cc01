package dk.attestbro.fhir;

import dk.attestbro.model.Directory;
import dk.attestbro.model.Endpoint;
import dk.attestbro.model.EndpointSample;
import dk.attestbro.model.Party;
import dk.attestbro.model.PartySample;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** The parties that tests exchange letters between. */
public final class SampleDirectory {
  public static final Party GATEWAY =
      PartySample.of(
              "attestbro", "Attestbro", Party.Kind.GATEWAY, "", "1000000000016009", "5790001900014")
          .party();

  public static final Party AARHUS =
      inbox(
          PartySample.of(
              "employment-aarhus",
              "Aarhus Kommune, Beskæftigelse",
              Party.Kind.MUNICIPALITY,
              "0751",
              "1000000000016017",
              "5790001900021"));

  public static final Party ODENSE =
      https(
          PartySample.of(
              "employment-odense",
              "Odense Kommune, Beskæftigelse",
              Party.Kind.MUNICIPALITY,
              "0461",
              "1000000000016025",
              "5790001900038"),
          9441);

  public static final Party MIDT =
      https(
          PartySample.of(
              "psychiatry-midt",
              "Region Midtjylland, Psykiatrien",
              Party.Kind.REGION,
              "1082",
              "1000000000016033",
              "5790001900045"),
          9442);

  public static final Party SYD =
      https(
          PartySample.of(
              "psychiatry-syd",
              "Region Syddanmark, Psykiatrien",
              Party.Kind.REGION,
              "1083",
              "1000000000016041",
              "5790001900052"),
          9443);

  private SampleDirectory() {}

  /** All of them. */
  public static Directory directory() {
    return new Directory(GATEWAY, List.of(AARHUS, ODENSE, MIDT, SYD));
  }

  /** A party with this endpoint instead. */
  public static Party with(Party party, Endpoint endpoint) {
    return PartySample.like(party).at(endpoint).party();
  }

  private static Party inbox(PartySample party) {
    return party
        .at(EndpointSample.of(Endpoint.Channel.INBOX).living(Duration.ofDays(30)).endpoint())
        .party();
  }

  private static Party https(PartySample party, int port) {
    return party
        .at(
            EndpointSample.of(Endpoint.Channel.HTTPS)
                .at(URI.create("https://localhost:" + port + "/fhir/$process-message"))
                .endpoint())
        .party();
  }
}
