package dk.attestbro.gateway.api;

import dk.attestbro.gateway.journey.Answer;
import dk.attestbro.gateway.journey.PlainLetter;
import dk.attestbro.model.CertificateCase;
import dk.attestbro.model.Forms;
import dk.attestbro.model.LetterContent;
import dk.attestbro.model.LetterId;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.Problem;
import dk.attestbro.port.Caller;
import dk.attestbro.port.DirectorySource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Letters as plain JSON, on their way into the journey: from a case system's call, or from a page
 * whose form says the same. What is taken is noted in the access log before it is answered.
 */
public final class PlainLetters {
  static final String REQUESTS = "/api/v1/certificate-requests";
  private static final String CASES = "/api/v1/cases/";

  private final JourneyCalls journey;
  private final Forms forms;
  private final DirectorySource directory;
  private final AccessNotes access;

  PlainLetters(JourneyCalls journey, Forms forms, DirectorySource directory, AccessNotes access) {
    this.journey = journey;
    this.forms = forms;
    this.directory = directory;
    this.access = access;
  }

  /** A new request that a person wrote for a party. */
  public Answer request(Caller caller, LetterId id, byte[] json) {
    return request(caller, Optional.empty(), id, PlainJson.read(json));
  }

  /** What the JSON of a request says, and what could not be read of it. */
  public Draft draft(byte[] json) {
    Fields body = PlainJson.read(json);
    Optional<String> receiver = body.givenText("receiver");
    body.flag("confirmDuplicate");
    return new Draft(PlainContent.request(body), receiver, body.misread());
  }

  /** What the JSON of a letter about a case says, and what could not be read of it. */
  public CaseDraft draft(CertificateCase known, String what, byte[] json) {
    Fields body = PlainJson.read(json);
    LetterContent content = content(what, body, known);
    return new CaseDraft(content, body.misread());
  }

  /** A letter about a case that is not sent yet. */
  public record CaseDraft(LetterContent content, List<Problem> misread) {}

  /** A request that is not sent yet. */
  public record Draft(
      LetterContent.Request content, Optional<String> receiver, List<Problem> misread) {}

  /**
   * A letter about a case that a person wrote for a party.
   *
   * @param what the last part of the API's path for it, {@code reminders} for example
   */
  public Answer aboutCase(
      Caller caller, CertificateCase known, String what, LetterId id, byte[] json) {
    return aboutCase(caller, known, Optional.empty(), what, id, PlainJson.read(json));
  }

  Answer request(Caller caller, Optional<String> party, LetterId id, Fields body) {
    Optional<String> sender = body.givenText("sender");
    Optional<String> receiver = body.givenText("receiver");
    LetterContent content = PlainContent.request(body);
    boolean confirmDuplicate = body.flag("confirmDuplicate");
    List<Problem> misread = body.misread();
    return write(
        new PlainLetter(
            caller,
            Parties.sender(caller, party, sender),
            id,
            content,
            misread,
            receiver,
            Optional.empty(),
            confirmDuplicate,
            PlainDoor.digest(REQUESTS, body),
            body.received()));
  }

  Answer aboutCase(
      Caller caller,
      CertificateCase known,
      Optional<String> party,
      String what,
      LetterId id,
      Fields body) {
    Optional<String> named = body.givenText("sender");
    LetterContent content = content(what, body, known);
    List<Problem> misread = body.misread();
    PartyId sender =
        Parties.sender(caller, party, named)
            .orElseGet(() -> Parties.only(partiesOf(known, caller)));
    return write(
        new PlainLetter(
            caller,
            Optional.of(sender),
            id,
            content,
            misread,
            Optional.empty(),
            Optional.of(known.id()),
            false,
            PlainDoor.digest(CASES + known.id() + "/" + what, body),
            body.received()));
  }

  /** The caller's parties whose case it is or was. */
  static Set<PartyId> partiesOf(CertificateCase known, Caller caller) {
    Set<PartyId> parties = new TreeSet<>(caller.parties());
    parties.removeIf(party -> !known.involves(party));
    return parties;
  }

  private Answer write(PlainLetter letter) {
    Answer answer = journey.write().apply(letter);
    access.noteSent(letter.caller(), answer);
    return answer;
  }

  private LetterContent content(String what, Fields body, CertificateCase known) {
    return switch (what) {
      case "interim-replies" -> PlainContent.interim(body);
      case "reminders" -> PlainContent.reminder(body);
      case "questions" -> PlainContent.question(body);
      case "answers" -> PlainContent.answer(body);
      case "forwards" -> PlainContent.forwarded(body, directory.current());
      case "replies" -> PlainContent.reply(body, forms.find(known.form()));
      case "corrections" -> PlainContent.correction(body, forms.find(known.form()));
      case "retractions" -> PlainContent.retraction(body);
      case "returns" -> PlainContent.returned(body);
      case "cancellation" -> PlainContent.cancelled(body);
      case "consent-withdrawal" -> PlainContent.consentWithdrawn(body);
      case "filed" -> PlainContent.filed(body);
      default -> throw new IllegalStateException("no letter is read at " + what);
    };
  }
}
