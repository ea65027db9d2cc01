package dk.attestbro.gateway.api;

import dk.attestbro.gateway.api.Views.DeadlineView;
import dk.attestbro.gateway.api.Views.QueueView;
import dk.attestbro.gateway.api.Views.TransmissionView;
import dk.attestbro.gateway.operations.CertificateEnd;
import dk.attestbro.gateway.operations.LetterWay;
import dk.attestbro.gateway.operations.Need;
import dk.attestbro.gateway.operations.Overview;
import dk.attestbro.gateway.operations.QueueLine;
import dk.attestbro.gateway.operations.Surroundings;
import dk.attestbro.model.AcknowledgementIssue;
import dk.attestbro.model.AcknowledgementState;
import dk.attestbro.model.BundleId;
import dk.attestbro.model.CaseId;
import dk.attestbro.model.CertificateCase;
import dk.attestbro.model.LetterOutlook;
import dk.attestbro.model.LetterRef;
import dk.attestbro.model.OutboxRow;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.Text;
import dk.attestbro.model.WhoActs;
import dk.attestbro.port.ChannelProbe.Hop;
import dk.attestbro.port.LetterLine;
import dk.attestbro.port.OperationsRecords.LetterStates;
import dk.attestbro.port.QueueFigures;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the operations calls show, field by field as JSON: never content. Absent is null. */
final class OperationsViews {
  private OperationsViews() {}

  record LineView(
      String letterId,
      String event,
      String sender,
      Optional<String> receiver,
      Optional<String> caseId,
      Instant receivedAt,
      String status,
      List<String> reasons,
      Optional<String> waitsFor,
      Optional<Instant> dueAt,
      Optional<String> lastError) {
    static LineView of(LetterLine line) {
      return new LineView(
          line.ref().id().value(),
          line.event(),
          line.ref().sender().value(),
          line.receiver().map(PartyId::value),
          line.caseId().map(CaseId::toString),
          line.receivedAt(),
          line.status().name(),
          line.reasons(),
          line.waiting().map(waiting -> waiting.phase().name()),
          line.waiting().map(LetterLine.Waiting::dueAt),
          line.waiting().flatMap(LetterLine.Waiting::lastReason));
    }
  }

  record WayView(
      String letterId,
      List<String> bundleIds,
      String event,
      String sender,
      Optional<String> receiver,
      Optional<String> caseId,
      String status,
      Instant receivedAt,
      boolean receiptGiven,
      List<FaultView> faults,
      NextView next,
      Optional<WaitingView> waiting,
      List<TransmissionView> transmissions,
      Optional<CodesView> acknowledgement,
      Optional<DeadlineView> deadline,
      List<EntryView> timeline) {
    static WayView of(LetterWay way, Instant now) {
      return new WayView(
          way.letter().ref().id().value(),
          way.bundles().stream().map(BundleId::value).toList(),
          way.letter().event(),
          way.letter().ref().sender().value(),
          way.letter().receiver().map(PartyId::value),
          way.letter().caseId().map(CaseId::toString),
          way.letter().status().name(),
          way.letter().receivedAt(),
          way.letter().receipt().isPresent(),
          way.faults().stream().map(FaultView::of).toList(),
          NextView.of(way.outlook()),
          way.row().map(WaitingView::of),
          way.transmissions().stream().map(TransmissionView::of).toList(),
          way.letter().acknowledgement().map(CodesView::of),
          way.known().map(known -> DeadlineView.of(known.deadline().at(now))),
          way.timeline().stream().map(EntryView::of).toList());
    }
  }

  record FaultView(String code, String detail, Text text, WhoActs whoActs, Text whoActsText) {
    static FaultView of(LetterWay.Fault fault) {
      return new FaultView(
          fault.code(), fault.detail(), fault.text(), fault.whoActs(), fault.whoActs().text());
    }
  }

  record NextView(String step, Text text, Optional<Instant> at, WhoActs whoActs, Text whoActsText) {
    static NextView of(LetterOutlook outlook) {
      return new NextView(
          outlook.step().name(),
          outlook.step().text(),
          outlook.at(),
          outlook.whoActs(),
          outlook.whoActs().text());
    }
  }

  record WaitingView(
      String phase,
      String receiver,
      int attempts,
      int resends,
      boolean perhapsDelivered,
      boolean viaFallback,
      Instant dueAt,
      Instant expiresAt,
      Optional<String> lastError) {
    static WaitingView of(OutboxRow row) {
      return new WaitingView(
          row.phase().name(),
          row.receiver().value(),
          row.attempts(),
          row.resends(),
          row.perhapsDelivered(),
          row.viaFallback(),
          row.dueAt(),
          row.expiresAt(),
          row.lastReason());
    }
  }

