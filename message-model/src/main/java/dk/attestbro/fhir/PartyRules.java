package dk.attestbro.fhir;

import dk.attestbro.model.CaseRules;
import dk.attestbro.model.OrganisationIds;
import dk.attestbro.model.Problem;
import dk.attestbro.model.RefusalReason;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.MessageHeader;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.PractitionerRole;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.Task;

/**
 * Who is who in a case letter. The gateway goes by the sender and the receiver of the header; a
 * receiver may read another place that names one of them, so they name the same organisation, by
 * its SOR number (docs/message-model.md sections 1 to 5). Who asks in a later letter of a case is
 * not judged here: that takes the case and who has taken whose place.
 */
final class PartyRules {
  private static final Pattern SOR_OF_ENDPOINT =
      Pattern.compile("#id=(\\d+)", Pattern.CASE_INSENSITIVE);
  private static final String SENDER = "sender";
  private static final String RECEIVER = "receiver";

  private final FhirMessageReading message;
  private final MessageParts parts;
  private final String sender;
  private final String receiver;
  private final List<Problem> problems;

  private PartyRules(FhirMessageReading message, String receiver, List<Problem> problems) {
    this.message = message;
    this.parts = new MessageParts(message.bundle());
    this.sender = message.sender().sor();
    this.receiver = receiver;
    this.problems = problems;
  }

  /**
   * Adds a problem for each place that names another; none where the header does not say who sends
   * and who receives, which is told by itself.
   */
  static void check(FhirMessageReading message, List<Problem> problems) {
    List<OrganisationIds> receivers =
        message.destinations().stream().map(destination -> destination.receiver()).toList();
    if (receivers.size() != 1
        || receivers.get(0).sor().isEmpty()
        || message.sender().sor().isEmpty()) {
      return;
    }
    PartyRules rules = new PartyRules(message, receivers.get(0).sor(), problems);
    rules.endpoints();
    rules.numbers();
    rules.opening();
    rules.performers();
    rules.people();
    rules.provenance();
  }

  private void endpoints() {
    MessageHeader header = message.header();
    endpoint(header.getSource().getEndpoint(), ".source.endpoint", sender, SENDER);
    endpoint(
        header.getDestinationFirstRep().getEndpoint(),
        ".destination[0].endpoint",
        receiver,
        RECEIVER);
  }

  private void endpoint(String endpoint, String element, String sor, String role) {
    Matcher named = SOR_OF_ENDPOINT.matcher(FhirMessageReading.text(endpoint));
    if (named.find() && !named.group(1).equals(sor)) {
      add(message.headerPath() + element, role);
    }
  }

  /** One party has one GLN, wherever it is named. */
  private void numbers() {
    OrganisationIds from = message.sender();
    OrganisationIds to = message.destinations().get(0).receiver();
    for (Organization organization : parts.all(Organization.class)) {
      String sor = MessageParts.sor(organization);
      String gln = MessageParts.gln(organization);
      if ((sor.equals(from.sor()) && !gln.equals(from.gln()))
          || (sor.equals(to.sor()) && !gln.equals(to.gln()))) {
        add(parts.path(organization) + ".identifier", sor.equals(from.sor()) ? SENDER : RECEIVER);
      }
    }
  }

  /** Whoever opens a case asks; who asks in the letters that follow takes the case to tell. */
  private void opening() {
    boolean opens = message.event().filter(CaseRules::opens).isPresent();
    if (opens && message.task().isPresent()) {
      Task task = message.task().get();
      is(task.getRequester(), true, parts.path(task) + ".requester");
      is(task.getOwner(), false, parts.path(task) + ".owner");
    }
  }

  private void performers() {
    for (ServiceRequest request : parts.all(ServiceRequest.class)) {
      for (int i = 0; i < request.getPerformer().size(); i++) {
        is(request.getPerformer().get(i), false, parts.path(request) + ".performer[" + i + "]");
      }
    }
  }

  /** Whom the letter names as the one to ask or the one who answers works at the sender. */
  private void people() {
    parts.all(ServiceRequest.class).forEach(request -> person(request.getRequester()));
    parts.all(QuestionnaireResponse.class).forEach(response -> person(response.getAuthor()));
    parts.all(Encounter.class).forEach(stay -> person(MessageParts.person(stay)));
  }

  private void person(Reference reference) {
    parts
        .resolve(reference, PractitionerRole.class)
        .ifPresent(role -> is(role.getOrganization(), true, parts.path(role) + ".organization"));
  }

  /** The first agent: another may have written it in the sender's name. */
  private void provenance() {
    message
        .ownProvenances()
        .forEach(
            own -> is(own.getAgentFirstRep().getWho(), true, parts.path(own) + ".agent[0].who"));
  }

  private void is(Reference reference, boolean shallBeSender, String path) {
    // One that names nothing is told by itself.
    if (message.resolve(reference).isPresent()
        && !isOrganisation(reference, shallBeSender ? sender : receiver)) {
      add(path, shallBeSender ? SENDER : RECEIVER);
    }
  }

  private boolean isOrganisation(Reference reference, String sor) {
    return parts
        .resolve(reference, Organization.class)
        .filter(organization -> MessageParts.sor(organization).equals(sor))
        .isPresent();
  }

  private void add(String path, String role) {
    problems.add(new Problem(RefusalReason.PARTY_DIFFERS, path, role));
  }
}
