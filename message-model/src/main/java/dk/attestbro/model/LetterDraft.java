package dk.attestbro.model;

import java.time.Instant;
import java.util.Optional;

/**
 * A letter to be written as a FHIR message. {@code previous} is the letter of the same case that it
 * follows: the Provenance chain is taken from it, and by letters that are no requests themselves
 * the citizen and the form. The first letter of a case has none. {@code fromRequester} says which
 * part the sender has in the case now: it asked, or it was asked. {@code agent} is who wrote it in
 * the sender's name, where that was not the sender.
 */
public record LetterDraft(
    LetterId letterId,
    BundleId bundleId,
    Instant at,
    Party sender,
    Party receiver,
    boolean fromRequester,
    CaseId caseId,
    LetterContent content,
    Optional<MessageReading> previous,
    Optional<Party> agent) {}
