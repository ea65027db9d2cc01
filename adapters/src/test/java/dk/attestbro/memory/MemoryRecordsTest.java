package dk.attestbro.memory;

import dk.attestbro.port.AccessLog;
import dk.attestbro.port.AccessLogContract;
import dk.attestbro.port.BreakGlassContract;
import dk.attestbro.port.BreakGlassRequests;
import dk.attestbro.port.CaseLists;
import dk.attestbro.port.CaseListsContract;
import dk.attestbro.port.CasesContract;
import dk.attestbro.port.Drafts;
import dk.attestbro.port.DraftsContract;
import dk.attestbro.port.EvidenceCheckpoints;
import dk.attestbro.port.EvidenceCheckpointsContract;
import dk.attestbro.port.HeldContents;
import dk.attestbro.port.HeldContentsContract;
import dk.attestbro.port.Inbox;
import dk.attestbro.port.InboxContract;
import dk.attestbro.port.Notices;
import dk.attestbro.port.NoticesContract;
import dk.attestbro.port.OcspMemory;
import dk.attestbro.port.OcspMemoryContract;
import dk.attestbro.port.OperationsRecords;
import dk.attestbro.port.OperationsRecordsContract;
import dk.attestbro.port.Outbox;
import dk.attestbro.port.OutboxContract;
import dk.attestbro.port.Records;
import dk.attestbro.port.RecordsContract;
import dk.attestbro.port.SortingDesk;
import dk.attestbro.port.SortingDeskContract;
import dk.attestbro.port.Statistics;
import dk.attestbro.port.StatisticsContract;
import dk.attestbro.port.TrustProofs;
import dk.attestbro.port.TrustProofsContract;
import org.junit.jupiter.api.Nested;

class MemoryRecordsTest {
  private final MemoryRecords memory = new MemoryRecords();

  @Nested
  class AsSortingDesk extends SortingDeskContract {
    @Override
    protected Records records() {
      return memory;
    }

    @Override
    protected SortingDesk desk() {
      return memory;
    }

    @Override
    protected HeldContents held() {
      return memory;
    }
  }

  @Nested
  class AsNotices extends NoticesContract {
    @Override
    protected Records records() {
      return memory;
    }

    @Override
    protected Notices notices() {
      return memory.notices();
    }
  }

  @Nested
  class AsOperationsRecords extends OperationsRecordsContract {
    @Override
    protected Records records() {
      return memory;
    }

    @Override
    protected OperationsRecords operations() {
      return new MemoryOperations(memory);
    }
  }

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
  class AsCaseLists extends CaseListsContract {
    @Override
    protected Records records() {
      return memory;
    }

    @Override
    protected CaseLists lists() {
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
  class AsEvidenceCheckpoints extends EvidenceCheckpointsContract {
    @Override
    protected Records records() {
      return memory;
    }

    @Override
    protected EvidenceCheckpoints checkpoints() {
      return memory;
    }
  }

  @Nested
  class AsAccessLog extends AccessLogContract {
    private final AccessLog log = new MemoryAccessLog(memory);

    @Override
    protected Records records() {
      return memory;
    }

    @Override
    protected AccessLog log() {
      return log;
    }
  }

  @Nested
  class AsBreakGlassRequests extends BreakGlassContract {
    @Override
    protected Records records() {
      return memory;
    }

    @Override
    protected BreakGlassRequests requests() {
      return memory;
    }

    @Override
    protected HeldContents held() {
      return memory;
    }
  }

  @Nested
  class AsDrafts extends DraftsContract {
    private final Drafts drafts = new MemoryDrafts();

    @Override
    protected Drafts drafts() {
      return drafts;
    }
  }

  @Nested
  class AsTrustProofs extends TrustProofsContract {
    private final TrustProofs proofs = new MemoryTrustProofs();

    @Override
    protected TrustProofs one() {
      return proofs;
    }

    @Override
    protected TrustProofs other() {
      return proofs;
    }
  }

  @Nested
  class AsOcspMemory extends OcspMemoryContract {
    private final OcspMemory answers = new MemoryOcspMemory();

    @Override
    protected OcspMemory memory() {
      return answers;
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
