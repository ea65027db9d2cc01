package dk.attestbro.gateway.counter;

import dk.attestbro.gateway.journey.KnownCases;
import dk.attestbro.gateway.pages.Listing;
import dk.attestbro.gateway.pages.PageInput;
import dk.attestbro.gateway.pages.PagePaths;
import dk.attestbro.model.CaseId;
import dk.attestbro.model.DeadlineRule;
import dk.attestbro.model.Letter;
import dk.attestbro.model.PartyId;
import dk.attestbro.port.CaseLists;
import dk.attestbro.port.CaseQuery;
import dk.attestbro.port.Inbox;
import dk.attestbro.port.Order;
import dk.attestbro.port.Staff;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The party's inbox and its cases, by what wants to be done. */
@Controller
final class WorklistPage {
  private static final int PAGE = 25;

  /** Beyond these the inbox's count is only "more". */
  private static final int COUNTED = 100;

  /** The tab of the drafts. */
  static final String DRAFTS = "drafts";

  private static final String NEW = "new";
  private static final String PAGE_PARAMETER = "page";

  private static final List<Listing.Column> COLUMNS =
      List.of(
          new Listing.Column("list.case", ""),
          new Listing.Column("list.form", "form"),
          new Listing.Column("list.other", ""),
          new Listing.Column("list.state", "state"),
          new Listing.Column("list.turn", ""),
          new Listing.Column("list.due", "due"),
          new Listing.Column("list.updated", "updated"));

  private static final List<Listing.Column> INBOX_COLUMNS =
      List.of(
          new Listing.Column("list.letter", ""),
          new Listing.Column("list.from", ""),
          new Listing.Column("list.case", ""),
          new Listing.Column("list.received", ""));

  private static final List<Listing.Column> DRAFT_COLUMNS =
      List.of(
          new Listing.Column("list.draft", ""),
          new Listing.Column("list.form", ""),
          new Listing.Column("list.other", ""),
          new Listing.Column("list.case", ""),
          new Listing.Column("list.saved", ""),
          new Listing.Column("list.by", ""),
          new Listing.Column("list.delete", ""));

  private final CaseLists lists;
  private final KnownCases cases;
  private final Inbox inbox;
  private final CaseViews views;
  private final DraftList drafts;
  private final Clock clock;

  WorklistPage(
      CaseLists lists,
      KnownCases cases,
      Inbox inbox,
      CaseViews views,
      DraftList drafts,
      Clock clock) {
    this.lists = lists;
    this.cases = cases;
    this.inbox = inbox;
    this.views = views;
    this.drafts = drafts;
    this.clock = clock;
  }

  /** A tab and how much it holds. */
  record Tab(String name, String count, boolean chosen) {}

  /** A letter that waits to be received. */
  record Waiting(
      String sender,
      String from,
      String id,
      String event,
      Optional<String> caseId,
      Instant receivedAt) {}

  @GetMapping(PagePaths.COUNTER)
  String list(
      @AuthenticationPrincipal Staff staff,
      @RequestParam("tab") Optional<String> tab,
      @RequestParam("sort") Optional<String> sort,
      @RequestParam(PAGE_PARAMETER) Optional<Long> page,
      @RequestParam("after") Optional<Long> after,
      Model model) {
    PartyId party = OwnCases.party(staff);
    Instant now = clock.instant();
    Set<PartyId> own = cases.withPredecessors(Set.of(party), now);
    Kind kind = Kind.of(tab);
    List<Tab> tabs = new ArrayList<>();
    for (Kind one : Kind.values()) {
      tabs.add(new Tab(one.code(), count(one, party, own, now), one == kind));
    }
    model.addAttribute("tabs", tabs);
    model.addAttribute("tab", kind.code());
    int number = PageInput.page(PAGE_PARAMETER, page);
    model.addAttribute(
        "listing",
        switch (kind) {
          case NEW -> letters(party, Math.max(0, after.orElse(0L)));
          case DRAFTS -> drafts(staff, number);
          case MINE, DUE, OVERDUE, ALL -> cases(kind, party, own, sort, number, now);
        });
    return "counter/worklist";
  }

  /** The tabs. */
  private enum Kind {
    MINE,
    DUE,
    OVERDUE,
    NEW,
    DRAFTS,
    ALL;

