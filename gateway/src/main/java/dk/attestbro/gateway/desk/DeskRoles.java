package dk.attestbro.gateway.desk;

import dk.attestbro.gateway.pages.Navigation;
import dk.attestbro.gateway.pages.PagePaths;
import dk.attestbro.model.BreakGlassRules.Person;
import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.Refusal;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.port.Caller;
import dk.attestbro.port.Staff;
import dk.attestbro.port.StaffRole;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Who may do what on the desk: everyone there sees it; operators and leads act; leads and auditors
 * take figures and evidence out; auditors look into the access log.
 */
final class DeskRoles {
  private static final int LONGEST_REASON = 500;

  private DeskRoles() {}

  static boolean acts(Staff staff) {
    return staff.is(StaffRole.OPERATOR) || staff.is(StaffRole.LEAD);
  }

  static boolean exports(Staff staff) {
    return staff.is(StaffRole.LEAD) || staff.is(StaffRole.AUDITOR);
  }

  static boolean leads(Staff staff) {
    return staff.is(StaffRole.LEAD);
  }

  static boolean audits(Staff staff) {
    return staff.is(StaffRole.AUDITOR);
  }

  /**
   * @throws MessageRefused NOT_ALLOWED where it is not
   */
  static void require(boolean allowed) {
    if (!allowed) {
      throw new MessageRefused(RefusalReason.NOT_ALLOWED);
    }
  }

  /** Whoever is at the desk, as operations. */
  static Caller caller(Staff staff) {
    return new Caller(Set.of(), true, "staff " + staff.id());
  }

  /** Whoever is at the desk, as the rules of break-glass access know them. */
  static Person person(Staff staff) {
    return new Person(staff.id(), staff.is(StaffRole.OPERATOR), staff.is(StaffRole.LEAD));
  }

  /**
   * Why something is done.
   *
   * @throws MessageRefused FIELD_MISSING or FIELD_INVALID
   */
  static String reason(String given) {
    if (given.isBlank()) {
      throw new MessageRefused(Refusal.of(RefusalReason.FIELD_MISSING, "reason"));
    }
    if (given.length() > LONGEST_REASON) {
      throw new MessageRefused(
          Refusal.of(RefusalReason.FIELD_INVALID, "reason", "max " + LONGEST_REASON));
    }
    return given;
  }

  static List<Navigation.Item> menu(Staff staff) {
    if (!acts(staff) && !exports(staff)) {
      return List.of();
    }
    List<Navigation.Item> items = new ArrayList<>();
    items.add(new Navigation.Item(PagePaths.DESK, "desk.overview.title"));
    for (String place :
        List.of(
            "queues",
            "letters",
            "cases",
            "dead",
            "sorting",
            "directory",
            "certificates",
            "lateness")) {
      items.add(item(place));
    }
    if (audits(staff)) {
      items.add(item("access-log"));
    }
    return items;
  }

  /** Who sees the requests for break-glass access; only leads decide them. */
  static List<Navigation.Item> breakGlassMenu(Staff staff) {
    return exports(staff) ? List.of(item("break-glass")) : List.of();
  }

  private static Navigation.Item item(String place) {
    return new Navigation.Item(PagePaths.DESK + "/" + place, "desk." + place + ".title");
  }
}
