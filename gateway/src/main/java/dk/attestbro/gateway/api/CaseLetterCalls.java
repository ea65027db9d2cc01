package dk.attestbro.gateway.api;

import dk.attestbro.gateway.journey.KnownCases;
import dk.attestbro.gateway.journey.PlainLetter;
import dk.attestbro.model.CaseId;
import dk.attestbro.model.CertificateCase;
import dk.attestbro.model.LetterContent;
import dk.attestbro.model.LetterId;
import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.Problem;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.port.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import org.springframework.http.ResponseEntity;

/** Takes a plain letter that follows others in their case: what all such calls have in common. */
final class CaseLetterCalls {
  private final JourneyCalls journey;
  private final PlainDoor door;
  private final KnownCases cases;
  private final Clock clock;

  CaseLetterCalls(JourneyCalls journey, PlainDoor door, KnownCases cases, Clock clock) {
    this.journey = journey;
    this.door = door;
    this.cases = cases;
    this.clock = clock;
  }

  /**
   * Takes one.
   *
   * @param what the last part of the call's path
   * @param reading makes the content of the body
   * @throws MessageRefused NOT_FOUND where the case is not one of the caller's
   */
  ResponseEntity<byte[]> take(
      Caller caller,
      String caseId,
      Optional<String> party,
      HttpServletRequest call,
      String what,
      BiFunction<Fields, CertificateCase, LetterContent> reading)
      throws IOException {
    Optional<String> key = PlainDoor.key(call);
    CertificateCase known =
        CaseId.parse(caseId)
            .flatMap(id -> cases.find(id, clock.instant()))
            .filter(c -> !partiesOf(c, caller).isEmpty())
            .orElseThrow(() -> new MessageRefused(RefusalReason.NOT_FOUND));
    Fields body = door.body(call);
    Optional<String> named = body.givenText("sender");
    LetterContent content = reading.apply(body, known);
    List<Problem> misread = body.misread();
    PartyId sender =
        Parties.sender(caller, party, named)
            .orElseGet(() -> Parties.only(partiesOf(known, caller)));
    PlainLetter letter =
        new PlainLetter(
            caller,
            Optional.of(sender),
            key.map(LetterId::new).orElseGet(LetterId::random),
            content,
            misread,
            Optional.empty(),
            Optional.of(known.id()),
            false,
            PlainDoor.digest("/api/v1/cases/" + known.id() + "/" + what, body),
            body.received());
    return LetterAnswers.answered(journey.write().apply(letter), key);
  }

  private static Set<PartyId> partiesOf(CertificateCase known, Caller caller) {
    Set<PartyId> parties = new TreeSet<>(caller.parties());
    parties.removeIf(party -> !known.involves(party));
    return parties;
  }
}
