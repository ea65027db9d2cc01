package dk.attestbro.gateway.routes;

import static org.assertj.core.api.Assertions.assertThat;

import dk.attestbro.fhir.Messages;
import dk.attestbro.fhir.SampleDirectory;
import dk.attestbro.gateway.journey.Answer;
import dk.attestbro.gateway.journey.IncomingMessage;
import dk.attestbro.gateway.journey.LargeContents;
import dk.attestbro.gateway.journey.ScanAttachments;
import dk.attestbro.gateway.journey.TestGateway;
import dk.attestbro.model.LetterRef;
import dk.attestbro.model.LetterStatus;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.Party;
import dk.attestbro.model.Payload;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.port.RecordsUnavailable;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.Route;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.component.stub.StubComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Order, the one branch and the ends of the routes, on records in memory. */
@ExtendWith(OutputCaptureExtension.class)
final class RoutesTest {
  private static final Party ODENSE = SampleDirectory.ODENSE;

  private final TestGateway gateway = new TestGateway();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final DefaultCamelContext camel = new DefaultCamelContext();
  private final Payload request = TestGateway.newCase().request(MediaType.FHIR_JSON);
  private final LetterRef ref =
      new LetterRef(ODENSE.id(), Messages.READER.read(request).letterId());
  private ProducerTemplate producer;

  @BeforeEach
  void start() throws Exception {
    Properties settings = new Properties();
    settings.setProperty("attestbro.relay-period", "3600000");
    settings.setProperty("attestbro.follow-up-period", "3600000");
    settings.setProperty("attestbro.retention-period", "1h");
    settings.setProperty("attestbro.evidence.checkpoint-period", "1m");
    settings.setProperty("attestbro.case-follow-up-period", "3600000");
    settings.setProperty("attestbro.deliveries-per-party", "4");
    camel.getPropertiesComponent().setInitialProperties(settings);
    camel.addComponent("jms", new StubComponent());
    Steps steps = new Steps(meters);
    camel.addRoutesConfigurations(new ErrorHandling(gateway.refuse));
    camel.addRoutes(
        new ReceiveRouteBuilder(
            gateway.authenticate,
            gateway.recognise,
            gateway.anchor,
            gateway.validate,
            new ScanAttachments(Optional.empty(), (code, subject, detail) -> {}),
            gateway.record,
            steps));
    camel.addRoutes(
        new DeliverRouteBuilder(new JmsEdge(LargeContents.ofThisHeap()), gateway.deliver, steps));
    camel.addRoutes(
        new RelayRouteBuilder(gateway.relay, gateway.followUp, gateway.followUpCase, steps));
    camel.addRoutes(
        new RetentionRouteBuilder(gateway.deleteContent, gateway.turnStorageKeys, steps));
    camel.addRoutes(new EvidenceRouteBuilder(gateway.anchor, steps));
    for (String clockwork :
        List.of(
            Endpoints.ANCHOR_EVIDENCE,
            Endpoints.RELAY_OUTBOX,
            Endpoints.FOLLOW_UP,
            Endpoints.FOLLOW_UP_CASES,
            Endpoints.DELETE_CONTENT,
            Endpoints.TURN_STORAGE_KEYS)) {
      AdviceWith.adviceWith(
          camel, clockwork, advice -> advice.replaceFromWith("direct:" + clockwork));
    }
    // What a test leaves in hand is not waited for.
    camel.getShutdownStrategy().setTimeUnit(TimeUnit.MILLISECONDS);
    camel.getShutdownStrategy().setTimeout(100);
    camel.start();
    producer = camel.createProducerTemplate();
  }

  @AfterEach
  void stop() {
    camel.stop();
    gateway.close();
  }

  @Test
  void takesANewLetterThroughEveryStepToItsRecord() {
    Answer answer = take(request);

    assertThat(answer).isInstanceOf(Answer.Accepted.class);
    assertThat(gateway.letter(ref).status()).isEqualTo(LetterStatus.RECORDED);
    assertThat(List.of("authenticate", "recognise", "validate", "record"))
        .allSatisfy(step -> assertThat(turns(step)).isEqualTo(1));
  }

  @Test
  void answersAKnownLetterWithoutValidatingItAgain() {
    take(request);

    Answer answer = take(request);

    assertThat(answer).isInstanceOf(Answer.Repeated.class);
    assertThat(turns("answer-again")).isEqualTo(1);
    assertThat(turns("validate")).isEqualTo(1);
  }

  @Test
  void answersARefusedLetterWithAnAcknowledgement() {
    Answer answer = take(Messages.broken(request, "RSL_11A", "NO_SUCH_BASIS"));

    assertThat(((Answer.Refused) answer).acknowledgement()).isPresent();
    assertThat(gateway.letter(ref).status()).isEqualTo(LetterStatus.REFUSED);
  }

