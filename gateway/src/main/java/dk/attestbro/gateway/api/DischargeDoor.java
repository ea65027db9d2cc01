package dk.attestbro.gateway.api;

import dk.attestbro.gateway.journey.Answer;
import dk.attestbro.gateway.journey.PlainLetter;
import dk.attestbro.model.CaseId;
import dk.attestbro.model.LetterContent;
import dk.attestbro.model.LetterId;
import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.Problem;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.port.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Takes discharge notices, and what became of the mentor, as plain JSON. */
@RestController
final class DischargeDoor {
  private static final String NOTICES = "/api/v1/discharge-notices";

  private final JourneyCalls journey;
  private final PlainDoor door;
  private final AccessNotes access;

  DischargeDoor(JourneyCalls journey, PlainDoor door, AccessNotes access) {
    this.journey = journey;
    this.door = door;
    this.access = access;
  }

  @PostMapping(NOTICES)
  ResponseEntity<byte[]> notice(
      @AuthenticationPrincipal Caller caller,
      @RequestParam("party") Optional<String> party,
      HttpServletRequest call)
      throws IOException {
    Fields body = door.body(call);
    Optional<String> receiver = body.givenText("receiver");
    LetterContent content = PlainContent.dischargeNotice(body);
    return take(caller, party, call, body, content, receiver, Optional.empty(), NOTICES);
  }

  @PostMapping(NOTICES + "/{caseId}/mentor-outcome")
  ResponseEntity<byte[]> mentorOutcome(
      @AuthenticationPrincipal Caller caller,
      @PathVariable("caseId") String caseId,
      @RequestParam("party") Optional<String> party,
      HttpServletRequest call)
      throws IOException {
    CaseId known =
        CaseId.parse(caseId).orElseThrow(() -> new MessageRefused(RefusalReason.NOT_FOUND));
    Fields body = door.body(call);
    LetterContent content = PlainContent.mentorOutcome(body);
    String path = NOTICES + "/" + known + "/mentor-outcome";
    return take(caller, party, call, body, content, Optional.empty(), Optional.of(known), path);
  }

  private ResponseEntity<byte[]> take(
      Caller caller,
      Optional<String> party,
      HttpServletRequest call,
      Fields body,
      LetterContent content,
      Optional<String> receiver,
      Optional<CaseId> caseId,
      String path) {
    Optional<String> key = PlainDoor.key(call);
    Optional<String> sender = body.givenText("sender");
    List<Problem> misread = body.misread();
    PlainLetter letter =
        new PlainLetter(
            caller,
            Parties.sender(caller, party, sender),
            key.map(LetterId::new).orElseGet(LetterId::random),
            content,
            misread,
            receiver,
            caseId,
            false,
            PlainDoor.digest(path, body),
            body.received());
    Answer answer = journey.write().apply(letter);
    access.noteSent(caller, answer);
    return LetterAnswers.answered(answer, key);
  }
}
