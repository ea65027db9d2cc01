package dk.attestbro.jms;

import java.util.Set;
import java.util.stream.Stream;
import javax.security.auth.Subject;
import org.apache.activemq.artemis.core.security.CheckType;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.apache.activemq.artemis.spi.core.security.ActiveMQSecurityManager5;
import org.apache.activemq.artemis.spi.core.security.jaas.UserPrincipal;
import org.apache.activemq.artemis.utils.CompositeAddress;
import org.jspecify.annotations.Nullable;

/**
 * The broker's questions of who may do what, asked again at each send and each consumer. Names and
 * passwords count for nothing.
 */
final class DoorSecurity implements ActiveMQSecurityManager5 {
  private final DoorCallers callers;

  DoorSecurity(DoorCallers callers) {
    this.callers = callers;
  }

  /** Who stands behind a session, as the broker hands it on to {@link #authorize}. */
  private static final class Principal extends UserPrincipal {
    private final DoorCaller caller;

    Principal(DoorCaller caller) {
      super(caller.label());
      this.caller = caller;
    }
  }

  @Override
  public @Nullable Subject authenticate(
      @Nullable String user,
      @Nullable String password,
      RemotingConnection connection,
      @Nullable String domain) {
    return callers.behind(connection).map(DoorSecurity::subject).orElse(null);
  }

  private static Subject subject(DoorCaller caller) {
    return new Subject(true, Set.of(new Principal(caller)), Set.of(), Set.of());
  }

  @Override
  public boolean authorize(
      Subject subject, Set<Role> roles, CheckType act, @Nullable String address) {
    if (address == null) {
      return false;
    }
    // A queue is asked about as address::queue; both must be the caller's.
    return subject.getPrincipals(Principal.class).stream()
        .anyMatch(
            principal ->
                Stream.of(address.split(CompositeAddress.SEPARATOR, -1))
                    .allMatch(name -> principal.caller.may(act, name)));
  }

  @Override
  public @Nullable String getUserFromSubject(@Nullable Subject subject) {
    // SECURITY: the broker takes a session in whose subject has a name.
    return subject == null
        ? null
        : subject.getPrincipals(Principal.class).stream()
            .map(Principal::getName)
            .findFirst()
            .orElse(null);
  }

  @Override
  public boolean validateUser(@Nullable String user, @Nullable String password) {
    return false;
  }

  @Override
  public boolean validateUserAndRole(
      @Nullable String user, @Nullable String password, Set<Role> roles, CheckType act) {
    return false;
  }
}
