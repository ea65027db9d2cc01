package dk.attestbro.gateway.api;

import dk.attestbro.memory.MemoryAccessLog;
import dk.attestbro.model.Access;
import dk.attestbro.model.CaseId;
import dk.attestbro.model.Digest;
import dk.attestbro.port.AccessLog;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The access log in memory, and all that was noted in it: also what is about no case. */
final class WatchedAccessLog implements AccessLog {
  final List<Access> noted = new CopyOnWriteArrayList<>();
  private final MemoryAccessLog memory;

  WatchedAccessLog(MemoryAccessLog memory) {
    this.memory = memory;
  }

  @Override
  public void note(Access access) {
    memory.note(access);
    noted.add(access);
  }

  @Override
  public List<Access> ofCase(CaseId id, int limit) {
    return memory.ofCase(id, limit);
  }

  @Override
  public List<Access> ofCitizen(Digest citizen, int limit) {
    return memory.ofCitizen(citizen, limit);
  }

  @Override
  public int deleteBefore(Instant time) {
    return memory.deleteBefore(time);
  }
}
