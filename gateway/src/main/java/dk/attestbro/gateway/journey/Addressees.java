package dk.attestbro.gateway.journey;

import dk.attestbro.model.Endpoint;
import dk.attestbro.model.EventCode;
import dk.attestbro.model.OrganisationIds;
import dk.attestbro.model.Party;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.Problem;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.port.DirectorySource;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** Finds the organisation that a letter is for in the directory, and says what is wrong with it. */
final class Addressees {
  private final DirectorySource directory;

  Addressees(DirectorySource directory) {
    this.directory = directory;
  }

  /**
   * Who is to take a letter of this event; problems are added. An Acknowledgement counts also where
   * its reader has ended or has no endpoint to be told at.
   *
   * @param form the form that a request is about; empty where it is unknown or does not matter
   */
  Optional<Party> find(
      OrganisationIds named,
      String eventCode,
      Optional<String> form,
      LocalDate today,
      List<Problem> problems) {
    Optional<Party> found = directory.current().bySor(named.sor());
    if (found.isEmpty()) {
      problems.add(new Problem(RefusalReason.RECEIVER_UNKNOWN, named.path()));
      return found;
    }
    Party party = found.get();
    if (!named.gln().isEmpty() && !party.gln().equals(named.gln())) {
      problems.add(new Problem(RefusalReason.GLN_NOT_LISTED, named.path()));
    }
    if (eventCode.equals(EventCode.ACKNOWLEDGEMENT.code())) {
      return found;
    }
    Optional<Endpoint> taking = party.endpoint().filter(endpoint -> endpoint.takes(eventCode));
    if (!party.isValidOn(today)) {
      problems.add(new Problem(RefusalReason.RECEIVER_EXPIRED, named.path(), successorOf(party)));
    } else if (taking.isEmpty()) {
      problems.add(
          new Problem(
              RefusalReason.RECEIVER_DOES_NOT_TAKE_EVENT,
              named.path(),
              EventCode.parse(eventCode).map(EventCode::code).orElse("")));
    } else if (form.isPresent() && !taking.get().takesForm(form.get())) {
      problems.add(
          new Problem(RefusalReason.RECEIVER_DOES_NOT_TAKE_FORM, named.path(), form.get()));
    }
    return found;
  }

  /** A case has two sides, and each letter of ours goes from the one to the other. */
  static void requireAnother(
      Optional<Party> receiver, PartyId sender, String path, List<Problem> problems) {
    if (receiver.filter(party -> party.id().equals(sender)).isPresent()) {
      problems.add(new Problem(RefusalReason.RECEIVER_IS_SENDER, path));
    }
  }

  /** Who has taken the place of a party that has ended, as a problem tells it. */
  static String successorOf(Party party) {
    return party.successor().map(id -> "successor=" + id).orElse("");
  }
}
