package dk.attestbro.gateway.pages;

import dk.attestbro.model.Access;
import dk.attestbro.model.AccessAct;
import dk.attestbro.port.AccessLog;
import dk.attestbro.port.Staff;
import dk.attestbro.port.StaffRole;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Notes in the access log who signed in, who signed out, and whom it was refused. */
final class SignInNotes {
  private static final String CREDENTIAL = "pages";
  private final AccessLog log;
  private final Clock clock;

  SignInNotes(AccessLog log, Clock clock) {
    this.log = log;
    this.clock = clock;
  }

  void signedIn(Staff staff) {
    note(Optional.of(staff), AccessAct.SIGNED_IN);
  }

  void signedOut(Staff staff) {
    note(Optional.of(staff), AccessAct.SIGNED_OUT);
  }

  /**
   * A sign-in was refused.
   *
   * @param known whom it was tried for; empty where that is nobody, for then the words that were
   *     given may be anything, a password among them
   */
  void refused(Optional<Staff> known) {
    note(known, AccessAct.SIGN_IN_REFUSED);
  }

  private void note(Optional<Staff> staff, AccessAct act) {
    Access.Actor actor =
        new Access.Actor(
            staff.filter(s -> s.is(StaffRole.OPERATOR)).isPresent(),
            staff.flatMap(Staff::party).map(List::of).orElse(List.of()),
            CREDENTIAL,
            staff.map(Staff::id));
    log.note(
        new Access(
            clock.instant(), actor, act, Optional.empty(), Optional.empty(), Optional.empty(), ""));
  }
}
