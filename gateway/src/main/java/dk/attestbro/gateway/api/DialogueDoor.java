package dk.attestbro.gateway.api;

import dk.attestbro.port.Caller;
import dk.attestbro.port.DirectorySource;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Takes as plain JSON what the parties say to each other while a certificate is awaited. */
@RestController
final class DialogueDoor {
  private static final String CASE = "/api/v1/cases/{caseId}/";

  private final CaseLetterCalls calls;
  private final DirectorySource directory;

  DialogueDoor(CaseLetterCalls calls, DirectorySource directory) {
    this.calls = calls;
    this.directory = directory;
  }

  @PostMapping(CASE + "interim-replies")
  ResponseEntity<byte[]> interimReply(
      @AuthenticationPrincipal Caller caller,
      @PathVariable("caseId") String caseId,
      @RequestParam("party") Optional<String> party,
      HttpServletRequest call)
      throws IOException {
    return calls.take(
        caller,
        caseId,
        party,
        call,
        "interim-replies",
        (body, known) -> PlainContent.interim(body));
  }

  @PostMapping(CASE + "reminders")
  ResponseEntity<byte[]> reminder(
      @AuthenticationPrincipal Caller caller,
      @PathVariable("caseId") String caseId,
      @RequestParam("party") Optional<String> party,
      HttpServletRequest call)
      throws IOException {
    return calls.take(
        caller, caseId, party, call, "reminders", (body, known) -> PlainContent.reminder(body));
  }

  @PostMapping(CASE + "questions")
  ResponseEntity<byte[]> question(
      @AuthenticationPrincipal Caller caller,
      @PathVariable("caseId") String caseId,
      @RequestParam("party") Optional<String> party,
      HttpServletRequest call)
      throws IOException {
    return calls.take(
        caller, caseId, party, call, "questions", (body, known) -> PlainContent.question(body));
  }

  @PostMapping(CASE + "answers")
  ResponseEntity<byte[]> answer(
      @AuthenticationPrincipal Caller caller,
      @PathVariable("caseId") String caseId,
      @RequestParam("party") Optional<String> party,
      HttpServletRequest call)
      throws IOException {
    return calls.take(
        caller, caseId, party, call, "answers", (body, known) -> PlainContent.answer(body));
  }

  @PostMapping(CASE + "forwards")
  ResponseEntity<byte[]> forwarded(
      @AuthenticationPrincipal Caller caller,
      @PathVariable("caseId") String caseId,
      @RequestParam("party") Optional<String> party,
      HttpServletRequest call)
      throws IOException {
    return calls.take(
        caller,
        caseId,
        party,
        call,
        "forwards",
        (body, known) -> PlainContent.forwarded(body, directory.current()));
  }
}
