package dk.attestbro.model;

/** What someone saw or did, as the access log tells it. Codes are stable. */
public enum AccessAct {
  CASE_READ("Så sagen og dens forløb.", "Saw the case and its timeline."),
  LETTER_READ("Så et brevs forløb, ikke dets indhold.", "Saw a letter's way, not its content."),
  CONTENT_READ("Læste et brevs indhold.", "Read the content of a letter."),
  LETTER_SENT("Sendte et brev.", "Sent a letter."),
  LETTER_ACKNOWLEDGED("Kvitterede for et brev.", "Acknowledged a letter."),
  CASE_CHANGED(
      "Ændrede noget på egen side af sagen.", "Changed something on its side of the case."),
  EVIDENCE_EXPORTED(
      "Hentede sagens beviser med brevenes indhold.",
      "Exported the evidence of the case with the letters' contents."),
  EVIDENCE_EXPORTED_BARE(
      "Hentede sagens beviser uden brevenes indhold.",
      "Exported the evidence of the case without the letters' contents."),
  LETTER_RESENT("Sendte et dødt brev igen.", "Sent a dead letter again."),
  LETTER_CLOSED("Lukkede et dødt brev.", "Closed a dead letter."),
  PARTY_PAUSED("Satte en parts kø på pause.", "Paused a party's queue."),
  PARTY_RESUMED("Startede en parts kø igen.", "Resumed a party's queue."),
  ACCESS_LOG_READ("Så, hvem der har set sagen.", "Saw who has seen the case."),
  ACCESS_LOG_SEARCHED(
      "Søgte, hvem der har set noget om borgeren; medarbejdere var maskeret.",
      "Searched for who saw anything about the citizen; staff were masked."),
  ACCESS_LOG_UNMASKED(
      "Søgte, hvem der har set noget om borgeren, med medarbejdernes id'er.",
      "Searched for who saw anything about the citizen, with the ids of staff.");

  private final Text text;

  AccessAct(String da, String en) {
    this.text = new Text(da, en);
  }

  public Text text() {
    return text;
  }
}
