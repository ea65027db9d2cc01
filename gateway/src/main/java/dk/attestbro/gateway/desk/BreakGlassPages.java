package dk.attestbro.gateway.desk;

import dk.attestbro.gateway.api.AccessNotes;
import dk.attestbro.gateway.journey.BreakGlass;
import dk.attestbro.gateway.journey.BreakGlass.Asked;
import dk.attestbro.gateway.pages.Listing;
import dk.attestbro.gateway.pages.Listing.Column;
import dk.attestbro.gateway.pages.PageInput;
import dk.attestbro.gateway.pages.PagePaths;
import dk.attestbro.model.AccessAct;
import dk.attestbro.model.BreakGlassRequest;
import dk.attestbro.model.BreakGlassRules;
import dk.attestbro.model.Letter;
import dk.attestbro.model.LetterRef;
import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.port.Staff;
import dk.attestbro.port.StaffDirectory;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Break-glass access is asked for, and a lead who is another person allows it or declines it. */
@Controller
@ConditionalOnBooleanProperty(BreakGlassPages.ENABLED)
@RequestMapping(BreakGlassPages.PATH)
final class BreakGlassPages {
  /** The setting without which there are no such pages. */
  static final String ENABLED = "attestbro.break-glass.enabled";

  static final String PATH = PagePaths.DESK + "/break-glass";

  private static final String PAGE = "page";
  private static final String APPROVED = "approved";
  private static final String DECLINED = "declined";
  private static final List<Column> COLUMNS =
      List.of(
          new Column("desk.breakGlass.asked", ""),
          new Column("desk.letter.event", ""),
          new Column("desk.breakGlass.by", ""),
          new Column("desk.reason", ""),
          new Column("desk.breakGlass.state", ""),
          new Column("desk.breakGlass.decision", ""));

  private final BreakGlass breakGlass;
  private final AccessNotes access;
  private final StaffDirectory users;
  private final Clock clock;

  BreakGlassPages(BreakGlass breakGlass, AccessNotes access, StaffDirectory users, Clock clock) {
    this.breakGlass = breakGlass;
    this.access = access;
    this.users = users;
    this.clock = clock;
  }

  /**
   * A request in the list.
   *
   * @param by who asks, by name where the gateway's own list of users has one
   * @param until when it lapses, or ends
   * @param own whether the reader asked
   * @param mayDecide whether the reader may
   */
  record Line(
      UUID id,
      Instant askedAt,
      LetterRef letter,
      String event,
      String by,
      String reason,
      String state,
      Instant until,
      boolean own,
      boolean mayDecide) {}

  @GetMapping
  String list(
      @AuthenticationPrincipal Staff staff,
      @RequestParam(PAGE) Optional<Long> number,
      @RequestParam("done") Optional<String> done,
      Model model) {
    DeskRoles.require(DeskRoles.exports(staff));
    int page = PageInput.page(PAGE, number);
    Instant now = clock.instant();
    List<Asked> found = breakGlass.live(page * DeskList.SHOWN, DeskList.SHOWN + 1);
    boolean more = found.size() > DeskList.SHOWN;
    model.addAttribute(
        "listing",
        new Listing<>(
            found.stream()
                .limit(DeskList.SHOWN)
                .map(asked -> line(asked, DeskRoles.person(staff), now))
                .toList(),
            PATH,
            Map.of(),
            COLUMNS,
            "",
            false,
            page > 0 ? Optional.of(to(page - 1)) : Optional.empty(),
            more ? Optional.of(to(page + 1)) : Optional.empty()));
    model.addAttribute("done", done.filter(Set.of(APPROVED, DECLINED)::contains).orElse(""));
    return "desk/break-glass";
  }

  private Line line(Asked asked, BreakGlassRules.Person reader, Instant now) {
    BreakGlassRequest request = asked.request();
    return new Line(
        request.id(),
        request.askedAt(),
        request.letter(),
        asked.letter().event(),
        users.find(request.askedBy()).map(user -> user.staff().name()).orElseGet(request::askedBy),
        asked.reason(),
        request.at(now).name(),
        request.until(),
        request.askedBy().equals(reader.id()),
        BreakGlassRules.whyNotDecide(request, reader, now).isEmpty());
  }

  private static Map<String, String> to(int page) {
    return Map.of(PAGE, String.valueOf(page));
  }

  @PostMapping
  String ask(
      @AuthenticationPrincipal Staff staff,
      @RequestParam(name = "letter", defaultValue = "") String letter,
      @RequestParam(name = "sender", defaultValue = "") String sender,
      @RequestParam(name = "reason", defaultValue = "") String reason) {
    LetterRef ref =
        PageInput.party(sender)
            .map(party -> new LetterRef(party, PageInput.letter(letter)))
            .orElseThrow(() -> new MessageRefused(RefusalReason.NOT_FOUND));
    Asked asked = breakGlass.ask(ref, DeskRoles.reason(reason), DeskRoles.person(staff));
    note(staff, AccessAct.BREAK_GLASS_ASKED, asked.letter(), asked.request().id());
    return "redirect:" + PagePaths.DESK + "/letters/" + ref.id() + "?sender=" + ref.sender();
  }

  @PostMapping("/{id}/approval")
  String approve(@AuthenticationPrincipal Staff staff, @PathVariable("id") String id) {
    UUID request = PageInput.uuid(id);
    Letter letter = breakGlass.approve(request, DeskRoles.person(staff));
    note(staff, AccessAct.BREAK_GLASS_APPROVED, letter, request);
    return "redirect:" + PATH + "?done=" + APPROVED;
  }

  @PostMapping("/{id}/refusal")
  String decline(@AuthenticationPrincipal Staff staff, @PathVariable("id") String id) {
    UUID request = PageInput.uuid(id);
    Letter letter = breakGlass.decline(request, DeskRoles.person(staff));
    note(staff, AccessAct.BREAK_GLASS_DECLINED, letter, request);
    return "redirect:" + PATH + "?done=" + DECLINED;
  }

  private void note(Staff staff, AccessAct act, Letter letter, UUID request) {
    access.noteBreakGlass(DeskRoles.caller(staff), act, letter, request);
  }
}
