package dk.attestbro.gateway.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dk.attestbro.fhir.Messages;
import dk.attestbro.fhir.SampleDirectory;
import dk.attestbro.gateway.journey.WatchCertificates.End;
import dk.attestbro.gateway.journey.WatchConditions.Condition;
import dk.attestbro.model.AcknowledgementCode;
import dk.attestbro.model.DeliveryOutcome.FatalFailure;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.Payload;
import dk.attestbro.model.Recipient;
import dk.attestbro.model.TimelineCode;
import dk.attestbro.port.Commit;
import dk.attestbro.port.DueNotice;
import dk.attestbro.port.RecordsUnavailable;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What operations are told of, and how often. */
final class AlertsTest {
  private static final Duration REPEAT = Duration.ofHours(4);
  private static final Recipient WATCH = new Recipient.Mail("vagt@example.dk");
  private static final Recipient SYSTEM =
      new Recipient.Webhook(URI.create("https://alarm.example/in"), "/secret");

  private final TestGateway gateway = new TestGateway();
  private final Notified notified = new Notified();
  private final SendNotices send =
      new SendNotices(gateway.memory.notices(), notified::send, notified, gateway.clock);
  private final Alerts alerts = alerts(List.of(WATCH));
  private final List<Condition> conditions = new ArrayList<>();
  private final WatchConditions watch =
      new WatchConditions(
          List.of(now -> List.copyOf(conditions)),
          REPEAT,
          (code, subject, detail) -> gateway.alarms.add(code + " " + subject),
          gateway.clock);

  @AfterEach
  void close() {
    gateway.close();
  }

  @Test
  void aStormOfOneCodeIsOneNoticeAtOnceAndOneInEachTimeAfter() {
    for (int letter = 0; letter < 50_000; letter++) {
      alerts.gather(TimelineCode.DEAD, "employment-odense/letter-" + letter, "NEVER_DELIVERED");
    }
    told();
    for (int minute = 0; minute < 8 * 60; minute++) {
      alerts.gather(TimelineCode.DEAD, "employment-odense/later-" + minute, "NEVER_DELIVERED");
      told();
      gateway.clock.pass(Duration.ofMinutes(1));
    }

    assertThat(notified.sent).extracting(DueNotice::count).containsExactly(50_000, 241);
    assertThat(notified.sent.get(0).notice().facts())
        .containsEntry("subject", "employment-odense/letter-49999");
  }

  @Test
  void everyoneIsToldOfEveryCode() {
    Alerts both = alerts(List.of(WATCH, SYSTEM));
    both.gather(TimelineCode.DEAD, "a/b", "NEVER_DELIVERED");
    both.gather(TimelineCode.STUCK, "a/c", "PT10M");

    both.write();
    send.due();

    assertThat(notified.sent)
        .extracting(due -> due.notice().code() + " " + due.notice().recipient())
        .containsExactlyInAnyOrder(
            "DEAD " + WATCH, "DEAD " + SYSTEM, "STUCK " + WATCH, "STUCK " + SYSTEM);
  }

  @Test
  void nobodyIsToldWhereNobodyIsNamed() {
    Alerts nobody = alerts(List.of());
    nobody.gather(TimelineCode.DEAD, "a/b", "NEVER_DELIVERED");

    nobody.write();

    assertThat(send.due()).isZero();
  }

  @Test
  void thatTheRecordsCannotBeReachedIsToldPastThemOnceInAWhileAndTheRestLater() {
    alerts.gather(TimelineCode.BROKER_UNREACHABLE, "broker", "JMSException");
    for (int turn = 0; turn < 10; turn++) {
      gateway.records.nextThrows(new RecordsUnavailable(new IOException()));
      alerts.write();
      gateway.clock.pass(Duration.ofMinutes(1));
    }
    assertThat(notified.sent)
        .extracting(due -> due.notice().code())
        .containsExactly("DATABASE_UNREACHABLE");

    told();

    assertThat(notified.sent.get(1).notice().code()).isEqualTo("BROKER_UNREACHABLE");
    assertThat(notified.sent.get(1).count()).isEqualTo(1);
  }

  @Test
  void alarmsThatAnotherCommitWasQuickerThanAreWrittenNextTime() {
    alerts.gather(TimelineCode.DEAD, "a/b", "NEVER_DELIVERED");
    gateway.records.nextGives(Commit.STALE);
    told();
    assertThat(notified.sent).isEmpty();

    told();

    assertThat(notified.sent).extracting(DueNotice::count).containsExactly(1);
  }

