package dk.attestbro.gateway.api;

import dk.attestbro.gateway.api.Views.ActDone;
import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.port.Caller;
import dk.attestbro.port.SortingDesk;
import dk.attestbro.port.UnsortedMail;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The mails that wait to be sorted: ids, codes and times, never content or an address. */
@RestController
@RequestMapping("/api/v1/operations/to-be-sorted")
final class SortingController {
  private final OperatorActs acts;
  private final PlainDoor door;

  SortingController(OperatorActs acts, PlainDoor door) {
    this.acts = acts;
    this.door = door;
  }

  /** A mail as operations see it. */
  record MailView(
      String id,
      String account,
      String reason,
      Optional<String> sender,
      Instant receivedAt,
      int size) {}

  @GetMapping
  ResponseEntity<byte[]> list(
      @AuthenticationPrincipal Caller caller,
      @RequestParam("sort") Optional<String> sort,
      @RequestParam("after") Optional<String> after,
      @RequestParam("limit") Optional<Integer> limit) {
    int most = Paging.limit(limit);
    Optional<UUID> seen = after.map(text -> id(text, RefusalReason.PARAMETER_INVALID, "after"));
    return Responses.json(
        200,
        Paging.page(
            acts.mailsToSort(
                SortParameter.read(sort, SortingDesk.By.values(), SortingDesk.OLDEST_FIRST),
                seen,
                most + 1,
                caller),
            most,
            SortingController::view,
            mail -> mail.id().toString()));
  }

  @PostMapping("/{id}/close")
  ResponseEntity<byte[]> close(
      @AuthenticationPrincipal Caller caller,
      @PathVariable("id") String id,
      HttpServletRequest call)
      throws IOException {
    UUID mail = id(id, RefusalReason.NOT_FOUND, "");
    String reason = OperatorReason.only(door.body(call));
    OperatorReason.requireDone(acts.closeMail(mail, reason, caller));
    return Responses.json(200, new ActDone("close", mail.toString()));
  }

  private static UUID id(String text, RefusalReason otherwise, String path) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException noId) {
      throw new MessageRefused(otherwise, path);
    }
  }

  private static MailView view(UnsortedMail mail) {
    return new MailView(
        mail.id().toString(),
        mail.account(),
        mail.reason(),
        mail.sender().map(PartyId::value),
        mail.receivedAt(),
        mail.size());
  }
}
