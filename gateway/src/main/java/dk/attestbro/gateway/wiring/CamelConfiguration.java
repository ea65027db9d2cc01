package dk.attestbro.gateway.wiring;

import dk.attestbro.gateway.journey.AnchorEvidence;
import dk.attestbro.gateway.journey.Authenticate;
import dk.attestbro.gateway.journey.DeleteContent;
import dk.attestbro.gateway.journey.DeliverLetter;
import dk.attestbro.gateway.journey.FollowUpCase;
import dk.attestbro.gateway.journey.FollowUpLetter;
import dk.attestbro.gateway.journey.LargeContents;
import dk.attestbro.gateway.journey.ReceiveRoute;
import dk.attestbro.gateway.journey.Recognise;
import dk.attestbro.gateway.journey.Record;
import dk.attestbro.gateway.journey.Refuse;
import dk.attestbro.gateway.journey.RelayOutbox;
import dk.attestbro.gateway.journey.ScanAttachments;
import dk.attestbro.gateway.journey.TurnStorageKeys;
import dk.attestbro.gateway.journey.Validate;
import dk.attestbro.gateway.routes.DeliverRouteBuilder;
import dk.attestbro.gateway.routes.DeliverRoutes;
import dk.attestbro.gateway.routes.DirectReceive;
import dk.attestbro.gateway.routes.ErrorHandling;
import dk.attestbro.gateway.routes.JmsEdge;
import dk.attestbro.gateway.routes.ReceiveRouteBuilder;
import dk.attestbro.gateway.routes.RelayRouteBuilder;
import dk.attestbro.gateway.routes.RetentionRouteBuilder;
import dk.attestbro.gateway.routes.Steps;
import dk.attestbro.jms.BrokerConnections;
import dk.attestbro.port.DirectorySource;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.component.jms.JmsComponent;
import org.apache.camel.component.jms.JmsConfiguration;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.scheduling.annotation.EnableScheduling;

/** The Camel routes and what they stand on. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class CamelConfiguration {
  @Bean
  Steps steps(MeterRegistry meters) {
    return new Steps(meters);
  }

  @Bean
  JmsComponent jms(BrokerConnections connections) {
    return component(connections);
  }

  /** Listeners whose work and acknowledgement are one transaction. */
  static JmsComponent component(BrokerConnections connections) {
    JmsConfiguration listeners = new JmsConfiguration(connections.consumers());
    // The session's own transaction; a transaction manager would open a second session for each
    // message, and commit nothing in it.
    listeners.setTransacted(true);
    listeners.setLazyCreateTransactionManager(false);
    listeners.setCacheLevelName("CACHE_CONSUMER");
    listeners.setErrorHandlerLogStackTrace(false);
    return new JmsComponent(listeners);
  }

  @Bean
  ReceiveRoute receiveRoute(@Lazy ProducerTemplate camel) {
    return new DirectReceive(camel);
  }

  @Bean
  RoutesBuilder errorHandling(Refuse refuse) {
    return new ErrorHandling(refuse);
  }

  @Bean
  RoutesBuilder receive(
      Authenticate authenticate,
      Recognise recognise,
      AnchorEvidence evidence,
      Validate validate,
      ScanAttachments scan,
      Record record,
      Steps steps) {
    return new ReceiveRouteBuilder(
        authenticate, recognise, evidence, validate, scan, record, steps);
  }

  @Bean
  RoutesBuilder relay(
      RelayOutbox relay, FollowUpLetter followUp, FollowUpCase followUpCases, Steps steps) {
    return new RelayRouteBuilder(relay, followUp, followUpCases, steps);
  }

  @Bean
  RoutesBuilder retention(DeleteContent delete, TurnStorageKeys keys, Steps steps) {
    return new RetentionRouteBuilder(delete, keys, steps);
  }

  @Bean
  JmsEdge jmsEdge(LargeContents large) {
    return new JmsEdge(large);
  }

  @Bean
  RoutesBuilder deliver(JmsEdge jms, DeliverLetter deliver, Steps steps) {
    return new DeliverRouteBuilder(jms, deliver, steps);
  }

  @Bean
  DeliverRoutes deliverRoutes(CamelContext camel, DirectorySource directory) {
    return new DeliverRoutes(camel, directory);
  }

  /** The parties' own routes come once the template is there. */
  @Bean
  CamelContextConfiguration partyRoutes(ObjectProvider<DeliverRoutes> routes) {
    return new CamelContextConfiguration() {
      @Override
      public void beforeApplicationStart(CamelContext camel) {
        // The routes come after the start, when the template is known.
      }

      @Override
      public void afterApplicationStart(CamelContext camel) {
        routes.getObject().follow();
      }
    };
  }
}
