package dk.attestbro.memory;

import dk.attestbro.model.Digest;
import dk.attestbro.port.OcspMemory;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The answers in this process's memory. */
public final class MemoryOcspMemory implements OcspMemory {
  private final Map<Digest, Remembered> all = new ConcurrentHashMap<>();

  @Override
  public Optional<Remembered> find(Digest about) {
    return Optional.ofNullable(all.get(about));
  }

  @Override
  public void remember(Digest about, Remembered answer, Instant forget) {
    all.put(about, answer);
    all.values().removeIf(one -> one.asked().isBefore(forget));
  }
}
