package dk.attestbro.gateway.journey;

import dk.attestbro.model.CaseId;
import dk.attestbro.model.Digest;
import dk.attestbro.model.LetterContent;
import dk.attestbro.model.LetterId;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.Problem;
import dk.attestbro.port.Caller;
import java.util.List;
import java.util.Optional;

/**
 * A letter from a system without FHIR, as plain content. {@code receiver} is named by a request or
 * a discharge notice only, as text because it may be wrong; {@code caseId} by every other letter.
 * {@code requestDigest} is of the request's own body and path, {@code receivedSha256} of the body's
 * bytes. {@code confirmDuplicate}: a request that was made before is wanted again. What could not
 * be read is in {@code misread}, and as if it were absent in {@code content}. {@code signatures}
 * are those on the mail that it came in.
 */
public record PlainLetter(
    Caller caller,
    Optional<PartyId> actingAs,
    LetterId letterId,
    LetterContent content,
    List<Problem> misread,
    Optional<String> receiver,
    Optional<CaseId> caseId,
    boolean confirmDuplicate,
    Digest requestDigest,
    Digest receivedSha256,
    List<SignedBy> signatures) {
  /** A letter that nobody signed. */
  public PlainLetter(
      Caller caller,
      Optional<PartyId> actingAs,
      LetterId letterId,
      LetterContent content,
      List<Problem> misread,
      Optional<String> receiver,
      Optional<CaseId> caseId,
      boolean confirmDuplicate,
      Digest requestDigest,
      Digest receivedSha256) {
    this(
        caller,
        actingAs,
        letterId,
        content,
        misread,
        receiver,
        caseId,
        confirmDuplicate,
        requestDigest,
        receivedSha256,
        List.of());
  }
}
