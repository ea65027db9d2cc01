package dk.attestbro.gateway.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dk.attestbro.model.AcknowledgementCodes;
import dk.attestbro.model.Problem;
import dk.attestbro.model.Refusal;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.model.Text;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/**
 * How a refusal is told over HTTP: an OperationOutcome under {@code /fhir/}, a problem document
 * (RFC 9457) elsewhere. Both hold codes, paths and texts of the one table, and nothing of the call.
 */
final class ErrorAnswers {
  private static final String PROBLEM_TYPE = "https://attestbro.dk/problems/";
  private static final String RETRY_AFTER_SECONDS = "30";

  /** The answer under the status of the refusal's first problem. */
  ResponseEntity<byte[]> answer(HttpServletRequest request, Refusal refusal) {
    boolean fhir = isFhir(request);
    return ResponseEntity.status(refusal.reason().httpStatus())
        .headers(headers(refusal.reason()))
        .contentType(
            fhir
                ? MediaType.parseMediaType(dk.attestbro.model.MediaType.FHIR_JSON.value())
                : MediaType.APPLICATION_PROBLEM_JSON)
        .body(PlainJson.write(fhir ? outcome(refusal) : problem(refusal)));
  }

  /** The same, where no controller has been reached. */
  void send(HttpServletRequest request, HttpServletResponse response, Refusal refusal)
      throws IOException {
    ResponseEntity<byte[]> answer = answer(request, refusal);
    response.setStatus(answer.getStatusCode().value());
    answer.getHeaders().forEach((name, values) -> response.setHeader(name, values.get(0)));
    response.getOutputStream().write(answer.getBody());
  }

  private static boolean isFhir(HttpServletRequest request) {
    Object original = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
    // Of a call whose first line is broken the container knows no address.
    String path = String.valueOf(original instanceof String uri ? uri : request.getRequestURI());
    return path.startsWith("/fhir/");
  }

  private static HttpHeaders headers(RefusalReason reason) {
    HttpHeaders headers = new HttpHeaders();
    if (reason.httpStatus() == 401) {
      headers.set(
          HttpHeaders.WWW_AUTHENTICATE,
          reason == RefusalReason.CREDENTIALS_INVALID
              ? "Bearer error=\"invalid_token\""
              : "Bearer");
    }
    if (reason.httpStatus() == 503) {
      headers.set(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
    }
    return headers;
  }

  private static ProblemDocument problem(Refusal refusal) {
    RefusalReason reason = refusal.reason();
    return new ProblemDocument(
        PROBLEM_TYPE + reason.name(),
        reason.text().en(),
        reason.httpStatus(),
        reason.name(),
        new WhoActsView(reason.whoActs().name(), reason.whoActs().text()),
        refusal.problems().stream()
            .filter(p -> p.reason() == RefusalReason.DUPLICATE_REQUEST)
            .map(Problem::hint)
            .findFirst(),
        refusal.problems().stream()
            .map(p -> new ProblemView(p.reason().name(), p.path(), p.text()))
            .toList());
  }

  static Outcome outcome(Refusal refusal) {
    return new Outcome(
        "OperationOutcome", refusal.problems().stream().map(ErrorAnswers::issue).toList());
  }

  /** MedCom's issue: the MSG code in the coding, our own code and both texts in details.text. */
  private static OutcomeIssue issue(Problem problem) {
    String code = problem.reason().acknowledgementCode();
    Text text = problem.textWithWhoActs();
    return new OutcomeIssue(
        "error",
        issueType(problem.reason()),
        new OutcomeDetails(
            List.of(
                new OutcomeCoding(
                    AcknowledgementCodes.systemOf(code).orElse(AcknowledgementCodes.HL7_SYSTEM),
                    code)),
            problem.reason().name() + ": " + text.da() + " / " + text.en()),
        problem.path().isEmpty() ? List.of() : List.of(problem.path()));
  }

  /** FHIR R4 issue-type. */
  private static String issueType(RefusalReason reason) {
    return switch (reason.httpStatus()) {
      case 401 -> "login";
      case 403 -> "forbidden";
      case 404 -> "not-found";
      case 405, 406, 415 -> "not-supported";
      case 409 -> "conflict";
      case 413 -> "too-long";
      case 500 -> "exception";
      case 503 -> "transient";
      default -> "invalid";
    };
  }

  /** RFC 9457 with our extensions; {@code caseId} is the case that stands in the way. */
  record ProblemDocument(
      String type,
      String title,
      int status,
      String code,
      WhoActsView whoActs,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> caseId,
      List<ProblemView> problems) {}

  record WhoActsView(String code, Text text) {}

  record ProblemView(String code, String path, Text text) {}

  /** FHIR R4 OperationOutcome, as much of it as we say. */
  record Outcome(String resourceType, List<OutcomeIssue> issue) {}

  record OutcomeIssue(
      String severity,
      String code,
      OutcomeDetails details,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> expression) {}

  record OutcomeDetails(List<OutcomeCoding> coding, String text) {}

  record OutcomeCoding(String system, String code) {}
}
