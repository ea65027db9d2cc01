package dk.attestbro.gateway.journey;

import dk.attestbro.model.CaseId;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the same requester has asked the same unit about the same citizen and form before.
 *
 * @param latestNumber the highest that one of them bears, else 0
 * @param standing the case of the latest that is open, or was answered not long ago: another one
 *     should be meant
 */
record EarlierRequests(int latestNumber, Optional<CaseId> standing) {
  static final EarlierRequests NONE = new EarlierRequests(0, Optional.empty());

  /**
   * The number by which a request is recorded as the first that stands; none where one stands
   * already, since however many come then, each of them is told.
   */
  OptionalInt next() {
    return standing.isPresent() ? OptionalInt.empty() : OptionalInt.of(latestNumber + 1);
  }
}
