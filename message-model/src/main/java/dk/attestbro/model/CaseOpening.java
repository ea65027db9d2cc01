package dk.attestbro.model;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * What a case began with and keeps: its request, and the deadline rule of that day, which no later
 * rule replaces. {@code form} is the form's id, {@code freeQuestions} how many free questions the
 * request asks, {@code setDate} the date that the requester set, {@code consentUntil} the last day
 * of the consent, {@code startedOn} the day on which the citizen's case began at the requester.
 * {@code citizen} is the keyed digest that finds a second request about the same citizen.
 */
public record CaseOpening(
    CaseId id,
    String form,
    int freeQuestions,
    PartyId requester,
    PartyId responder,
    LetterRef request,
    DeadlineRule rule,
    Instant openedAt,
    Optional<LocalDate> setDate,
    Optional<LocalDate> consentUntil,
    Optional<LocalDate> startedOn,
    Optional<Digest> citizen) {}
