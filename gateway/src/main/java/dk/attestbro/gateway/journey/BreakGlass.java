package dk.attestbro.gateway.journey;

import dk.attestbro.model.BreakGlassRequest;
import dk.attestbro.model.BreakGlassRules;
import dk.attestbro.model.BreakGlassRules.Person;
import dk.attestbro.model.Letter;
import dk.attestbro.model.LetterRef;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.Payload;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.model.TimelineCode;
import dk.attestbro.port.BreakGlassRequests;
import dk.attestbro.port.Change;
import dk.attestbro.port.Commit;
import dk.attestbro.port.ContentSealing;
import dk.attestbro.port.Records;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Break-glass access: someone of operations asks with a reason to see what one letter says, another
 * person allows it or not, and who asked sees it for a short time. Each step is in the letter's
 * evidence by the commit that takes it; nothing is seen that could not be noted there.
 */
public final class BreakGlass {
  private static final int MOST_COUNTED = 500;

  private final BreakGlassRequests requests;
  private final Records records;
  private final ContentSealing sealing;
  private final Times times;
  private final Alarms alarms;
  private final Clock clock;

  public BreakGlass(
      BreakGlassRequests requests,
      Records records,
      ContentSealing sealing,
      Times times,
      Alarms alarms,
      Clock clock) {
    this.requests = requests;
    this.records = records;
    this.sealing = sealing;
    this.times = times;
    this.alarms = alarms;
    this.clock = clock;
  }

  /**
   * How long it takes.
   *
   * @param waits what nobody has decided after so long lapses
   * @param lasts so long is seen what was allowed
   */
  public record Times(Duration waits, Duration lasts) {
    public Times {
      if (waits.isNegative() || waits.isZero() || lasts.isNegative() || lasts.isZero()) {
        throw new IllegalArgumentException("break-glass access waits and lasts for some time");
      }
    }
  }

  /** A request with the letter that it is about and the words of its reason. */
  public record Asked(BreakGlassRequest request, Letter letter, String reason) {

    /** The words may name a person: never shown by accident. */
    @Override
    public String toString() {
      return "Asked[" + request + "]";
    }
  }

  /** A letter that is seen, and what it says. */
  public record Seen(BreakGlassRequest request, Letter letter, Payload content) {}

  /**
   * Asks for a letter.
   *
   * @param reason in words, for the person who decides
   * @throws MessageRefused NOT_FOUND, NOT_ALLOWED, CONTENT_DELETED; STATE_CONFLICT where this
   *     person's earlier request for the letter is not over
   */
  public Asked ask(LetterRef ref, String reason, Person by) {
    Letter letter = letter(ref);
    Instant now = clock.instant();
    boolean held = records.content(ref).isPresent();
    refuse(BreakGlassRules.whyNotAsk(by, held, requests.live(ref, by.id(), now), now));
    BreakGlassRequest request =
        new BreakGlassRequest(
            UUID.randomUUID(), ref, by.id(), now, now.plus(times.waits()), Optional.empty());
    LetterRef place = BreakGlassRequests.reasonOf(request);
    Payload words = new Payload(reason.getBytes(StandardCharsets.UTF_8), MediaType.MIME);
    commit(
        new Change.AskBreakGlass(request),
        new Change.PutContent(place, sealing.seal(place, words)),
        LetterWrites.note(
            letter,
            now,
            TimelineCode.BREAK_GLASS_ASKED,
            Operate.detail(reason, label(by)) + shown(request)));
    alarms.raise(TimelineCode.BREAK_GLASS_ASKED, ref.toString(), request.id().toString());
    return new Asked(request, letter, reason);
  }

  /** What this person has asked for the letter and is not over. */
  public Optional<BreakGlassRequest> live(LetterRef letter, Person by) {
    return requests.live(letter, by.id(), clock.instant());
  }

  /** How many wait for another person to decide; of more than 500 so many. */
  public long waiting() {
    Instant now = clock.instant();
    return requests.live(now, 0, MOST_COUNTED).stream()
        .filter(request -> request.at(now) == BreakGlassRequest.State.WAITING)
        .count();
  }

