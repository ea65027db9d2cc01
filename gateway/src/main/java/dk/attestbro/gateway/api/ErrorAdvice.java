package dk.attestbro.gateway.api;

import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.Refusal;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.port.RecordsUnavailable;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;

/** Every exception of a call becomes an answer from the one table. */
@RestControllerAdvice
final class ErrorAdvice {
  private static final Logger LOG = LoggerFactory.getLogger(ErrorAdvice.class);
  private final ErrorAnswers errors;

  ErrorAdvice(ErrorAnswers errors) {
    this.errors = errors;
  }

  @ExceptionHandler
  ResponseEntity<byte[]> refused(MessageRefused refused, HttpServletRequest request) {
    return errors.answer(request, refused.refusal());
  }

  @ExceptionHandler
  ResponseEntity<byte[]> unavailable(RecordsUnavailable down, HttpServletRequest request) {
    LOG.error("the records cannot be reached", down);
    return errors.answer(request, Refusal.of(RefusalReason.CANNOT_RECORD));
  }

  @ExceptionHandler
  ResponseEntity<byte[]> wrongType(TypeMismatchException wrong, HttpServletRequest request) {
    String name = wrong instanceof MethodArgumentTypeMismatchException named ? named.getName() : "";
    return errors.answer(request, Refusal.of(RefusalReason.PARAMETER_INVALID, name));
  }

  /** The query cannot be decoded: {@code %zz}. */
  @ExceptionHandler
  ResponseEntity<byte[]> undecodable(InvalidParameterException wrong, HttpServletRequest request) {
    return errors.answer(request, Refusal.of(HttpReasons.of(wrong.getErrorCode())));
  }

  /** The body broke off or is not what the transfer coding says. */
  @ExceptionHandler
  ResponseEntity<byte[]> brokenOff(IOException broken, HttpServletRequest request) {
    return errors.answer(request, Refusal.of(RefusalReason.NOT_READABLE));
  }

  @ExceptionHandler
  ResponseEntity<byte[]> other(Exception unforeseen, HttpServletRequest request) {
    if (unforeseen instanceof ErrorResponse response) {
      RefusalReason reason = HttpReasons.of(response.getStatusCode().value());
      ResponseEntity<byte[]> answer = errors.answer(request, Refusal.of(reason));
      String allow = response.getHeaders().getFirst(HttpHeaders.ALLOW);
      return allow == null
          ? answer
          : ResponseEntity.status(answer.getStatusCode())
              .headers(answer.getHeaders())
              .header(HttpHeaders.ALLOW, allow)
              .body(answer.getBody());
    }
    LOG.error("unexpected error: {}", Trace.of(unforeseen));
    return errors.answer(request, Refusal.of(RefusalReason.INTERNAL_ERROR));
  }
}
