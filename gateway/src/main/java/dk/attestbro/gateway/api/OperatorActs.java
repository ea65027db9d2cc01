package dk.attestbro.gateway.api;

import dk.attestbro.gateway.operations.ProbeParty;
import dk.attestbro.model.AccessAct;
import dk.attestbro.model.Letter;
import dk.attestbro.model.LetterRef;
import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.Party;
import dk.attestbro.model.Refusal;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.port.Caller;
import dk.attestbro.port.ChannelProbe.Hop;
import dk.attestbro.port.Order;
import dk.attestbro.port.Records;
import dk.attestbro.port.SortingDesk;
import dk.attestbro.port.UnsortedMail;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * What operators do, by the API or on the desk: each act is done on the journey and then noted in
 * the access log with the digest of its reason.
 */
public final class OperatorActs {
  private final JourneyCalls journey;
  private final SortingCalls sorting;
  private final ProbeParty probe;
  private final Records records;
  private final AccessNotes access;

  OperatorActs(
      JourneyCalls journey,
      SortingCalls sorting,
      ProbeParty probe,
      Records records,
      AccessNotes access) {
    this.journey = journey;
    this.sorting = sorting;
    this.probe = probe;
    this.records = records;
    this.access = access;
  }

  /** What can be done with a dead letter. */
  public enum OnDead {
    RESEND(AccessAct.LETTER_RESENT),
    REDIRECT(AccessAct.LETTER_REDIRECTED),
    CLOSE(AccessAct.LETTER_CLOSED);

    private final AccessAct noted;

    OnDead(AccessAct noted) {
      this.noted = noted;
    }

    /** As addresses and answers write it. */
    public String shown() {
      return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The act that an address names.
     *
     * @throws MessageRefused NOT_FOUND where there is none
     */
    public static OnDead shown(String act) {
      return Arrays.stream(values())
          .filter(one -> one.shown().equals(act))
          .findFirst()
          .orElseThrow(() -> new MessageRefused(RefusalReason.NOT_FOUND));
    }
  }

  /** What can be done with a party's queue. */
  public enum OnQueue {
    PAUSE(AccessAct.PARTY_PAUSED),
    RESUME(AccessAct.PARTY_RESUMED);

    private final AccessAct noted;

    OnQueue(AccessAct noted) {
      this.noted = noted;
    }

    /** As addresses and answers write it. */
    public String shown() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Empty where it was done, else why not. */
  public Optional<Refusal> onDead(OnDead act, LetterRef ref, String reason, Caller caller) {
    Optional<Letter> letter = records.letter(ref);
    if (letter.isEmpty()) {
      return Optional.of(Refusal.of(RefusalReason.NOT_FOUND));
    }
    Optional<Refusal> refusal =
        switch (act) {
          case RESEND -> journey.resend().act(ref, reason, caller.label());
          case REDIRECT -> journey.redirect().act(ref, reason, caller.label());
          case CLOSE -> journey.close().act(ref, reason, caller.label());
        };
    if (refusal.isEmpty()) {
      access.noteOperator(caller, act.noted, letter.get(), reason);
    }
    return refusal;
  }

  /** Empty where it was done, else why not. */
  public Optional<Refusal> onQueue(OnQueue act, Party party, String reason, Caller caller) {
    Optional<Refusal> refusal =
        switch (act) {
          case PAUSE -> journey.pause().act(party.id(), reason, caller.label());
          case RESUME -> journey.resume().act(party.id(), reason, caller.label());
        };
    if (refusal.isEmpty()) {
      access.noteOperator(caller, act.noted, party.id(), reason);
    }
    return refusal;
  }

  /** Goes the way to a party without a letter; noted before it is tried. */
  public List<Hop> test(Party party, String reason, Caller caller) {
    access.noteOperator(caller, AccessAct.CHANNEL_TESTED, party.id(), reason);
    return probe.probe(party);
  }

  /** The mails that wait to be sorted. */
  public List<UnsortedMail> mailsToSort(
      Order<SortingDesk.By> order, Optional<UUID> after, int most, Caller caller) {
    access.noteOperator(caller, AccessAct.MAILS_LISTED, "");
    return sorting.desk().open(order, after, most);
  }

  /** Says that a mail was sorted; empty where it was done, else why not. */
  public Optional<Refusal> closeMail(UUID mail, String reason, Caller caller) {
    Optional<Refusal> refusal = sorting.close().act(mail, reason, caller.label());
    if (refusal.isEmpty()) {
      access.noteOperator(caller, AccessAct.MAIL_SORTED, mail, reason);
    }
    return refusal;
  }
}
