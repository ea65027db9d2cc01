package dk.attestbro.gateway.api;

import dk.attestbro.gateway.journey.Answer;
import dk.attestbro.gateway.journey.KnownCases;
import dk.attestbro.gateway.journey.PlainLetter;
import dk.attestbro.model.CaseId;
import dk.attestbro.model.CertificateCase;
import dk.attestbro.model.Forms;
import dk.attestbro.model.LetterContent;
import dk.attestbro.model.LetterId;
import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.Problem;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.port.Caller;
import dk.attestbro.port.DirectorySource;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Takes as plain JSON every letter that follows others in their case. They differ in what their
 * body says, which the last part of the path tells.
 */
@RestController
final class CaseLetterDoor {
  private static final String CASE = "/api/v1/cases/{caseId}/";

  private final JourneyCalls journey;
  private final PlainDoor door;
  private final KnownCases cases;
  private final Forms forms;
  private final DirectorySource directory;
  private final AccessNotes access;
  private final Clock clock;

  CaseLetterDoor(
      JourneyCalls journey,
      PlainDoor door,
      KnownCases cases,
      Forms forms,
      DirectorySource directory,
      AccessNotes access,
      Clock clock) {
    this.journey = journey;
    this.door = door;
    this.cases = cases;
    this.forms = forms;
    this.directory = directory;
    this.access = access;
    this.clock = clock;
  }

  /**
   * Takes one.
   *
   * @throws MessageRefused NOT_FOUND where the case is not one of the caller's
   */
  @PostMapping({
    CASE + "interim-replies",
    CASE + "reminders",
    CASE + "questions",
    CASE + "answers",
    CASE + "forwards",
    CASE + "replies",
    CASE + "corrections",
    CASE + "retractions",
    CASE + "returns",
    CASE + "cancellation",
    CASE + "consent-withdrawal",
    CASE + "filed"
  })
  ResponseEntity<byte[]> take(
      @AuthenticationPrincipal Caller caller,
      @PathVariable("caseId") String caseId,
      @RequestParam("party") Optional<String> party,
      HttpServletRequest call)
      throws IOException {
    Optional<String> key = PlainDoor.key(call);
    CertificateCase known =
        CaseId.parse(caseId)
            .flatMap(id -> cases.find(id, clock.instant()))
            .filter(c -> !partiesOf(c, caller).isEmpty())
            .orElseThrow(() -> new MessageRefused(RefusalReason.NOT_FOUND));
    Fields body = door.body(call);
    Optional<String> named = body.givenText("sender");
    String what = what(call);
    LetterContent content = content(what, body, known);
    List<Problem> misread = body.misread();
    PartyId sender =
        Parties.sender(caller, party, named)
            .orElseGet(() -> Parties.only(partiesOf(known, caller)));
    PlainLetter letter =
        new PlainLetter(
            caller,
            Optional.of(sender),
            key.map(LetterId::new).orElseGet(LetterId::random),
            content,
            misread,
            Optional.empty(),
            Optional.of(known.id()),
            false,
            PlainDoor.digest("/api/v1/cases/" + known.id() + "/" + what, body),
            body.received());
    Answer answer = journey.write().apply(letter);
    access.noteSent(caller, answer);
    return LetterAnswers.answered(answer, key);
  }

  /** The last part of the path that the call came by. */
  private static String what(HttpServletRequest call) {
    String path = (String) call.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
    return path.substring(CASE.length());
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

  private static Set<PartyId> partiesOf(CertificateCase known, Caller caller) {
    Set<PartyId> parties = new TreeSet<>(caller.parties());
    parties.removeIf(party -> !known.involves(party));
    return parties;
  }
}
