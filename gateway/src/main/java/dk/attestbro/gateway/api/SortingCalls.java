package dk.attestbro.gateway.api;

import dk.attestbro.model.Refusal;
import dk.attestbro.port.SortingDesk;
import java.util.Optional;
import java.util.UUID;

/** What the API asks about mails that wait to be sorted. */
public record SortingCalls(SortingDesk desk, OnMail close) {
  /** An operator's act on a mail; the refusal where it is not possible. */
  @FunctionalInterface
  public interface OnMail {
    Optional<Refusal> act(UUID mail, String reason, String label);
  }
}
