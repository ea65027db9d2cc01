package dk.attestbro.gateway.operations;

import dk.attestbro.model.Text;

/**
 * Something that a person must look at.
 *
 * @param subject the party, certificate or part that it is about; may be empty
 * @param count how many, or how long in the kind's own unit
 */
public record Need(Kind kind, String subject, long count) {

  /** The kinds, the most urgent first. */
  public enum Kind {
    PART_DOWN("En del af gatewayen er nede.", "A part of the gateway is down."),
    STUCK(
        "Breve hænger: de burde være kommet videre.", "Letters are stuck: they should have moved."),
    DISK_LOW(
        "Disken er ved at være fuld (procent fri).", "The disk is nearly full (per cent free)."),
    CERTIFICATE_ENDED(
        "Et certifikat er udløbet (dage tilbage).", "A certificate has ended (days left)."),
    BREAK_GLASS_ASKED(
        "Nogen beder om nødadgang, og en leder skal afgøre det.",
        "Somebody asks for break-glass access, and a lead must decide."),
    CIRCUIT_OPEN(
        "Kredsløbet til en part er afbrudt (breve, der venter).",
        "The circuit to a party is open (letters that wait)."),
    QUEUE_OLD(
        "Et brev har ventet længe på at blive afleveret (minutter).",
        "A letter has waited long to be delivered (minutes)."),
    DEAD("Døde breve venter på en beslutning.", "Dead letters wait for a decision."),
    QUEUE_PAUSED("En part er på pause, og breve venter.", "A party is paused, and letters wait."),
    CERTIFICATE_ENDS(
        "Et certifikat udløber snart (dage tilbage).", "A certificate ends soon (days left)."),
    TO_BE_SORTED("Mails venter på at blive sorteret.", "Mails wait to be sorted.");

    private final Text text;

    Kind(String da, String en) {
      this.text = new Text(da, en);
    }

    public Text text() {
      return text;
    }

    /** Whether it is to be mended before anything else. */
    public boolean isUrgent() {
      return compareTo(CERTIFICATE_ENDED) <= 0;
    }
  }
}
