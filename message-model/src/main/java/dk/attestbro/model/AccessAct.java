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
  DRAFT_READ("Læste en kladde.", "Read a draft."),
  DRAFT_KEPT("Gemte en kladde.", "Kept a draft."),
  DRAFT_DELETED("Slettede en kladde.", "Deleted a draft."),
  EVIDENCE_EXPORTED(
      "Hentede sagens beviser med brevenes indhold.",
      "Exported the evidence of the case with the letters' contents."),
  EVIDENCE_EXPORTED_BARE(
      "Hentede sagens beviser uden brevenes indhold.",
      "Exported the evidence of the case without the letters' contents."),
  LETTER_RESENT("Sendte et dødt brev igen.", "Sent a dead letter again."),
  LETTER_REDIRECTED("Sendte et dødt brev ad en anden vej.", "Sent a dead letter by another way."),
  LETTER_CLOSED("Lukkede et dødt brev.", "Closed a dead letter."),
  PARTY_PAUSED("Satte en parts kø på pause.", "Paused a party's queue."),
  PARTY_RESUMED("Startede en parts kø igen.", "Resumed a party's queue."),
  MAILS_LISTED("Så, hvilke mails der skal sorteres.", "Saw which mails are to be sorted."),
  MAIL_SORTED("Lukkede en mail som sorteret.", "Closed a mail as sorted."),
  CHANNEL_TESTED("Prøvede vejen til en part.", "Tested the way to a party."),
  BREAK_GLASS_ASKED(
      "Bad om nødadgang til et brevs indhold.", "Asked for break-glass access to a letter."),
  BREAK_GLASS_APPROVED(
      "Gav en anden nødadgang til et brevs indhold.",
      "Gave someone else break-glass access to a letter."),
  BREAK_GLASS_DECLINED(
      "Afviste en andens nødadgang til et brevs indhold.",
      "Declined someone else's break-glass access to a letter."),
  BREAK_GLASS_READ(
      "Læste et brevs indhold med nødadgang.", "Read a letter's content by break-glass access."),
  LETTERS_SEARCHED(
      "Søgte breve i borgerens sager.", "Searched for letters in the citizen's cases."),
  ACCESS_LOG_READ("Så, hvem der har set sagen.", "Saw who has seen the case."),
  ACCESS_LOG_SEARCHED(
      "Søgte, hvem der har set noget om borgeren; medarbejdere var maskeret.",
      "Searched for who saw anything about the citizen; staff were masked."),
  ACCESS_LOG_UNMASKED(
      "Søgte, hvem der har set noget om borgeren, med medarbejdernes id'er.",
      "Searched for who saw anything about the citizen, with the ids of staff."),
  SIGNED_IN("Loggede ind på siderne.", "Signed in on the pages."),
  SIGNED_OUT("Loggede ud af siderne.", "Signed out of the pages."),
  SIGN_IN_REFUSED("Fik ikke lov at logge ind på siderne.", "Was not let in on the pages.");

  private final Text text;

  AccessAct(String da, String en) {
    this.text = new Text(da, en);
  }

  public Text text() {
    return text;
  }
}