    static Kind of(Optional<String> name) {
      for (Kind kind : values()) {
        if (name.filter(kind.code()::equals).isPresent()) {
          return kind;
        }
      }
      return MINE;
    }

    String code() {
      return name().toLowerCase(Locale.ROOT);
    }

    CaseQuery query(Set<PartyId> own, Instant now) {
      LocalDate today = DeadlineRule.day(now);
      Optional<LocalDate> none = Optional.empty();
      return new CaseQuery(
          own,
          this == MINE,
          Set.of(),
          Set.of(),
          this == OVERDUE ? Optional.of(today) : none,
          this == DUE ? Optional.of(today.plusDays(CaseViews.NEAR_DAYS)) : none,
          Set.of(),
          Optional.empty(),
          PAGE + 1);
    }
  }

  private String count(Kind kind, PartyId party, Set<PartyId> own, Instant now) {
    return switch (kind) {
      case NEW -> counted(inbox.letters(party, 0, COUNTED + 1));
      case DRAFTS -> String.valueOf(drafts.count(party));
      case MINE, DUE, OVERDUE, ALL -> String.valueOf(lists.count(kind.query(own, now)));
    };
  }

  private static String counted(List<Inbox.Item> waiting) {
    return waiting.size() > COUNTED ? COUNTED + "+" : String.valueOf(waiting.size());
  }

  private Listing<CaseViews.Item> cases(
      Kind kind, PartyId party, Set<PartyId> own, Optional<String> sort, int page, Instant now) {
    boolean urgent = kind != Kind.ALL;
    Listing.Order order =
        Listing.Order.of(sort, COLUMNS, new Listing.Order(urgent ? "due" : "updated", !urgent));
    List<CaseViews.Item> found =
        lists
            .cases(
                kind.query(own, now),
                new Order<>(
                    CaseLists.By.valueOf(order.sort().toUpperCase(Locale.ROOT)),
                    order.descending()),
                (long) page * PAGE)
            .stream()
            .map(known -> views.item(cases.asOf(known, now), party))
            .toList();
    return new Listing<>(
        found.size() > PAGE ? found.subList(0, PAGE) : found,
        PagePaths.COUNTER,
        Map.of("tab", kind.code()),
        COLUMNS,
        order.sort(),
        order.descending(),
        page > 0 ? Optional.of(to(page - 1)) : Optional.empty(),
        found.size() > PAGE ? Optional.of(to(page + 1)) : Optional.empty());
  }

  private Listing<DraftList.Line> drafts(Staff staff, int page) {
    List<DraftList.Line> found = drafts.of(staff, page * PAGE, PAGE + 1);
    return new Listing<>(
        found.size() > PAGE ? found.subList(0, PAGE) : found,
        PagePaths.COUNTER,
        Map.of("tab", DRAFTS),
        DRAFT_COLUMNS,
        "",
        false,
        page > 0 ? Optional.of(to(page - 1)) : Optional.empty(),
        found.size() > PAGE ? Optional.of(to(page + 1)) : Optional.empty());
  }

  private static Map<String, String> to(int page) {
    return Map.of(PAGE_PARAMETER, String.valueOf(page));
  }

  private Listing<Waiting> letters(PartyId party, long after) {
    List<Inbox.Item> found = inbox.letters(party, after, PAGE + 1);
    List<Inbox.Item> shown = found.size() > PAGE ? found.subList(0, PAGE) : found;
    return new Listing<>(
        shown.stream().map(item -> waiting(item.letter())).toList(),
        PagePaths.COUNTER,
        Map.of("tab", NEW),
        INBOX_COLUMNS,
        "",
        false,
        after > 0 ? Optional.of(Map.of()) : Optional.empty(),
        found.size() > PAGE
            ? Optional.of(Map.of("after", String.valueOf(shown.get(shown.size() - 1).sequence())))
            : Optional.empty());
  }

  private Waiting waiting(Letter letter) {
    return new Waiting(
        letter.ref().sender().value(),
        views.name(letter.ref().sender()),
        letter.ref().id().value(),
        letter.event(),
        letter.caseId().map(CaseId::toString),
        letter.receivedAt());
  }
}