  @Test
  void anAlertThatCannotBeSentRaisesNone() {
    alerts.gather(TimelineCode.DEAD, "a/b", "NEVER_DELIVERED");
    notified.outcomes.add(new FatalFailure("SMTP_550"));

    told();
    told();

    assertThat(notified.sent).hasSize(1);
    assertThat(notified.log).containsExactly("given up DEAD SMTP_550");
    assertThat(gateway.alarms).isEmpty();
  }

  @Test
  void aConditionIsAnAlarmWhenItComesAndInEachTimeWhileItLasts() {
    conditions.add(new Condition(TimelineCode.BROKER_UNREACHABLE, "broker", "one"));
    watch.look();
    conditions.set(0, new Condition(TimelineCode.BROKER_UNREACHABLE, "broker", "another"));
    watch.look();
    assertThat(gateway.alarms).hasSize(1);

    gateway.clock.pass(REPEAT);
    watch.look();
    assertThat(gateway.alarms).hasSize(2);

    conditions.clear();
    watch.look();
    conditions.add(new Condition(TimelineCode.BROKER_UNREACHABLE, "broker", "one"));
    watch.look();
    assertThat(gateway.alarms).hasSize(3);
  }

  @Test
  void aCertificateIsToldAt30And14And3DaysBeforeItEndsOnceOverNodes() {
    Instant end = gateway.clock.instant().plus(Duration.ofDays(40)).plusSeconds(1);
    List<End> all = List.of(new End("psychiatry-midt", "encryptTo", end));
    WatchCertificates one = new WatchCertificates(() -> all);
    WatchCertificates other = new WatchCertificates(() -> all);
    List<Long> daysBefore = new ArrayList<>();
    for (int day = 0; day <= 45; day++) {
      Instant now = gateway.clock.instant();
      for (WatchCertificates node : List.of(one, other)) {
        node.look(now).forEach(c -> alerts.gather(c.code(), c.subject(), c.detail()));
      }
      int before = notified.sent.size();
      told();
      if (notified.sent.size() > before) {
        daysBefore.add(Duration.between(now, end).toDays());
      }
      gateway.clock.pass(Duration.ofDays(1));
    }

    assertThat(daysBefore).containsExactly(29L, 13L, 2L);
    assertThat(notified.sent).hasSize(3);
  }

  @Test
  void howManyRepliesAreOverdueIsToldOnceADayInFigures() {
    for (int asked = 0; asked < 3; asked++) {
      received();
      gateway.clock.pass(Duration.ofDays(1));
    }
    WatchOverdue overdue = new WatchOverdue(gateway.records);
    List<String> found = new ArrayList<>();
    for (int hour = 0; hour < 24 * 14; hour++) {
      overdue.look(gateway.clock.instant()).stream()
          .map(condition -> condition.subject() + " " + condition.detail())
          .forEach(found::add);
      gateway.clock.pass(Duration.ofHours(1));
    }

    assertThat(found)
        .containsExactly(
            "2026-12-08 overdue=1 longest-days=1",
            "2026-12-09 overdue=2 longest-days=2",
            "2026-12-10 overdue=3 longest-days=3");
  }

  private void received() {
    Messages messages = Messages.at(gateway.clock.instant());
    Payload request = messages.request(MediaType.FHIR_JSON);
    gateway.post(SampleDirectory.ODENSE, request);
    gateway.post(
        SampleDirectory.MIDT,
        messages.acknowledgement(request, AcknowledgementCode.OK, MediaType.FHIR_JSON));
  }

  @Test
  void theDiskIsToldUnder10AndUnder5PerCent() {
    assertThat(disk(101)).isEmpty();
    assertThat(disk(99)).extracting(Condition::subject).containsExactly("data/10");
    assertThat(disk(49)).extracting(Condition::subject).containsExactly("data/5");
  }

  @Test
  void whatCannotBeReachedIsTold() {
    WatchReach up = new WatchReach(TimelineCode.BROKER_UNREACHABLE, "broker", () -> {});
    WatchReach down =
        new WatchReach(
            TimelineCode.BROKER_UNREACHABLE,
            "broker",
            () -> {
              throw new IOException("to post@example.dk");
            });

    assertThat(up.look(gateway.clock.instant())).isEmpty();
    assertThat(down.look(gateway.clock.instant()))
        .extracting(Condition::detail)
        .containsExactly("IOException");
  }

  private void told() {
    alerts.write();
    send.due();
  }

  private Alerts alerts(List<Recipient> to) {
    return new Alerts(to, REPEAT, gateway.records, notified::send, gateway.clock);
  }

  private static List<Condition> disk(long freePerMille) {
    return new WatchDisk(
            new WatchDisk.Disk() {
              @Override
              public long free() {
                return freePerMille;
              }

              @Override
              public long size() {
                return 1000;
              }
            })
        .look(TestGateway.NOW);
  }
}
