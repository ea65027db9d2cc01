package dk.attestbro.gateway.api;

import dk.attestbro.model.CertificateCase;
import dk.attestbro.model.Form;
import dk.attestbro.model.Forms;
import dk.attestbro.port.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Takes as plain JSON what answers or ends a case. */
@RestController
final class LetterDoor {
  private static final String CASE = "/api/v1/cases/{caseId}/";

  private final CaseLetterCalls calls;
  private final Forms forms;

  LetterDoor(CaseLetterCalls calls, Forms forms) {
    this.calls = calls;
    this.forms = forms;
  }

  @PostMapping(CASE + "replies")
  ResponseEntity<byte[]> reply(
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
        "replies",
        (body, known) -> PlainContent.reply(body, form(known)));
  }

  @PostMapping(CASE + "corrections")
  ResponseEntity<byte[]> correction(
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
        "corrections",
        (body, known) -> PlainContent.correction(body, form(known)));
  }

  @PostMapping(CASE + "retractions")
  ResponseEntity<byte[]> retraction(
      @AuthenticationPrincipal Caller caller,
      @PathVariable("caseId") String caseId,
      @RequestParam("party") Optional<String> party,
      HttpServletRequest call)
      throws IOException {
    return calls.take(
        caller, caseId, party, call, "retractions", (body, known) -> PlainContent.retraction(body));
  }

  @PostMapping(CASE + "returns")
  ResponseEntity<byte[]> returned(
      @AuthenticationPrincipal Caller caller,
      @PathVariable("caseId") String caseId,
      @RequestParam("party") Optional<String> party,
      HttpServletRequest call)
      throws IOException {
    return calls.take(
        caller, caseId, party, call, "returns", (body, known) -> PlainContent.returned(body));
  }

  @PostMapping(CASE + "cancellation")
  ResponseEntity<byte[]> cancellation(
      @AuthenticationPrincipal Caller caller,
      @PathVariable("caseId") String caseId,
      @RequestParam("party") Optional<String> party,
      HttpServletRequest call)
      throws IOException {
    return calls.take(
        caller, caseId, party, call, "cancellation", (body, known) -> PlainContent.cancelled(body));
  }

  @PostMapping(CASE + "consent-withdrawal")
  ResponseEntity<byte[]> consentWithdrawal(
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
        "consent-withdrawal",
        (body, known) -> PlainContent.consentWithdrawn(body));
  }

  @PostMapping(CASE + "filed")
  ResponseEntity<byte[]> filed(
      @AuthenticationPrincipal Caller caller,
      @PathVariable("caseId") String caseId,
      @RequestParam("party") Optional<String> party,
      HttpServletRequest call)
      throws IOException {
    return calls.take(
        caller, caseId, party, call, "filed", (body, known) -> PlainContent.filed(body));
  }

  private Optional<Form> form(CertificateCase known) {
    return forms.find(known.form());
  }
}
