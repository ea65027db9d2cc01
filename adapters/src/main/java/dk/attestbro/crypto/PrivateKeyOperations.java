package dk.attestbro.crypto;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counts what was done with private keys, since the process started. */
public final class PrivateKeyOperations {
  /** The kinds of operation. */
  public enum Kind {
    /** A CMS signature. */
    SIGN,
    /** A CMS content key unwrapped. */
    DECRYPT,
    /** A receipt signed. */
    RECEIPT_SIGN,
    /** A checkpoint or an evidence package signed. */
    EVIDENCE_SIGN
  }

  private final Map<Kind, LongAdder> counts = new EnumMap<>(Kind.class);

  public PrivateKeyOperations() {
    for (Kind kind : Kind.values()) {
      counts.put(kind, new LongAdder());
    }
  }

  void count(Kind kind) {
    adder(kind).increment();
  }

  /** How many of this kind so far. */
  public long of(Kind kind) {
    return adder(kind).sum();
  }

  private LongAdder adder(Kind kind) {
    LongAdder adder = counts.get(kind);
    if (adder == null) {
      throw new IllegalStateException("every kind is counted");
    }
    return adder;
  }
}
