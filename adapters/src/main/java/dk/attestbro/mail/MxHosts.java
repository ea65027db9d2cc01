package dk.attestbro.mail;

import java.util.List;

/** Finds the hosts that take a domain's mail. */
@FunctionalInterface
public interface MxHosts {
  /**
   * The hosts, the preferred one first (RFC 5321, 5.1): the domain itself where it names none,
   * nobody where it says that it takes no mail (RFC 7505).
   *
   * @throws MxUnknown where no name server could be asked
   */
  List<String> of(String domain);

  /** No name server answered: it may later. */
  final class MxUnknown extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MxUnknown(Throwable cause) {
      super("the mail servers of a domain could not be looked up", cause);
    }
  }
}
