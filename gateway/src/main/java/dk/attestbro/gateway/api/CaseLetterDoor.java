package dk.attestbro.gateway.api;

import dk.attestbro.gateway.journey.KnownCases;
import dk.attestbro.model.CaseId;
import dk.attestbro.model.CertificateCase;
import dk.attestbro.model.LetterId;
import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.port.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
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

  private final PlainLetters letters;
  private final PlainDoor door;
  private final KnownCases cases;
  private final Clock clock;

  CaseLetterDoor(PlainLetters letters, PlainDoor door, KnownCases cases, Clock clock) {
    this.letters = letters;
    this.door = door;
    this.cases = cases;
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
            .filter(c -> !PlainLetters.partiesOf(c, caller).isEmpty())
            .orElseThrow(() -> new MessageRefused(RefusalReason.NOT_FOUND));
    Fields body = door.body(call);
    LetterId id = key.map(LetterId::new).orElseGet(LetterId::random);
    return LetterAnswers.answered(
        letters.aboutCase(caller, known, party, what(call), id, body), key);
  }

  /** The last part of the path that the call came by. */
  private static String what(HttpServletRequest call) {
    String path = (String) call.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
    return path.substring(CASE.length());
  }
}
