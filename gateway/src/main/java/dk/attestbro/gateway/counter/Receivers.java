package dk.attestbro.gateway.counter;

import dk.attestbro.model.CertificateCase;
import dk.attestbro.model.DeadlineRule;
import dk.attestbro.model.EventCode;
import dk.attestbro.model.Form;
import dk.attestbro.model.Party;
import dk.attestbro.model.PartyId;
import dk.attestbro.port.DirectorySource;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;

/** The units that take a request with this form today, looked up by what someone types. */
final class Receivers {
  /** More are found by typing more. */
  private static final int SHOWN = 25;

  private final DirectorySource directory;
  private final MessageSource messages;
  private final Clock clock;

  Receivers(DirectorySource directory, MessageSource messages, Clock clock) {
    this.directory = directory;
    this.messages = messages;
    this.clock = clock;
  }

  /** A unit. */
  record Receiver(String id, String name, String region, String sor, String gln) {}

  /**
   * What was found.
   *
   * @param all how many there are, those not shown among them
   */
  record Found(List<Receiver> shown, int all) {}

  /**
   * The units in which every word is found: in the name, the region, SOR, GLN or id.
   *
   * @param own the requester, which does not ask itself
   */
  Found find(Form form, PartyId own, String typed) {
    List<String> words =
        Arrays.stream(folded(typed).split("\\s+", -1)).filter(word -> !word.isEmpty()).toList();
    List<Receiver> found =
        open(form.id(), Set.of(own))
            .filter(party -> words.stream().allMatch(describedBy(party)::contains))
            .map(this::receiver)
            .toList();
    return new Found(found.subList(0, Math.min(SHOWN, found.size())), found.size());
  }

  /** The unit with this id, if it takes the request. */
  Optional<Party> find(Form form, PartyId own, Optional<PartyId> id) {
    return open(form.id(), Set.of(own))
        .filter(party -> id.equals(Optional.of(party.id())))
        .findFirst();
  }

  /** The units that a case may be handed to: none that is part of it. */
  List<Party> successors(CertificateCase known) {
    return open(known.form(), Set.of(known.requester(), known.responder())).toList();
  }

  private Stream<Party> open(String form, Set<PartyId> besides) {
    LocalDate today = DeadlineRule.day(clock.instant());
    return directory.current().parties().stream()
        .filter(party -> party.isValidOn(today) && !besides.contains(party.id()))
        .filter(party -> takes(party, form));
  }

  /** People are not offered a municipality, though its endpoint may take whatever comes. */
  private static boolean takes(Party party, String form) {
    return party.kind() != Party.Kind.MUNICIPALITY
        && party
            .endpoint()
            .filter(e -> e.takes(EventCode.CERTIFICATE_REQUEST.code()) && e.takesForm(form))
            .isPresent();
  }

  private Receiver receiver(Party party) {
    return new Receiver(party.id().value(), party.name(), region(party), party.sor(), party.gln());
  }

  private String describedBy(Party party) {
    return folded(
        String.join(
            " ",
            party.name(),
            region(party),
            party.region().orElse(""),
            party.sor(),
            party.gln(),
            party.id().value()));
  }

  /** The region's name; its code where it has none here, and nothing for a unit without one. */
  private String region(Party party) {
    return party
        .region()
        .map(
            code ->
                String.valueOf(
                    messages.getMessage(
                        "region." + code, new Object[0], code, LocaleContextHolder.getLocale())))
        .orElse("");
  }

  /** Århus and aarhus are the same. */
  private static String folded(String text) {
    return text.toLowerCase(Locale.ROOT).replace("å", "aa").replace("æ", "ae").replace("ø", "oe");
  }
}
