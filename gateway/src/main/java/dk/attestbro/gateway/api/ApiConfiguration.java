package dk.attestbro.gateway.api;

import dk.attestbro.gateway.cases.PublishFigures;
import dk.attestbro.gateway.journey.LargeContents;
import dk.attestbro.gateway.journey.LetterPdf;
import dk.attestbro.gateway.operations.ProbeParty;
import dk.attestbro.model.Forms;
import dk.attestbro.model.MessageReader;
import dk.attestbro.model.MessageWriter;
import dk.attestbro.port.AccessLog;
import dk.attestbro.port.CitizenDigests;
import dk.attestbro.port.DirectorySource;
import dk.attestbro.port.Records;
import dk.attestbro.port.Statistics;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.springframework.boot.tomcat.TomcatConnectorCustomizer;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;

/**
 * The whole API. It needs beans of: {@link JourneyCalls}, {@link ApiSettings}, {@link
 * EncryptionCertificate}, {@code Clock}, {@code Forms}, {@code MessageReader}, {@code
 * MessageWriter}, {@code Records}, {@code Outbox}, {@code Inbox}, {@code Statistics}, {@code
 * AccessLog}, {@code CitizenDigests}, {@code WriteEvidence}, {@code ChartDrawing}, {@code
 * PagePrinting}, {@code OperationsRecords}, {@code TakeOverview}, {@code ExplainLetter}, {@code
 * ProbeParty}, {@code DirectorySource}, {@code CallerIdentification} and {@code ReceiptSigning}.
 */
@Configuration(proxyBeanMethods = false)
@Import({
  ApiSecurity.class,
  ErrorAdvice.class,
  ErrorDoor.class,
  FhirDoor.class,
  RequestDoor.class,
  CaseLetterDoor.class,
  DischargeDoor.class,
  OwnSideDoor.class,
  CaseController.class,
  MessageController.class,
  InboxController.class,
  FormController.class,
  OverviewController.class,
  QueuesController.class,
  DeadLettersController.class,
  OperationsLettersController.class,
  OperationsCasesController.class,
  EvidenceController.class,
  AccessLogController.class,
  StaffHeader.class,
  SortingController.class,
  StatisticsController.class,
  PublicController.class
})
public class ApiConfiguration {
  @Bean
  ErrorAnswers errorAnswers() {
    return new ErrorAnswers();
  }

  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> containerProblems(ErrorAnswers errors) {
    return factory ->
        factory.addContextCustomizers(
            context -> context.getParent().getPipeline().addValve(new ContainerProblems(errors)));
  }

  @Bean
  BodyReader bodyReader(ApiSettings settings, LargeContents large) {
    return new BodyReader(settings, LargeContents.comingIn(), large);
  }

  @Bean
  FilterRegistrationBean<LargeContentsFilter> largeContentsFilter(LargeContents large) {
    FilterRegistrationBean<LargeContentsFilter> filter =
        new FilterRegistrationBean<>(new LargeContentsFilter(large));
    filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
    return filter;
  }

  @Bean
  PublishFigures publishFigures(Statistics statistics) {
    return new PublishFigures(statistics);
  }

  @Bean
  PlainDoor plainDoor(BodyReader bodies) {
    return new PlainDoor(bodies);
  }

  @Bean
  PlainLetters plainLetters(
      JourneyCalls journey, Forms forms, DirectorySource directory, AccessNotes access) {
    return new PlainLetters(journey, forms, directory, access);
  }

  @Bean
  NextSteps nextSteps(Records records) {
    return new NextSteps(records);
  }

  @Bean
  CitizenOf citizenOf(
      Records records, JourneyCalls journey, MessageReader reader, CitizenDigests digests) {
    return new CitizenOf(records, journey, reader, digests);
  }

  @Bean
  AccessNotes accessNotes(AccessLog log, CitizenOf citizens, Clock clock, HttpServletRequest call) {
    return new AccessNotes(log, citizens, clock, call);
  }

  @Bean
  OperatorActs operatorActs(
      JourneyCalls journey,
      SortingCalls sorting,
      ProbeParty probe,
      Records records,
      AccessNotes access) {
    return new OperatorActs(journey, sorting, probe, records, access);
  }

  @Bean
  PlainContentView plainContentView(Forms forms, DirectorySource directory) {
    return new PlainContentView(forms, directory);
  }

  @Bean
  InboxBody inboxBody(
      MessageReader reader, MessageWriter writer, PlainContentView contents, LetterPdf pdfs) {
    return new InboxBody(reader, writer, contents, pdfs);
  }

  /**
   * A client that asks first ({@code Expect: 100-continue}) is told to go on only when its body is
   * read, so that one that is too large is never sent.
   */
  @Bean
  TomcatConnectorCustomizer continueOnlyWhenRead() {
    return connector -> {
      if (connector.getProtocolHandler() instanceof AbstractHttp11Protocol<?> http) {
        http.setContinueResponseTiming("onRead");
      }
    };
  }
}