  /** What waits or is open, the first asked first. */
  public List<Asked> live(int skipped, int limit) {
    return requests.live(clock.instant(), skipped, limit).stream()
        .map(request -> new Asked(request, letter(request.letter()), reason(request)))
        .toList();
  }

  /** The reason; empty where the request ended just now. */
  private String reason(BreakGlassRequest request) {
    LetterRef place = BreakGlassRequests.reasonOf(request);
    return records
        .content(place)
        .map(held -> sealing.open(place, held))
        .map(words -> new String(words.bytes(), StandardCharsets.UTF_8))
        .orElse("");
  }

  /**
   * Allows whoever asked to see the letter from now on, for a short time.
   *
   * @return the letter
   * @throws MessageRefused NOT_FOUND, NOT_ALLOWED; BREAK_GLASS_OWN_REQUEST where the same person
   *     asked; STATE_CONFLICT where it does not wait any more
   */
  public Letter approve(UUID id, Person by) {
    Instant now = clock.instant();
    BreakGlassRequest request = toDecide(id, by, now);
    Letter letter = letter(request.letter());
    BreakGlassRequest.Grant grant =
        new BreakGlassRequest.Grant(by.id(), now, now.plus(times.lasts()));
    commit(
        new Change.GrantBreakGlass(request.id(), grant),
        LetterWrites.note(
            letter,
            now,
            TimelineCode.BREAK_GLASS_APPROVED,
            label(by) + shown(request) + " until=" + grant.endsAt()));
    return letter;
  }

  /**
   * Declines it, and its reason is deleted.
   *
   * @return the letter
   * @throws MessageRefused as for {@link #approve}
   */
  public Letter decline(UUID id, Person by) {
    Instant now = clock.instant();
    BreakGlassRequest request = toDecide(id, by, now);
    Letter letter = letter(request.letter());
    commit(
        new Change.EndBreakGlass(request),
        new Change.DropContent(BreakGlassRequests.reasonOf(request)),
        LetterWrites.note(
            letter, now, TimelineCode.BREAK_GLASS_DECLINED, label(by) + shown(request)));
    return letter;
  }

  private BreakGlassRequest toDecide(UUID id, Person by, Instant now) {
    BreakGlassRequest request =
        requests.find(id).orElseThrow(() -> new MessageRefused(RefusalReason.NOT_FOUND));
    refuse(BreakGlassRules.whyNotDecide(request, by, now));
    return request;
  }

  /**
   * What the letter says, for the one who asked; noted before it is given.
   *
   * @throws MessageRefused BREAK_GLASS_NOT_OPEN where it is not, or is somebody else's;
   *     CONTENT_DELETED where the letter's content is held no longer
   */
  public Seen see(UUID id, Person by) {
    Instant now = clock.instant();
    BreakGlassRequest request =
        requests.find(id).orElseThrow(() -> new MessageRefused(RefusalReason.BREAK_GLASS_NOT_OPEN));
    refuse(BreakGlassRules.whyNotSee(request, by, now));
    Letter letter = letter(request.letter());
    Payload content =
        records
            .content(letter.ref())
            .map(held -> sealing.open(letter.ref(), held))
            .orElseThrow(() -> new MessageRefused(RefusalReason.CONTENT_DELETED));
    // SECURITY: what could not be noted would be seen without a trace.
    commit(
        LetterWrites.note(letter, now, TimelineCode.BREAK_GLASS_READ, label(by) + shown(request)));
    return new Seen(request, letter, content);
  }

  private Letter letter(LetterRef ref) {
    return records.letter(ref).orElseThrow(() -> new MessageRefused(RefusalReason.NOT_FOUND));
  }

  private static void refuse(Optional<RefusalReason> why) {
    why.ifPresent(
        reason -> {
          throw new MessageRefused(reason);
        });
  }

  private void commit(Change.Write... writes) {
    if (records.commit(new Change(List.of(writes))) != Commit.DONE) {
      throw new MessageRefused(RefusalReason.STATE_CONFLICT);
    }
  }

  private static String label(Person by) {
    return "staff " + by.id();
  }

  private static String shown(BreakGlassRequest request) {
    return " request=" + request.id();
  }
}
