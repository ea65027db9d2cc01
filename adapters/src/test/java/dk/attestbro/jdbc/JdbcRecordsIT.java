package dk.attestbro.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dk.attestbro.model.Evidence;
import dk.attestbro.model.Letter;
import dk.attestbro.model.LetterStatus;
import dk.attestbro.model.TimelineCode;
import dk.attestbro.port.AccessLog;
import dk.attestbro.port.AccessLogContract;
import dk.attestbro.port.BreakGlassContract;
import dk.attestbro.port.BreakGlassRequests;
import dk.attestbro.port.CaseLists;
import dk.attestbro.port.CaseListsContract;
import dk.attestbro.port.CasesContract;
import dk.attestbro.port.Change;
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
import dk.attestbro.port.RecordSamples;
import dk.attestbro.port.Records;
import dk.attestbro.port.RecordsContract;
import dk.attestbro.port.RecordsUnavailable;
import dk.attestbro.port.SortingDesk;
import dk.attestbro.port.SortingDeskContract;
import dk.attestbro.port.Statistics;
import dk.attestbro.port.StatisticsContract;
import dk.attestbro.port.TrustProofs;
import dk.attestbro.port.TrustProofsContract;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class JdbcRecordsIT {
  private static TestDatabase database;

  private final JdbcRecords jdbc = database.records();

  @BeforeAll
  static void start() {
    database = TestDatabase.create();
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  @BeforeEach
  void clear() {
    database.clear();
  }

  @Nested
  class AsSortingDesk extends SortingDeskContract {
    @Override
    protected Records records() {
      return jdbc;
    }

    @Override
    protected SortingDesk desk() {
      return jdbc;
    }

    @Override
    protected HeldContents held() {
      return jdbc;
    }
  }

  @Nested
  class AsBreakGlassRequests extends BreakGlassContract {
    private final BreakGlassRequests requests =
        new JdbcBreakGlass(database.database().dataSource());

    @Override
    protected Records records() {
      return jdbc;
    }

    @Override
    protected BreakGlassRequests requests() {
      return requests;
    }

    @Override
    protected HeldContents held() {
      return jdbc;
    }
  }

  @Nested
  class AsDrafts extends DraftsContract {
    private final Drafts drafts = new JdbcDrafts(database.database().dataSource());

    @Override
    protected Drafts drafts() {
      return drafts;
    }
  }

  @Nested
  class AsTrustProofs extends TrustProofsContract {
    private final TrustProofs one = new JdbcTrustProofs(database.database().dataSource());
    private final TrustProofs other = new JdbcTrustProofs(database.database().dataSource());

    @Override
    protected TrustProofs one() {
      return one;
    }

    @Override
    protected TrustProofs other() {
      return other;
    }
  }

  @Nested
  class AsNotices extends NoticesContract {
    @Override
    protected Records records() {
      return jdbc;
    }

    @Override
    protected Notices notices() {
      return new JdbcNotices(database.database().dataSource());
    }
  }

  @Nested
  class AsOperationsRecords extends OperationsRecordsContract {
    @Override
    protected Records records() {
      return jdbc;
    }

    @Override
    protected OperationsRecords operations() {
      return new JdbcOperations(database.database().dataSource());
    }
  }

  @Nested
  class AsOcspMemory extends OcspMemoryContract {
    private final OcspMemory answers = new JdbcOcspMemory(database.database().dataSource());

    @Override
    protected OcspMemory memory() {
      return answers;
    }
  }

  @Nested
  class AsRecords extends RecordsContract {
    @Override
    protected Records records() {
      return jdbc;
    }
  }

  @Nested
  class AsCases extends CasesContract {
    @Override
    protected Records records() {
      return jdbc;
    }
  }

  @Nested
  class AsCaseLists extends CaseListsContract {
    @Override
    protected Records records() {
      return jdbc;
    }

    @Override
    protected CaseLists lists() {
      return jdbc;
    }
  }

  @Nested
  class AsHeldContents extends HeldContentsContract {
    @Override
    protected Records records() {
      return jdbc;
    }

    @Override
    protected HeldContents held() {
      return jdbc;
    }
  }

  @Nested
  class AsStatistics extends StatisticsContract {
    @Override
    protected Records records() {
      return jdbc;
    }

    @Override
    protected Statistics statistics() {
      return new JdbcStatistics(database.database().dataSource());
    }
  }

  @Nested
  class AsPackedStatistics extends StatisticsContract {
    @Override
    protected Records records() {
      return jdbc;
    }

    @Override
    protected Statistics statistics() {
      new FactPacking(database.database().dataSource()).pack();
      return new JdbcStatistics(database.database().dataSource());
    }
  }

  @Nested
  class AsEvidenceCheckpoints extends EvidenceCheckpointsContract {
    @Override
    protected Records records() {
      return jdbc;
    }

    @Override
    protected EvidenceCheckpoints checkpoints() {
      return new JdbcEvidenceCheckpoints(database.database().dataSource());
    }
  }

  @Nested
  class AsAccessLog extends AccessLogContract {
    @Override
    protected Records records() {
      return jdbc;
    }

    @Override
    protected AccessLog log() {
      return new JdbcAccessLog(database.database().dataSource());
    }
  }

  @Nested
  class AsOutbox extends OutboxContract {
    @Override
    protected Records records() {
      return jdbc;
    }

    @Override
    protected Outbox outbox() {
      return jdbc;
    }
  }

  @Nested
  class AsInbox extends InboxContract {
    @Override
    protected Records records() {
      return jdbc;
    }

    @Override
    protected Inbox inbox() {
      return jdbc;
    }
  }

  @Test
  void countsLettersByEventAndStatus() {
    Letter letter = RecordSamples.letter(RecordSamples.ref());
    jdbc.commit(new Change(List.of(new Change.AddLetter(letter))));
    assertThat(jdbc.letterCounts())
        .isEqualTo(Map.of(new JdbcRecords.LetterKind(letter.event(), LetterStatus.RECORDED), 1L));
  }

  @Test
  void keepsTheTextsOfAReceiverOutOfTheDatabase() throws Exception {
    Letter letter = RecordSamples.letter(RecordSamples.ref());
    jdbc.commit(new Change(List.of(new Change.AddLetter(letter))));
    Letter refused =
        letter.with(LetterStatus.REFUSED_BY_RECEIVER, RecordSamples.refusedBy(RecordSamples.ref()));
    jdbc.commit(new Change(List.of(new Change.UpdateLetter(refused))));
    try (Connection connection = database.database().dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select l::text, position('ukendt enhed'::bytea in ack_issue_texts_sealed)"
                    + " from letter l")) {
      assertThat(row.next()).isTrue();
      assertThat(row.getString(1)).contains("MSG_NO_EXIST").doesNotContain("ukendt enhed");
      assertThat(row.getInt(2)).isZero();
    }
  }

  @Test
  void recordsNothingWhereTheEvidenceCannotBeWritten() {
    database.execute(
        """
        create function refuse() returns trigger language plpgsql as
          $$ begin raise exception 'no evidence today'; end $$;
        create trigger refuse before insert on evidence execute function refuse()\
        """);
    try {
      Letter letter = RecordSamples.letter(RecordSamples.ref());
      Change change =
          new Change(
              List.of(
                  new Change.AddLetter(letter),
                  new Change.AddEvidence(
                      Evidence.of(letter, RecordSamples.NOW, TimelineCode.RECORDED, ""))));
      assertThatThrownBy(() -> jdbc.commit(change)).isInstanceOf(RecordsUnavailable.class);
      assertThat(jdbc.letter(letter.ref())).isEmpty();
    } finally {
      database.execute("drop trigger refuse on evidence; drop function refuse()");
    }
  }

  @Test
  void saysThatTheRecordsAreUnavailableWhereTheDatabaseCannotBeReached() {
    TestDatabase closed = TestDatabase.create();
    JdbcRecords records = closed.records();
    closed.close();
    Change change =
        new Change(List.of(new Change.AddLetter(RecordSamples.letter(RecordSamples.ref()))));
    assertThatThrownBy(() -> records.commit(change)).isInstanceOf(RecordsUnavailable.class);
    assertThatThrownBy(() -> records.letter(RecordSamples.ref()))
        .isInstanceOf(RecordsUnavailable.class);
  }
}
