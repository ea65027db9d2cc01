package dk.attestbro.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dk.attestbro.model.Directory;
import dk.attestbro.model.Endpoint;
import dk.attestbro.model.Endpoint.Acknowledges;
import dk.attestbro.model.Endpoint.Channel;
import dk.attestbro.model.InboxNews;
import dk.attestbro.model.Party;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.Recipient;
import dk.attestbro.model.RetryPolicy;
import dk.attestbro.model.Source;
import dk.attestbro.samples.TestCa;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlDirectoryTest {
  private static final TestCa CA = new TestCa("Test CA");
  private static final TestCa.Issued AARHUS = CA.client("aarhus", TestCa.Keys.P256);
  private static final Duration POLL = Duration.ofMillis(20);
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n";
  private static final String GATEWAY =
      "gateway: {id: attestbro, name: Attestbro, sor: \"9999999999999999\", gln:"
          + " \"5790000000005\"}\n";
  private static final String AARHUS_PARTY =
      """
        - id: employment-aarhus
          name: Aarhus Kommune, Beskæftigelse
          kind: municipality
          municipality: "0751"
          sor: "1234567890123456"
          gln: "5790000121526"
          cvr: "55133018"
          fkOrg: 11111111-2222-3333-4444-555555555555
          validFrom: 2007-01-01
          validTo: 2026-12-31
          successor: psychiatry-midt
          signers: [certs/aarhus.pem]
          resendsItself: true
          endpoint:
            channel: https
            address: https://localhost:9443/fhir/$process-message
            trust: certs/ca.pem
            encryptTo: certs/aarhus.pem
            receives: [certificate-reply, filed]
            acknowledges: transport
            retry: "3:1m,5:5m"
            acknowledgementWait: PT10M
            resends: 3
            timeToLive: P2D
      """;
  private static final String MIDT_PARTY =
      """
        - id: psychiatry-midt
          name: Psykiatrien
          kind: region
          region: "1082"
          sor: "2234567890123456"
          gln: "5790000121526"
          validFrom: 2007-01-01
          endpoint: {channel: inbox, receives: ["*"]}
      """;

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void certificates() {
    file = folder.resolve("directory.yaml");
    TestCa.write(folder.resolve("certs/aarhus.pem"), AARHUS.certificatePem());
    TestCa.write(folder.resolve("certs/ca.pem"), CA.certificatePem());
  }

  @Test
  void readsEveryField() throws IOException {
    Directory directory = read(GATEWAY + "parties:\n" + AARHUS_PARTY + MIDT_PARTY);

    Party party = directory.party(new PartyId("employment-aarhus")).orElseThrow();
    assertThat(party.name()).isEqualTo("Aarhus Kommune, Beskæftigelse");
    assertThat(party.kind()).isEqualTo(Party.Kind.MUNICIPALITY);
    assertThat(party.municipality()).contains("0751");
    assertThat(party.sor()).isEqualTo("1234567890123456");
    assertThat(party.gln()).isEqualTo("5790000121526");
    assertThat(party.cvr()).contains("55133018");
    assertThat(party.fkOrg()).contains("11111111-2222-3333-4444-555555555555");
    assertThat(party.validFrom()).isEqualTo(LocalDate.of(2007, 1, 1));
    assertThat(party.validTo()).contains(LocalDate.of(2026, 12, 31));
    assertThat(party.successor()).contains(new PartyId("psychiatry-midt"));
    assertThat(party.signers()).containsExactly(AARHUS.model());
    assertThat(party.resendsItself()).isTrue();
    Endpoint endpoint = party.endpoint().orElseThrow();
    assertThat(endpoint.channel()).isEqualTo(Channel.HTTPS);
    assertThat(endpoint.address().orElseThrow())
        .hasToString("https://localhost:9443/fhir/$process-message");
    assertThat(endpoint.trust()).contains(CA.model());
    assertThat(endpoint.encryptTo()).contains(AARHUS.model());
    assertThat(endpoint.receives()).isEqualTo(Set.of("certificate-reply", "filed"));
    assertThat(endpoint.acknowledgesItself()).isFalse();
    assertThat(endpoint.retry()).isEqualTo(RetryPolicy.parse("3:1m,5:5m"));
    assertThat(endpoint.acknowledgementWait()).isEqualTo(Duration.ofMinutes(10));
    assertThat(endpoint.resends()).isEqualTo(3);
    assertThat(endpoint.timeToLive()).isEqualTo(Duration.ofDays(2));
    assertThat(directory.signedBy(AARHUS.model().fingerprint()))
        .containsExactly(new PartyId("employment-aarhus"));
    assertThat(directory.gateway().kind()).isEqualTo(Party.Kind.GATEWAY);
    assertThat(directory.gateway().isValidOn(LocalDate.of(2026, 11, 22))).isTrue();
  }

  @Test
  void givesTheDefaultsOfTheDesign() throws IOException {
    Directory directory = read(GATEWAY + "parties:\n" + MIDT_PARTY);

    Endpoint inbox =
        directory.party(new PartyId("psychiatry-midt")).flatMap(Party::endpoint).orElseThrow();
    assertThat(inbox.acknowledgesItself()).isTrue();
    assertThat(inbox.retry()).isEqualTo(RetryPolicy.parse("3:1m,3:5m,4:30m,20:2h"));
    assertThat(inbox.acknowledgementWait()).isEqualTo(Duration.ofMinutes(30));
    assertThat(inbox.resends()).isEqualTo(2);
    assertThat(inbox.timeToLive()).isEqualTo(Duration.ofDays(30));
    assertThat(inbox.address()).isEmpty();
  }

  @Test
  void readsChannelsFallbackAndSources() throws IOException {
    Directory directory =
        read(
            GATEWAY
                + "parties:\n"
                + MIDT_PARTY.replaceAll("(?m)^    endpoint:.*\\R", "")
                + """
                    endpoint: {channel: mail, address: post@midt.example, acknowledges: mdn}
                    signers: [certs/aarhus.pem]
                    fallback: {after: PT4H, endpoint: {channel: file, address: /srv/out/midt}}
                    sends:
                      - {channel: mail, address: "mailto:Post@midt.example"}
                      - {channel: jms, address: "jms://region/attest.in"}
                      - {channel: file, address: "sftp://attest@sftp.example:2222/in"}
                """);

    Party party = directory.party(new PartyId("psychiatry-midt")).orElseThrow();
    assertThat(party.endpoint().orElseThrow().address())
        .contains(URI.create("mailto:post@midt.example"));
    assertThat(party.endpoint().orElseThrow().acknowledges()).isEqualTo(Acknowledges.MDN);
    assertThat(party.fallback().orElseThrow().after()).isEqualTo(Duration.ofHours(4));
    assertThat(party.fallback().orElseThrow().endpoint().address())
        .contains(URI.create("file:///srv/out/midt"));
    assertThat(party.sources().stream().map(Source::address).map(URI::toString))
        .containsExactly(
            "mailto:Post@midt.example",
            "jms://region/attest.in",
            "sftp://attest@sftp.example:2222/in");
    assertThat(directory.writingFrom("post@MIDT.example")).containsExactly(party.id());
  }

  @Test
  void tellsWhatIsWrongWithAnAddressOfAChannel() throws IOException {
    Files.writeString(
        file,
        GATEWAY
            + "parties:\n"
            + MIDT_PARTY.replaceAll("(?m)^    endpoint:.*\\R", "")
            + """
                endpoint: {channel: https, address: "https://localhost/", acknowledges: mdn}
                fallback: {endpoint: {channel: mail, address: "post"}}
                sends:
                  - {channel: inbox}
                  - {channel: jms, address: "jms:two words"}
                  - {channel: file, address: "relative/folder"}
                  - {channel: file, address: "sftp://attest:secret@sftp.example/in"}
                  - {channel: mail}
            """);

    DirectoryInvalid invalid =
        catchThrowableOfType(DirectoryInvalid.class, () -> YamlDirectory.read(file));

    String midt = "parties[0] (psychiatry-midt).";
    assertThat(invalid.mistakes().stream().map(DirectoryInvalid.Mistake::where))
        .containsExactlyInAnyOrder(
            midt + "endpoint.acknowledges",
            midt + "fallback.after",
            midt + "fallback.endpoint.address",
            midt + "sends[0].channel",
            midt + "sends[1].address",
            midt + "sends[2].address",
            midt + "sends[3].address",
            midt + "sends[4].address");
  }

  @Test
  void tellsEveryMistakeAtOnce() throws IOException {
    Files.writeString(
        file,
        """
        gateway: {id: attestbro, name: Attestbro, sor: "9999999999999999", gln: "5790000000000"}
        partys: []
        parties:
          - id: Bad Id
            kind: hospital
            municipality: 751
            sor: "123"
            gln: "5790000121527"
            cvr: "55133019"
            validFrom: 2007-13-01
            successor: nobody
            signers: [certs/absent.pem]
            colour: blue
            endpoint:
              channel: https
              address: http://example.org/fhir
              receives: [certificate-reqest]
              acknowledges: never
              retry: "3x1m"
              acknowledgementWait: 30m
              resends: two
              timeToLive: PT0S
          - id: twice
            name: Twice
            kind: other
            sor: "1234567890123456"
            gln: "5790000121526"
            validFrom: 2020-01-01
            validTo: 2019-01-01
            endpoint: {channel: inbox, address: "https://localhost/", receives: ["*"]}
          - id: twice
            name: Twice
            kind: other
            sor: "1234567890123456"
            gln: "5790000121526"
            validFrom: 2020-01-01
        """);

    DirectoryInvalid invalid =
        catchThrowableOfType(DirectoryInvalid.class, () -> YamlDirectory.read(file));

    assertThat(invalid.mistakes().stream().map(DirectoryInvalid.Mistake::where))
        .containsExactlyInAnyOrder(
            "partys",
            "gateway.gln",
            "parties[0] (Bad Id).colour",
            "parties[0] (Bad Id).id",
            "parties[0] (Bad Id).name",
            "parties[0] (Bad Id).kind",
            "parties[0] (Bad Id).municipality",
            "parties[0] (Bad Id).sor",
            "parties[0] (Bad Id).gln",
            "parties[0] (Bad Id).cvr",
            "parties[0] (Bad Id).validFrom",
            "parties[0] (Bad Id).signers[0]",
            "parties[0] (Bad Id).endpoint.address",
            "parties[0] (Bad Id).endpoint.receives[0]",
            "parties[0] (Bad Id).endpoint.acknowledges",
            "parties[0] (Bad Id).endpoint.retry",
            "parties[0] (Bad Id).endpoint.acknowledgementWait",
            "parties[0] (Bad Id).endpoint.resends",
            "parties[0] (Bad Id).endpoint.timeToLive",
            "parties[0] (Bad Id).successor",
            "parties[1] (twice).validTo",
            "parties[1] (twice).endpoint.address",
            "parties[2] (twice).id",
            "parties[2] (twice).sor");
    assertThat(invalid)
        .hasMessageContaining("directory.yaml has 24 mistake(s):")
        .hasMessageContaining("the file " + folder.resolve("certs/absent.pem"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"jms:from.one.answers", "jms:from.one.refused", "jms:activemq.management"})
  void keepsTheQueuesBesideAWayInAndThoseOfTheBrokerForNobodyElse(String address)
      throws IOException {
    String ways =
        """
        parties:
          - id: one
            name: One
            kind: other
            sor: "1234567890123456"
            gln: "5790000121526"
            validFrom: 2020-01-01
            signers: [certs/aarhus.pem]
            sends: [{channel: jms, address: "jms:from.one"}]
          - id: two
            name: Two
            kind: other
            sor: "2234567890123456"
            gln: "5790000121526"
            validFrom: 2020-01-01
            endpoint: {channel: jms, address: "%s", encryptTo: certs/aarhus.pem, receives: ["*"]}
        """
            .formatted(address);
    Files.writeString(file, GATEWAY + ways);

    DirectoryInvalid invalid =
        catchThrowableOfType(DirectoryInvalid.class, () -> YamlDirectory.read(file));

    assertThat(invalid.mistakes()).hasSize(1);
  }

  @Test
  void tellsWhatIsWrongWithQueuesAndFolders() throws IOException {
    String ways =
        """
        parties:
          - id: one
            name: One
            kind: other
            sor: "1234567890123456"
            gln: "5790000121526"
            validFrom: 2020-01-01
            endpoint: {channel: jms, address: "jms:to.one"}
            sends:
              - {channel: jms, address: "jms:from.one"}
              - {channel: jms, address: "jms:deliver.two"}
              - {channel: file, address: folder/in}
          - id: two
            name: Two
            kind: other
            sor: "2234567890123456"
            gln: "5790000121526"
            validFrom: 2020-01-01
            signers: [certs/aarhus.pem]
            endpoint: {channel: file, address: /srv/two}
            sends:
              - {channel: file, address: /srv/two}
              - {channel: jms, address: "jms:from.one"}
        """;
    Files.writeString(file, GATEWAY + ways);

    DirectoryInvalid invalid =
        catchThrowableOfType(DirectoryInvalid.class, () -> YamlDirectory.read(file));

    assertThat(invalid.mistakes().stream().map(DirectoryInvalid.Mistake::where))
        .containsExactlyInAnyOrder(
            "parties[0] (one).endpoint.encryptTo",
            "parties[0] (one).sends[1].address",
            "parties[0] (one).sends[2].address",
            "parties[0] (one).sends",
            "parties[1] (two).sends",
            "parties[1] (two).sends");
  }

  @Test
  void refusesAKeyThatStandsTwiceAndWhatIsNoYaml() throws IOException {
    Files.writeString(file, GATEWAY + GATEWAY);
    assertThat(catchThrowableOfType(DirectoryInvalid.class, () -> YamlDirectory.read(file)))
        .hasMessageContaining("gateway");

    Files.writeString(file, "parties: [");
    assertThat(catchThrowableOfType(DirectoryInvalid.class, () -> YamlDirectory.read(file)))
        .hasMessageContaining("cannot be read as YAML");
  }

  @Test
  void refusesACertificateFileWithAPrivateKey() throws IOException {
    TestCa.write(folder.resolve("certs/aarhus.pem"), AARHUS.keyPem() + AARHUS.certificatePem());
    Files.writeString(file, GATEWAY + "parties:\n" + AARHUS_PARTY + MIDT_PARTY);

    assertThat(catchThrowableOfType(DirectoryInvalid.class, () -> YamlDirectory.read(file)))
        .hasMessageContaining("holds a private key")
        .hasMessageNotContaining("BEGIN");
  }

  @Test
  void refusesAPartyWhoseIdNamesNobody() throws IOException {
    Files.writeString(
        file, GATEWAY + "parties:\n" + MIDT_PARTY.replace("id: psychiatry-midt", "id: \"--\""));

    assertThat(catchThrowableOfType(DirectoryInvalid.class, () -> YamlDirectory.read(file)))
        .hasMessageContaining("it needs a letter or a digit");
  }

  @Test
  void refusesAPartyThatSucceedsItself() throws IOException {
    Files.writeString(
        file,
        GATEWAY
            + "parties:\n"
            + AARHUS_PARTY
            + MIDT_PARTY.replace(
                "    validFrom", "    successor: employment-aarhus\n    validFrom"));

    assertThat(catchThrowableOfType(DirectoryInvalid.class, () -> YamlDirectory.read(file)))
        .hasMessageContaining("comes back");
  }

  @Test
  void readsAChangedFileAgainAndKeepsTheOldOneWhereTheNewIsBad() throws IOException {
    Files.writeString(file, GATEWAY + "parties:\n" + AARHUS_PARTY + MIDT_PARTY);
    try (YamlDirectory directory = new YamlDirectory(file, party -> false, POLL)) {
      Files.writeString(file, GATEWAY + "parties:\n" + MIDT_PARTY);
      await().until(() -> directory.current().parties().size() == 1);

      Files.writeString(file, GATEWAY + "parties:\n" + MIDT_PARTY.replace("region:", "regoin:"));
      Files.writeString(folder.resolve("unrelated"), "x");
      await().during(POLL.multipliedBy(5)).until(() -> directory.current().parties().size() == 1);

      Files.writeString(file, GATEWAY + "parties:\n" + AARHUS_PARTY + MIDT_PARTY);
      await().until(() -> directory.current().parties().size() == 2);
    }
  }

  @Test
  void readsAChangedCertificateAgain() throws IOException {
    Files.writeString(file, GATEWAY + "parties:\n" + AARHUS_PARTY + MIDT_PARTY);
    TestCa.Issued renewed = CA.client("aarhus", TestCa.Keys.P256);
    try (YamlDirectory directory = new YamlDirectory(file, party -> false, POLL)) {
      TestCa.write(folder.resolve("certs/aarhus.pem"), renewed.certificatePem());

      await()
          .until(
              () ->
                  directory
                      .current()
                      .signedBy(renewed.model().fingerprint())
                      .equals(Set.of(new PartyId("employment-aarhus"))));
    }
  }

  @Test
  void letsNoPartyVanishThatHasOpenLetters() throws IOException {
    Files.writeString(file, GATEWAY + "parties:\n" + AARHUS_PARTY + MIDT_PARTY);
    AtomicInteger asked = new AtomicInteger();
    List<String> open = List.of("employment-aarhus");
    try (YamlDirectory directory =
        new YamlDirectory(
            file,
            party -> {
              asked.incrementAndGet();
              return open.contains(party.value());
            },
            POLL)) {
      Files.writeString(file, GATEWAY + "parties:\n" + MIDT_PARTY);

      await().until(() -> asked.get() > 0);
      await().during(POLL.multipliedBy(3)).until(() -> directory.current().parties().size() == 2);
    }
  }

  @Test
  void readsWhoIsToldOfWhatIsNewInAnInbox() throws IOException {
    Files.writeString(folder.resolve("webhook.secret"), SECRET);

    InboxNews news =
        news(
            "{mail: post@example.dk, webhook: \"https://a.example/in\", secretFile:"
                + " webhook.secret}");

    assertThat(news.to())
        .containsExactly(
            new Recipient.Mail("post@example.dk"),
            new Recipient.Webhook(
                URI.create("https://a.example/in"), folder.resolve("webhook.secret").toString()));
    assertThat(news.every()).isEqualTo(Duration.ofMinutes(15));
    assertThat(news("{mail: post@example.dk, every: PT1H}").every()).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void namesEveryMistakeInWhoIsTold() throws IOException {
    Files.writeString(folder.resolve("short.secret"), "whsec_c2hvcnQ=");
    String https = "{channel: https, address: \"https://a.example/in\"";

    assertThat(mistakes("{channel: inbox, notify: {}}")).containsExactly("notify.mail");
    assertThat(mistakes("{channel: inbox, notify: {mail: nobody, every: soon, colour: red}}"))
        .containsExactlyInAnyOrder("notify.colour", "notify.mail", "notify.every");
    assertThat(mistakes("{channel: inbox, notify: {webhook: \"https://a.example\"}}"))
        .containsExactly("notify.secretFile");
    assertThat(
            mistakes(
                "{channel: inbox, notify: {webhook: \"http://a.example\", secretFile: no.secret}}"))
        .containsExactlyInAnyOrder("notify.webhook", "notify.secretFile");
    assertThat(
            mistakes(
                "{channel: inbox,"
                    + " notify: {webhook: \"https://a.example\", secretFile: short.secret}}"))
        .containsExactly("notify.secretFile");
    assertThat(mistakes(https + ", notify: {mail: post@example.dk}}")).containsExactly("notify");
  }

  private InboxNews news(String yaml) throws IOException {
    return read(GATEWAY + "parties:\n" + told("{channel: inbox, notify: " + yaml + "}"))
        .party(new PartyId("told"))
        .flatMap(Party::endpoint)
        .flatMap(Endpoint::inboxNews)
        .orElseThrow();
  }

  /** The places of what is wrong, within the endpoint. */
  private List<String> mistakes(String endpoint) {
    DirectoryInvalid invalid =
        catchThrowableOfType(
            DirectoryInvalid.class, () -> read(GATEWAY + "parties:\n" + told(endpoint)));
    return invalid.mistakes().stream()
        .map(mistake -> mistake.where().replace("parties[0] (told).endpoint.", ""))
        .toList();
  }

  private static String told(String endpoint) {
    return """
    - id: told
      name: Told
      kind: other
      sor: "1234567890123456"
      gln: "5790000121526"
      validFrom: 2020-01-01
      endpoint:\
    """
        + " "
        + endpoint
        + "\n";
  }

  private Directory read(String yaml) throws IOException {
    Files.writeString(file, yaml);
    return YamlDirectory.read(file);
  }
}