  @Test
  void answersAStrangersMessageWithoutAnAcknowledgement() {
    IncomingMessage stolen = gateway.from(SampleDirectory.AARHUS, request);

    Answer answer = new DirectReceive(producer).take(stolen);

    assertThat(reason(answer)).isEqualTo(RefusalReason.SENDER_NOT_AUTHENTICATED);
    assertThat(((Answer.Refused) answer).acknowledgement()).isEmpty();
  }

  @Test
  void promisesNothingWhereTheRecordsCannotBeReached() {
    gateway.records.nextThrows(new RecordsUnavailable(new IllegalStateException()));

    assertThat(reason(take(request))).isEqualTo(RefusalReason.CANNOT_RECORD);

    assertThat(gateway.records.letter(ref)).isEmpty();
  }

  @Test
  void promisesNothingWhereSomethingElseFails() {
    gateway.records.nextThrows(new IllegalStateException("nobody foresaw this"));

    assertThat(reason(take(request))).isEqualTo(RefusalReason.INTERNAL_ERROR);

    assertThat(gateway.records.letter(ref)).isEmpty();
  }

  @Test
  void promisesNothingWhereNotEvenTheRefusalCanBeRecorded() {
    gateway.records.nextThrows(new RecordsUnavailable(new IllegalStateException()));

    Answer answer = take(Messages.broken(request, "RSL_11A", "NO_SUCH_BASIS"));

    assertThat(reason(answer)).isEqualTo(RefusalReason.CANNOT_RECORD);
  }

  @Test
  void saysNothingOfWhatBreaksWhileARefusalIsWritten(CapturedOutput output) {
    gateway.records.nextThrows(new IllegalStateException("Bruno Elmer 2509479989"));

    Answer answer = take(Messages.broken(request, "RSL_11A", "NO_SUCH_BASIS"));

    assertThat(reason(answer)).isEqualTo(RefusalReason.INTERNAL_ERROR);
    assertThat(output.getAll())
        .contains("INTERNAL_ERROR: nothing was promised: java.lang.IllegalStateException")
        .doesNotContain("Elmer")
        .doesNotContain("2509479989");
  }

  @Test
  void dropsEveryHeaderThatCameIn() {
    Exchange done =
        producer.request(
            Endpoints.DIRECT_RECEIVE,
            exchange -> {
              exchange.getMessage().setBody(gateway.from(ODENSE, request));
              exchange.getMessage().setHeader("CamelBeanMethodName", "exit");
            });

    assertThat(done.getMessage().getHeaders()).isEmpty();
  }

  @Test
  void failsLoudlyOnABodyOfTheWrongType() {
    Object answer = producer.requestBody(Endpoints.DIRECT_RECEIVE, "not a message");

    assertThat(reason((Answer) answer)).isEqualTo(RefusalReason.INTERNAL_ERROR);
    assertThat(turns("authenticate")).isZero();
  }

  @Test
  void relaysWhatIsDueAtItsTurn() {
    take(request);

    producer.sendBody("direct:" + Endpoints.RELAY_OUTBOX, null);

    assertThat(gateway.queue).hasSize(1);
  }

  @Test
  void goesOnWithTheNextTurnWhereOneFailed() {
    take(request);
    gateway.records.nextThrows(new RecordsUnavailable(new IllegalStateException()));
    producer.sendBody("direct:" + Endpoints.RELAY_OUTBOX, null);
    assertThat(gateway.queue).isEmpty();

    producer.sendBody("direct:" + Endpoints.RELAY_OUTBOX, null);

    assertThat(gateway.queue).hasSize(1);
  }

  @Test
  void makesOneDeliverRoutePerPartyThatCanReceiveAndNoneTwice() {
    DeliverRoutes routes = new DeliverRoutes(camel, SampleDirectory::directory);
    routes.follow();

    routes.follow();

    assertThat(camel.getRoutes())
        .extracting(Route::getRouteId)
        .filteredOn(id -> id.startsWith("deliver-"))
        .containsExactlyInAnyOrder(
            "deliver-employment-aarhus",
            "deliver-employment-odense",
            "deliver-psychiatry-midt",
            "deliver-psychiatry-syd");
  }

  @Test
  void followsUpTheCasesAtItsTurn() {
    producer.sendBody("direct:" + Endpoints.FOLLOW_UP_CASES, "");

    assertThat(turns("follow-up-cases")).isEqualTo(1);
  }

  private Answer take(Payload payload) {
    return new DirectReceive(producer).take(gateway.from(ODENSE, payload));
  }

  private long turns(String step) {
    Timer timer = meters.find("attestbro.step").tag("step", step).timer();
    return timer == null ? 0 : timer.count();
  }

  private static RefusalReason reason(Answer answer) {
    return ((Answer.Refused) answer).refusal().reason();
  }
}
