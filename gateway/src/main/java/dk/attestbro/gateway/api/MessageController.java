package dk.attestbro.gateway.api;

import dk.attestbro.gateway.api.Views.AcknowledgementView;
import dk.attestbro.gateway.api.Views.Event;
import dk.attestbro.gateway.api.Views.MessageView;
import dk.attestbro.gateway.api.Views.TransmissionView;
import dk.attestbro.model.BundleId;
import dk.attestbro.model.CaseId;
import dk.attestbro.model.Letter;
import dk.attestbro.model.LetterId;
import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.port.Caller;
import dk.attestbro.port.Records;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Shows a letter's way to those whom it is between; never its content. */
@RestController
final class MessageController {
  private final Records records;
  private final AccessNotes access;

  MessageController(Records records, AccessNotes access) {
    this.records = records;
    this.access = access;
  }

  @GetMapping("/api/v1/messages/{letterId}")
  ResponseEntity<byte[]> one(
      @AuthenticationPrincipal Caller caller,
      @PathVariable("letterId") String letterId,
      @RequestParam("sender") Optional<String> sender,
      @RequestParam("party") Optional<String> party) {
    LetterId id = Parties.letter(letterId);
    Set<PartyId> parties = Parties.all(caller, party);
    Optional<PartyId> named = Parties.parameter("sender", sender);
    List<Letter> found =
        records.letters(id).stream()
            .filter(letter -> VisibleLetters.mayBeSeen(letter, parties))
            .filter(letter -> named.map(letter.ref().sender()::equals).orElse(true))
            .toList();
    Letter letter = only(found);
    access.noteWay(caller, parties, letter);
    return Responses.json(200, view(letter));
  }

  /**
   * The only one of these.
   *
   * @throws MessageRefused NOT_FOUND or SENDER_AMBIGUOUS
   */
  static <T> T only(List<T> found) {
    if (found.isEmpty()) {
      throw new MessageRefused(RefusalReason.NOT_FOUND);
    }
    if (found.size() > 1) {
      throw new MessageRefused(RefusalReason.SENDER_AMBIGUOUS, "sender");
    }
    return found.get(0);
  }

  private MessageView view(Letter letter) {
    return new MessageView(
        letter.ref().id().value(),
        letter.bundleId().map(BundleId::value),
        letter.event(),
        letter.ref().sender().value(),
        letter.receiver().map(PartyId::value),
        letter.caseId().map(CaseId::toString),
        letter.status().shown(),
        letter.receivedAt(),
        records.transmissions(letter.ref()).stream().map(TransmissionView::of).toList(),
        letter.acknowledgement().map(AcknowledgementView::of),
        records.evidence(letter.chain()).stream()
            .filter(link -> link.entry().letter().filter(letter.ref()::equals).isPresent())
            .map(Event::of)
            .sorted(Comparator.comparing(Event::at))
            .toList());
  }
}
