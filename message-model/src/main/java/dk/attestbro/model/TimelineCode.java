package dk.attestbro.model;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** What happened to a letter or a case: the coded events of a timeline. Codes are stable. */
public enum TimelineCode {
  RECORDED("Registreret; indholdet gemmes forseglet.", "Recorded; its content is kept sealed."),
  SIGNATURE_TRUSTED(
      "Underskriften blev godtaget; certifikater og spærreoplysninger er gemt.",
      "The signature was relied upon; its certificates and what was known of their revocation are"
          + " kept."),
  REFUSED("Afvist; afsenderen har fået årsagerne.", "Refused; the sender got the reasons."),
  DUPLICATE_ANSWERED(
      "Sendt igen af afsenderen; besvaret som første gang.",
      "Sent again by the sender; answered as the first time."),
  CONTENT_CHANGED("Samme id med andet indhold; afvist.", "Same id with other content; refused."),
  ENVELOPE_RECORDED(
      "Ny kuvert fra afsenderen registreret til videresendelse.",
      "The sender's new envelope recorded for sending on."),
  CASE_OPENED("Sagen er åbnet.", "The case was opened."),
  CASE_CHANGED("Sagen har skiftet tilstand.", "The state of the case changed."),
  REQUEST_RECEIVED(
      "Modtageren har bevisligt fået anmodningen.", "The responder is proven to have the request."),
  REQUEST_REFUSED("Modtageren har afvist anmodningen.", "The responder cannot take the request."),
  DEADLINE_STARTED("Fristen løber.", "The deadline runs."),
  DEADLINE_MOVED("Fristen er flyttet.", "The deadline has moved."),
  DEADLINE_PAUSED(
      "Fristen holder pause, til spørgsmålet er besvaret.",
      "The deadline is paused until the question is answered."),
  DEADLINE_MET("Svaret kom inden fristen.", "The reply came in time."),
  DEADLINE_MISSED("Svaret kom efter fristen.", "The reply came too late."),
  DEADLINE_VOID("Fristen er bortfaldet.", "Nothing is due any more."),
  CASE_ASSIGNED(
      "En af siderne har sagt, hvem der har sagen.", "One side has said who handles the case."),
  INTERIM_ACCEPTED(
      "Den nye dato er godtaget og er nu fristen.",
      "The new date is accepted and is the deadline now."),
  REMINDED(
      "En påmindelse er sendt på anmoderens vegne.",
      "A reminder was sent on the requester's behalf."),
  ESCALATED(
      "Svaret er meget forsinket; aftalens kontakt skal have besked.",
      "The reply is long overdue; the agreement's contact is to be told."),
  CONSENT_LAPSED(
      "Samtykket er udløbet; sagen er slut, og begge parter har fået besked.",
      "The consent has lapsed; the case has ended and both parties were told."),
  DISCHARGE_FOLLOWED(
      "Beskeden følges op som et udskrivningsvarsel; det er aftalt.",
      "The notification is followed up as a discharge notice is, by agreement."),
  DISCHARGE_JOINED(
      "Udskrivningen følges op sammen med en anden sag.",
      "The discharge is followed up together with another case."),
  DISCHARGE_CANCELLED(
      "Udskrivningen er annulleret; der skal ikke svares.",
      "The discharge was cancelled; no answer is due."),
  CONTENT_DELETED("Indholdet er slettet.", "The content was deleted."),
  STORAGE_KEY_MADE(
      "En ny nøgle forsegler nu indhold; tag en sikkerhedskopi af nøglerne.",
      "A new storage key seals contents now; back the keys up."),
  STORAGE_KEY_DESTROYED(
      "En nøgle, som intet indhold bruger mere, er tilintetgjort.",
      "A storage key that no content needs any more was destroyed."),
  QUEUED("Beskyttet og lagt i kø til modtageren.", "Protected and queued for the receiver."),
  DELIVERED("Afleveret til modtagerens system.", "Handed to the receiver's system."),
  PUT_IN_INBOX("Lagt i modtagerens indbakke.", "Put in the receiver's inbox."),
  DELIVERY_FAILED("Et afleveringsforsøg mislykkedes.", "An attempt to deliver failed."),
  FALLBACK_TAKEN(
      "Modtagerens egen adresse har ikke taget brevet; det går nu til reserveadressen.",
      "The receiver's own endpoint did not take the letter; it now goes to the fallback."),
  DELIVERY_REJECTED(
      "Modtagerens system afviste brevet.", "The receiver's system rejected the letter."),
  RESENT(
      "Sendt igen i en ny kuvert, fordi kvitteringen mangler.",
      "Sent again in a new envelope because the acknowledgement is missing."),
  ACKNOWLEDGED_OK("Modtageren har kvitteret positivt.", "The receiver acknowledged it: ok."),
  ACKNOWLEDGED_TRANSIENT_ERROR(
      "Modtageren kan ikke behandle brevet lige nu.",
      "The receiver cannot process the letter right now."),
  ACKNOWLEDGED_FATAL_ERROR("Modtageren har afvist brevet.", "The receiver refused the letter."),
  ACKNOWLEDGEMENT_REPEATED(
      "Samme kvittering igen; uden virkning.", "The same acknowledgement again; no effect."),
  ACKNOWLEDGEMENT_CONTRADICTED(
      "En kvittering modsiger den endelige; sendes ikke videre.",
      "An acknowledgement contradicts the final one; not passed on."),
  ACKNOWLEDGEMENT_REJECTED(
      "En ugyldig eller ukendt kvittering blev afvist.",
      "An invalid or unmatched acknowledgement was rejected."),
  CHANNEL_IN_TROUBLE(
      "En kø eller mappe, som en part sender gennem, kan ikke tømmes, som den skal.",
      "A queue or folder that a party sends through cannot be emptied as it should."),
  CHANNEL_REFUSED(
      "En besked fra en kø blev afvist; afsenderen har ikke bedt om svar.",
      "A message from a queue was refused; its sender asked for no answer."),
  DEAD(
      "Ingen kunne tage brevet; afsenderen har fået besked.",
      "No one could take the letter; the sender was told."),
  ATTACHMENT_HARMFUL(
      "En vedhæftning indeholder skadelig kode; brevet er afvist.",
      "An attachment holds harmful code; the letter was refused."),
  SCAN_UNAVAILABLE(
      "Vedhæftninger kan ikke undersøges; breve med vedhæftninger tages ikke.",
      "Attachments cannot be scanned; letters that have any are not taken."),
  STUCK(
      "Brevet burde være kommet videre og er det ikke; driften skal se på det.",
      "The letter should have moved and has not; operations must look at it."),
  CERTIFICATE_ENDS(
      "Et certifikat udløber snart og skal skiftes.",
      "A certificate ends soon and must be replaced."),
  DISK_LOW("Disken er næsten fuld.", "The disk is nearly full."),
  BROKER_UNREACHABLE(
      "Køserveren kan ikke nås; breve bliver liggende, til den kan.",
      "The broker cannot be reached; letters wait until it can."),
  DATABASE_UNREACHABLE(
      "Databasen kan ikke nås; breve tages ikke imod, før den kan.",
      "The database cannot be reached; letters are not taken until it can."),
  REPLIES_OVERDUE(
      "Svar er forsinkede; dagens antal.", "Replies are overdue; the number of the day."),
  RESENT_BY_OPERATOR("Sendt igen af driften.", "Sent again by operations."),
  REDIRECTED_BY_OPERATOR(
      "Sendt igen af driften ad en anden vej: modtagerens reserveadresse eller efterfølger.",
      "Sent again by operations by another way: the receiver's fallback or successor."),
  CLOSED_BY_OPERATOR("Lukket af driften.", "Closed by operations."),
  BREAK_GLASS_ASKED(
      "En i driften beder om nødadgang til brevets indhold.",
      "Someone of operations asks for break-glass access to the letter's content."),
  BREAK_GLASS_APPROVED(
      "En anden i driften har givet nødadgang til brevets indhold i kort tid.",
      "Another person of operations allowed break-glass access to the letter's content for a short"
          + " time."),
  BREAK_GLASS_DECLINED(
      "En anden i driften har afvist nødadgang til brevets indhold.",
      "Another person of operations declined break-glass access to the letter's content."),
  BREAK_GLASS_LAPSED(
      "Ingen har afgjort i tide, om der skulle være nødadgang; der er ingen.",
      "Nobody decided in time whether there should be break-glass access; there is none."),
  BREAK_GLASS_READ(
      "En i driften har læst brevets indhold med nødadgang.",
      "Someone of operations read the letter's content by break-glass access."),
  EVIDENCE_NOT_ANCHORED(
      "Beviserne kan ikke forankres; nye breve tages ikke imod, før det lykkes igen.",
      "The evidence cannot be anchored; new letters are not taken until it succeeds again."),
  KEYS_REFUSED(
      "En ændring af nøgler eller certifikater kan ikke bruges; de hidtidige gælder stadig.",
      "A change of keys or certificates cannot be used; those of before stay in force."),
  DELIVERY_DELAYED(
      "En mailserver har meldt, at afleveringen trækker ud; den prøver igen.",
      "A mail server reported that the delivery takes longer; it tries again."),
  DELIVERY_REPORTED(
      "En mailserver har meldt, hvad der blev af afleveringen.",
      "A mail server reported what became of the delivery."),
  READ_RECEIPT(
      "Modtagerens mailsystem har meldt, hvad der blev af mailen.",
      "The receiver's mail system reported what became of the mail."),
  MAIL_TO_BE_SORTED(
      "En mail venter på, at et menneske sorterer den.", "A mail waits for a person to sort it."),
  MAIL_SORTED("Mailen er sorteret af driften.", "The mail was sorted by operations."),
  PARTY_PAUSED("Modtageren er sat på pause af driften.", "The receiver was paused by operations."),
  PARTY_RESUMED(
      "Modtageren er startet igen af driften.", "The receiver was resumed by operations.");

  /** What operations do to a letter that did not get through by itself. */
  public static final Set<TimelineCode> MANUAL_STEPS =
      Collections.unmodifiableSet(
          EnumSet.of(RESENT_BY_OPERATOR, REDIRECTED_BY_OPERATOR, CLOSED_BY_OPERATOR));

  private final Text text;

  TimelineCode(String da, String en) {
    this.text = new Text(da, en);
  }

  public Text text() {
    return text;
  }
}
