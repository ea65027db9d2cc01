package dk.attestbro.gateway.api;

import dk.attestbro.model.Refusal;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Answers what the container itself refuses, in the same form as everything else. */
@RestController
final class ErrorDoor implements ErrorController {
  private final ErrorAnswers errors;

  ErrorDoor(ErrorAnswers errors) {
    this.errors = errors;
  }

  @RequestMapping("${server.error.path:/error}")
  ResponseEntity<byte[]> error(HttpServletRequest request) {
    Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    return errors.answer(
        request, Refusal.of(HttpReasons.of(status instanceof Integer code ? code : 404)));
  }
}
