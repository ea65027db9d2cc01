package dk.attestbro.memory;

import dk.attestbro.port.Inbox;
import dk.attestbro.port.InboxContract;
import dk.attestbro.port.Outbox;
import dk.attestbro.port.OutboxContract;
import dk.attestbro.port.Records;
import dk.attestbro.port.RecordsContract;
import org.junit.jupiter.api.Nested;

class MemoryRecordsTest {
  private final MemoryRecords memory = new MemoryRecords();

  @Nested
  class AsRecords extends RecordsContract {
    @Override
    protected Records records() {
      return memory;
    }
  }

  @Nested
  class AsOutbox extends OutboxContract {
    @Override
    protected Records records() {
      return memory;
    }

    @Override
    protected Outbox outbox() {
      return memory;
    }
  }

  @Nested
  class AsInbox extends InboxContract {
    @Override
    protected Records records() {
      return memory;
    }

    @Override
    protected Inbox inbox() {
      return memory;
    }
  }
}
