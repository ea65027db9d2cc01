package dk.attestbro.gateway.api;

import dk.attestbro.model.Refusal;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;

/**
 * Answers in our form what Tomcat refuses before any of our code is asked: an address that cannot
 * be decoded, a head that is too large, a method that is never allowed.
 */
final class ContainerProblems extends ErrorReportValve {
  private final ErrorAnswers errors;

  ContainerProblems(ErrorAnswers errors) {
    this.errors = errors;
  }

  @Override
  protected void report(Request request, Response response, @Nullable Throwable thrown) {
    if (response.getStatus() < 400 || response.getContentWritten() > 0) {
      return;
    }
    ResponseEntity<byte[]> answer =
        errors.answer(request, Refusal.of(HttpReasons.of(response.getStatus())));
    if (!response.setErrorReported()) {
      return;
    }
    try {
      response.setStatus(answer.getStatusCode().value());
      answer.getHeaders().forEach((name, values) -> response.setHeader(name, values.get(0)));
      response.setCharacterEncoding(StandardCharsets.UTF_8.name());
      Writer writer = response.getReporter();
      if (writer != null) {
        writer.write(new String(answer.getBody(), StandardCharsets.UTF_8));
        response.finishResponse();
      }
    } catch (IOException | IllegalStateException gone) {
      // Nobody is left to be told.
      getContainer().getLogger().debug("an error could not be told", gone);
    }
  }
}