  /** An acknowledgement without its texts, which are the receiver's words. */
  record CodesView(String code, Instant at, List<String> issues) {
    static CodesView of(AcknowledgementState state) {
      return new CodesView(
          state.code().code(),
          state.at(),
          state.issues().stream().map(AcknowledgementIssue::code).toList());
    }
  }

  record EntryView(
      Instant at,
      String code,
      Text text,
      Optional<String> letterId,
      Optional<String> sender,
      Optional<String> event,
      Optional<String> by) {
    static EntryView of(LetterWay.Entry entry) {
      return new EntryView(
          entry.at(),
          entry.code(),
          entry.text(),
          entry.letter().map(ref -> ref.id().value()),
          entry.letter().map(LetterRef::sender).map(PartyId::value),
          entry.event(),
          entry.by().map(PartyId::value));
    }
  }

  record CaseLine(
      String caseId,
      String form,
      String requester,
      String responder,
      String state,
      String turn,
      DeadlineView deadline,
      Instant openedAt,
      Instant updatedAt) {
    static CaseLine of(CertificateCase known, Instant now) {
      return new CaseLine(
          known.id().toString(),
          known.form(),
          known.requester().value(),
          known.responder().value(),
          known.state().name(),
          known.turn().name(),
          DeadlineView.of(known.deadline().at(now)),
          known.openedAt(),
          known.updatedAt());
    }
  }

  record CaseWay(CaseLine standing, List<LineView> letters, List<EntryView> timeline) {}

  record OverviewView(
      Instant at,
      LetterStates letters,
      int stuck,
      Overview.Usual received,
      Overview.Usual latePercent,
      List<Surroundings.Part> parts,
      long diskFreePercent,
      long databaseBytes,
      long toBeSorted,
      List<QueueView> queues,
      List<CertificateView> ending,
      List<NeedView> needs) {
    static OverviewView of(Overview overview) {
      return new OverviewView(
          overview.at(),
          overview.letters(),
          overview.surroundings().stuck(),
          overview.received(),
          overview.latePercent(),
          overview.surroundings().parts(),
          overview.surroundings().diskFreePercent(),
          overview.databaseBytes(),
          overview.toBeSorted(),
          overview.queues().stream().map(line -> queue(line, overview.at())).toList(),
          overview.ending().stream().map(e -> CertificateView.of(e, overview.at())).toList(),
          overview.needs().stream().map(NeedView::of).toList());
    }
  }

  record NeedView(String kind, boolean urgent, String subject, long count, Text text) {
    static NeedView of(Need need) {
      return new NeedView(
          need.kind().name(),
          need.kind().isUrgent(),
          need.subject(),
          need.count(),
          need.kind().text());
    }
  }

  record CertificateView(
      String owner,
      String use,
      String name,
      String fingerprint,
      Instant ends,
      long daysLeft,
      Text stops) {
    static CertificateView of(CertificateEnd end, Instant now) {
      return new CertificateView(
          end.owner(),
          end.use().name(),
          end.name(),
          end.fingerprint(),
          end.ends(),
          end.daysLeft(now),
          end.use().stops());
    }
  }

  /** What a test of the way to a party found. */
  record ProbeView(String party, boolean reached, List<HopView> hops) {
    static ProbeView of(PartyId party, List<Hop> hops) {
      return new ProbeView(
          party.value(),
          hops.stream().allMatch(Hop::isGood),
          hops.stream().map(HopView::of).toList());
    }
  }

  record HopView(String part, Text text, long milliseconds, String result) {
    static HopView of(Hop hop) {
      return new HopView(hop.part().name(), hop.part().text(), hop.took().toMillis(), hop.result());
    }
  }

  /** What became of each letter of an act on several; a code where it was not possible. */
  record BulkDone(String act, int done, List<BulkLine> letters) {}

  record BulkLine(String letterId, String sender, Optional<String> refused) {}

  static QueueView queue(QueueLine line, Instant now) {
    QueueFigures figures = line.figures();
    return new QueueView(
        figures.party().value(),
        line.state().name(),
        figures.depth(),
        figures.oldest().map(oldest -> Math.max(0, Duration.between(oldest, now).toSeconds())),
        figures.inFlight(),
        figures.waitingForRetry(),
        figures.awaitingAcknowledgement(),
        figures.paused(),
        line.lastError(),
        line.lately().delivered(),
        line.lately().failed(),
        line.circuit().state().name(),
        line.circuit().probeAt().filter(at -> !line.circuit().probing()));
  }
}
