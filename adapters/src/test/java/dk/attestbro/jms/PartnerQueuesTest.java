package dk.attestbro.jms;

import static org.assertj.core.api.Assertions.assertThat;

import dk.attestbro.directory.YamlDirectory;
import dk.attestbro.model.Directory;
import dk.attestbro.model.PartyId;
import dk.attestbro.samples.TestCa;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.apache.activemq.artemis.core.security.CheckType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class PartnerQueuesTest {
  private static final PartyId ODENSE = new PartyId("employment-odense");
  private static final PartyId MIDT = new PartyId("psychiatry-midt");

  @TempDir Path folder;

  @Test
  void arePartysEndpointAndFallbackToTakeFromAndItsSourcesToSendTo() {
    PartnerQueues odense = PartnerQueues.of(directory(), List.of(ODENSE));

    assertThat(odense.sends()).containsExactlyInAnyOrder("from.odense");
    assertThat(odense.takes())
        .containsExactlyInAnyOrder(
            "to.odense", "spare.odense", "from.odense.answers", "from.odense.refused");
  }

  @Test
  void areNoneOnBrokersOfOthers() {
    assertThat(PartnerQueues.of(directory(), List.of(MIDT)))
        .isEqualTo(new PartnerQueues(Set.of(), Set.of()));
  }

  @ParameterizedTest
  @EnumSource(CheckType.class)
  void letAPartnerSendAndTakeAndNothingElse(CheckType act) {
    DoorCaller odense =
        new DoorCaller.Partner("odense", PartnerQueues.of(directory(), List.of(ODENSE)));
    boolean takes = act == CheckType.CONSUME || act == CheckType.BROWSE;

    assertThat(odense.may(act, "from.odense")).isEqualTo(act == CheckType.SEND);
    assertThat(odense.may(act, "to.odense")).isEqualTo(takes);
    assertThat(odense.may(act, "from.odense.answers")).isEqualTo(takes);
    for (String other :
        List.of("to.midt", "deliver.employment-odense", "activemq.management", "", "#")) {
      assertThat(odense.may(act, other)).as(other).isFalse();
    }
  }

  private Directory directory() {
    TestCa ca = new TestCa("CA");
    TestCa.write(folder.resolve("a.pem"), ca.client("a", TestCa.Keys.P256).certificatePem());
    return YamlDirectory.read(
        TestCa.write(
            folder.resolve("directory.yaml"),
            """
            gateway: {id: attestbro, name: Attestbro, sor: "1000000000016009", gln: "5790001900014"}
            parties:
              - id: employment-odense
                name: Odense
                kind: municipality
                municipality: "0461"
                sor: "1000000000016025"
                gln: "5790001900038"
                validFrom: 2007-01-01
                signers: [a.pem]
                endpoint: {channel: jms, address: "jms:to.odense", encryptTo: a.pem, receives: ["*"]}
                fallback:
                  after: PT4H
                  endpoint: {channel: jms, address: "jms:spare.odense", encryptTo: a.pem, receives: ["*"]}
                sends:
                  - {channel: jms, address: "jms:from.odense"}
                  - {channel: jms, address: "jms://theirs/elsewhere"}
              - id: psychiatry-midt
                name: Midt
                kind: region
                region: "1082"
                sor: "1000000000016033"
                gln: "5790001900045"
                validFrom: 2007-01-01
                signers: [a.pem]
                endpoint: {channel: jms, address: "jms://theirs/to.midt", encryptTo: a.pem, receives: ["*"]}
            """));
  }
}
