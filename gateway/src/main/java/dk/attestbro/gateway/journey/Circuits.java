package dk.attestbro.gateway.journey;

import dk.attestbro.model.Circuit;
import dk.attestbro.model.CircuitRules;
import dk.attestbro.model.DeliveryOutcome;
import dk.attestbro.model.Endpoint;
import dk.attestbro.model.Party;
import dk.attestbro.model.PartyId;
import dk.attestbro.port.DirectorySource;
import dk.attestbro.port.Outbox;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;

/**
 * The circuit of each way to a receiver, so that one that is down is asked by one letter at a time
 * and not by all that wait. Each node learns for itself, in memory: a restart tries again at once,
 * and nothing is lost by not knowing. A new address or certificate in the directory is another way,
 * whose circuit is closed.
 */
public final class Circuits {
  private static final System.Logger LOG = System.getLogger(Circuits.class.getName());

  private final CircuitRules rules;
  private final DirectorySource directory;
  private final Clock clock;

  /** Those that are not as at the beginning. */
  private final Map<Way, Circuit> circuits = new ConcurrentHashMap<>();

  private record Way(PartyId party, String endpoint) {
    static Way of(PartyId party, Endpoint endpoint) {
      return new Way(party, EndpointMark.of(endpoint));
    }
  }

  public Circuits(CircuitRules rules, DirectorySource directory, Clock clock) {
    this.rules = rules;
    this.directory = directory;
    this.clock = clock;
  }

  /** The circuit of a party's own endpoint. */
  public Circuit of(PartyId party) {
    return directory.current().party(party).flatMap(Party::endpoint).stream()
        .map(endpoint -> circuits.getOrDefault(Way.of(party, endpoint), Circuit.CLOSED))
        .findFirst()
        .orElse(Circuit.CLOSED);
  }

  /** The parties whose rows wait for a probe to get through. */
  public Set<PartyId> held() {
    Set<PartyId> held = new HashSet<>();
    for (Way way : circuits.keySet()) {
      directory
          .current()
          .party(way.party())
          // What may go to a fallback must not wait: its deliveries are held one by one.
          .filter(party -> party.fallback().isEmpty())
          .filter(party -> of(party.id()).state() != Circuit.State.CLOSED)
          .ifPresent(party -> held.add(party.id()));
    }
    return held;
  }

  /** What may be handed over: of a held party one row, once its probe is due, and else none. */
  Outbox.Window window(int perParty) {
    Set<PartyId> one = new HashSet<>();
    Set<PartyId> none = new HashSet<>();
    held().forEach(party -> (of(party).allows(clock.instant()) ? one : none).add(party));
    return new Outbox.Window(perParty, one, none);
  }

  /** When to ask again for an attempt that is not allowed now. */
  Instant askAgainAt(PartyId party, Endpoint endpoint) {
    return circuits
        .getOrDefault(Way.of(party, endpoint), Circuit.CLOSED)
        .askAgainAt(rules, clock.instant());
  }

  /** Begins an attempt; empty where none may be made now. */
  Optional<Attempt> begin(PartyId party, Endpoint endpoint) {
    Way way = Way.of(party, endpoint);
    AtomicBoolean allowed = new AtomicBoolean(true);
    Circuit begun =
        circuits.computeIfPresent(
            way,
            (any, now) -> {
              allowed.set(now.allows(clock.instant()));
              return allowed.get() ? now.begun() : now;
            });
    return allowed.get()
        ? Optional.of(new Attempt(way, begun != null && begun.probing()))
        : Optional.empty();
  }

  /** One attempt; closed without an outcome it tells nothing. */
  final class Attempt implements AutoCloseable {
    private final Way way;
    private final boolean probe;
    private boolean ended;

    private Attempt(Way way, boolean probe) {
      this.way = way;
      this.probe = probe;
    }

    void ended(DeliveryOutcome outcome) {
      ended = true;
      change(before -> before.ended(outcome, probe, rules, clock.instant()));
    }

    @Override
    public void close() {
      if (probe && !ended) {
        change(Circuit::abandoned);
      }
    }

    private void change(UnaryOperator<Circuit> step) {
      circuits.compute(
          way,
          (any, known) -> {
            Circuit before = known == null ? Circuit.CLOSED : known;
            Circuit after = step.apply(before);
            if (after.probeAt().isPresent() != before.probeAt().isPresent()) {
              LOG.log(
                  System.Logger.Level.WARNING,
                  "the circuit of {0} is {1} after {2} failures",
                  way.party(),
                  after.state(),
                  Math.max(before.failures(), after.failures()));
            }
            return after.equals(Circuit.CLOSED) ? null : after;
          });
    }
  }
}
