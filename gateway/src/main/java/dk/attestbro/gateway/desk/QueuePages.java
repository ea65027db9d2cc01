package dk.attestbro.gateway.desk;

import dk.attestbro.gateway.api.OperatorActs;
import dk.attestbro.gateway.api.OperatorActs.OnQueue;
import dk.attestbro.gateway.operations.QueueLine;
import dk.attestbro.gateway.operations.TakeOverview;
import dk.attestbro.gateway.pages.PagePaths;
import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.Party;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.Refusal;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.port.ChannelProbe.Hop;
import dk.attestbro.port.DirectorySource;
import dk.attestbro.port.Staff;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The queues of all parties, and one party's with what can be done with it. */
@Controller
@RequestMapping(PagePaths.DESK + "/queues")
final class QueuePages {
  private static final String PARTY = "party";

  private final TakeOverview take;
  private final DirectorySource directory;
  private final OperatorActs acts;
  private final Clock clock;

  QueuePages(TakeOverview take, DirectorySource directory, OperatorActs acts, Clock clock) {
    this.take = take;
    this.directory = directory;
    this.acts = acts;
    this.clock = clock;
  }

  @GetMapping
  String all(Model model) {
    model.addAttribute("queues", take.queues());
    return "desk/queues";
  }

  @GetMapping("/{party}")
  String one(
      @AuthenticationPrincipal Staff staff,
      @PathVariable(PARTY) String party,
      @RequestParam("done") Optional<String> done,
      Model model) {
    return page(known(party), staff, done.orElse(""), List.of(), model);
  }

  @PostMapping("/{party}/pause")
  String pause(
      @AuthenticationPrincipal Staff staff,
      @PathVariable(PARTY) String party,
      @RequestParam(name = "reason", defaultValue = "") String reason) {
    return act(OnQueue.PAUSE, staff, party, reason);
  }

  @PostMapping("/{party}/resume")
  String resume(
      @AuthenticationPrincipal Staff staff,
      @PathVariable(PARTY) String party,
      @RequestParam(name = "reason", defaultValue = "") String reason) {
    return act(OnQueue.RESUME, staff, party, reason);
  }

  /** Goes the way to the party without a letter, and shows each part. */
  @PostMapping("/{party}/test")
  String test(
      @AuthenticationPrincipal Staff staff,
      @PathVariable(PARTY) String party,
      @RequestParam(name = "reason", defaultValue = "") String reason,
      Model model) {
    DeskRoles.require(DeskRoles.acts(staff));
    Party known = known(party);
    List<Hop> hops = acts.test(known, DeskRoles.reason(reason), DeskRoles.caller(staff));
    return page(known, staff, "test", hops, model);
  }

  private String act(OnQueue act, Staff staff, String party, String reason) {
    DeskRoles.require(DeskRoles.acts(staff));
    Party known = known(party);
    Optional<Refusal> refusal =
        acts.onQueue(act, known, DeskRoles.reason(reason), DeskRoles.caller(staff));
    if (refusal.isPresent()) {
      throw new MessageRefused(refusal.get());
    }
    return "redirect:" + PagePaths.DESK + "/queues/" + known.id() + "?done=" + act.shown();
  }

  private String page(Party party, Staff staff, String done, List<Hop> hops, Model model) {
    model.addAttribute(PARTY, party);
    model.addAttribute("queue", line(party.id()));
    model.addAttribute("mayAct", DeskRoles.acts(staff));
    model.addAttribute("done", List.of("pause", "resume", "test").contains(done) ? done : "");
    model.addAttribute("hops", hops);
    model.addAttribute("now", clock.instant());
    return "desk/queue";
  }

  private Optional<QueueLine> line(PartyId party) {
    return take.queues().stream().filter(line -> line.figures().party().equals(party)).findFirst();
  }

  private Party known(String id) {
    return directory
        .current()
        .named(id)
        .orElseThrow(() -> new MessageRefused(RefusalReason.NOT_FOUND));
  }
}
