package dk.attestbro.gateway.desk;

import dk.attestbro.gateway.operations.QueueLine;
import dk.attestbro.gateway.operations.TakeOverview;
import dk.attestbro.gateway.pages.PagePaths;
import dk.attestbro.model.DeadlineRule;
import dk.attestbro.model.Party;
import dk.attestbro.model.PartyId;
import dk.attestbro.port.DirectorySource;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** The parties with how their queues stand, and every certificate with its end. */
@Controller
final class DirectoryPages {
  private final TakeOverview take;
  private final DirectorySource directory;
  private final Clock clock;

  DirectoryPages(TakeOverview take, DirectorySource directory, Clock clock) {
    this.take = take;
    this.directory = directory;
    this.clock = clock;
  }

  @GetMapping(PagePaths.DESK + "/directory")
  String directory(Model model) {
    Map<PartyId, QueueLine> queues =
        take.overview().queues().stream()
            .collect(Collectors.toMap(line -> line.figures().party(), Function.identity()));
    model.addAttribute(
        "parties",
        directory.current().parties().stream().map(party -> health(party, queues)).toList());
    return "desk/directory";
  }

  private PartyHealth health(Party party, Map<PartyId, QueueLine> queues) {
    return new PartyHealth(
        party,
        party.isValidOn(DeadlineRule.day(clock.instant())),
        Optional.ofNullable(queues.get(party.id())));
  }

  @GetMapping(PagePaths.DESK + "/certificates")
  String certificates(Model model) {
    model.addAttribute("certificates", take.certificates());
    model.addAttribute("now", clock.instant());
    return "desk/certificates";
  }
}
