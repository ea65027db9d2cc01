package dk.attestbro.memory;

import dk.attestbro.port.CasesContract;
import dk.attestbro.port.HeldContents;
import dk.attestbro.port.HeldContentsContract;
import dk.attestbro.port.Inbox;
import dk.attestbro.port.InboxContract;
import dk.attestbro.port.Outbox;
import dk.attestbro.port.OutboxContract;
import dk.attestbro.port.Records;
import dk.attestbro.port.RecordsContract;
import dk.attestbro.port.Statistics;
import dk.attestbro.port.StatisticsContract;
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
  class AsCases extends CasesContract {
    @Override
    protected Records records() {
      return memory;
    }
  }

  @Nested
  class AsHeldContents extends HeldContentsContract {
    @Override
    protected Records records() {
      return memory;
    }

    @Override
    protected HeldContents held() {
      return memory;
    }
  }

  @Nested
  class AsStatistics extends StatisticsContract {
    @Override
    protected Records records() {
      return memory;
    }

    @Override
    protected Statistics statistics() {
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
