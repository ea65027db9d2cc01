package dk.attestbro.gateway.api;

import dk.attestbro.gateway.api.OperationsViews.ProbeView;
import dk.attestbro.gateway.api.OperatorActs.OnQueue;
import dk.attestbro.gateway.api.Views.ActDone;
import dk.attestbro.gateway.operations.TakeOverview;
import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.Party;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.port.Caller;
import dk.attestbro.port.DirectorySource;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The parties' queues: what waits in each, and what operations do with it. */
@RestController
@RequestMapping("/api/v1/operations/queues")
final class QueuesController {
  private final TakeOverview take;
  private final DirectorySource directory;
  private final OperatorActs acts;
  private final PlainDoor door;
  private final Clock clock;

  QueuesController(
      TakeOverview take,
      DirectorySource directory,
      OperatorActs acts,
      PlainDoor door,
      Clock clock) {
    this.take = take;
    this.directory = directory;
    this.acts = acts;
    this.door = door;
    this.clock = clock;
  }

  /** One row per party that can receive, and per party that has letters waiting. */
  @GetMapping
  ResponseEntity<byte[]> queues() {
    Instant now = clock.instant();
    return Responses.json(
        200, take.queues().stream().map(line -> OperationsViews.queue(line, now)).toList());
  }

  @PostMapping("/{party}/pause")
  ResponseEntity<byte[]> pause(
      @AuthenticationPrincipal Caller caller,
      @PathVariable("party") String party,
      HttpServletRequest call)
      throws IOException {
    return act(OnQueue.PAUSE, caller, party, call);
  }

  @PostMapping("/{party}/resume")
  ResponseEntity<byte[]> resume(
      @AuthenticationPrincipal Caller caller,
      @PathVariable("party") String party,
      HttpServletRequest call)
      throws IOException {
    return act(OnQueue.RESUME, caller, party, call);
  }

  /** Goes the way to a party without a letter. */
  @PostMapping("/{party}/test")
  ResponseEntity<byte[]> test(
      @AuthenticationPrincipal Caller caller,
      @PathVariable("party") String party,
      HttpServletRequest call)
      throws IOException {
    Party known = known(party);
    String reason = OperatorReason.only(door.body(call));
    return Responses.json(200, ProbeView.of(known.id(), acts.test(known, reason, caller)));
  }

  private ResponseEntity<byte[]> act(
      OnQueue act, Caller caller, String party, HttpServletRequest call) throws IOException {
    Party known = known(party);
    String reason = OperatorReason.only(door.body(call));
    OperatorReason.requireDone(acts.onQueue(act, known, reason, caller));
    return Responses.json(200, new ActDone(act.shown(), known.id().value()));
  }

  private Party known(String id) {
    return directory
        .current()
        .named(id)
        .orElseThrow(() -> new MessageRefused(RefusalReason.NOT_FOUND));
  }
}
