package dk.attestbro.gateway.wiring;

import dk.attestbro.crypto.GatewayKeys;
import dk.attestbro.file.CollectFolder;
import dk.attestbro.file.CollectSettings;
import dk.attestbro.file.FileDelivery;
import dk.attestbro.file.Folders;
import dk.attestbro.file.SftpSettings;
import dk.attestbro.gateway.api.AnswerJson;
import dk.attestbro.gateway.journey.Alarms;
import dk.attestbro.gateway.journey.ChannelDelivery;
import dk.attestbro.gateway.journey.ChannelTroubles;
import dk.attestbro.gateway.journey.CollectFiles;
import dk.attestbro.gateway.journey.ReceiveRoute;
import dk.attestbro.gateway.journey.TakeFromChannel;
import dk.attestbro.gateway.journey.TellOverQueue;
import dk.attestbro.gateway.routes.JmsEdge;
import dk.attestbro.gateway.routes.QueueEdge;
import dk.attestbro.gateway.routes.SourceRoutes;
import dk.attestbro.gateway.routes.Steps;
import dk.attestbro.jms.BrokerConnections;
import dk.attestbro.jms.JmsDelivery;
import dk.attestbro.model.Endpoint.Channel;
import dk.attestbro.model.MessageWriter;
import dk.attestbro.port.CallerIdentification;
import dk.attestbro.port.DirectorySource;
import dk.attestbro.port.FileCollection;
import dk.attestbro.port.MessageProtection;
import dk.attestbro.port.ServerTrust;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Queues and folders, both ways. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({JmsSettings.class, FilesSettings.class, SftpClientSettings.class})
class ChannelsConfiguration {
  @Bean(destroyMethod = "close")
  OwnQueues ownQueues(
      BrokerConnections connections,
      GatewaySettings settings,
      GatewayKeys keys,
      PartnerTrust trust,
      CallerIdentification callers,
      DirectorySource directory,
      MeterRegistry meters) {
    Counter refusals = meters.counter("attestbro.partner.queue.refusals");
    return settings.broker().partners().isOpen()
        ? OwnQueues.open(settings, keys, trust, callers, directory, refusals)
        : OwnQueues.on(connections);
  }

  @Bean(destroyMethod = "close")
  PartnerBrokers partnerBrokers(OwnQueues own, JmsSettings settings, ServerTrust servers) {
    return new PartnerBrokers(own, settings, servers);
  }

  @Bean
  ChannelDelivery jmsDelivery(PartnerBrokers brokers) {
    return new ChannelDelivery(Channel.JMS, new JmsDelivery(brokers::producers));
  }

  @Bean(destroyMethod = "close")
  Folders folders(SftpClientSettings sftp) {
    return new Folders(
        new SftpSettings(
            path(sftp.privateKey()),
            path(sftp.knownHosts()),
            sftp.connectTimeout(),
            sftp.responseTimeout()));
  }

  private static Optional<Path> path(String file) {
    return file.isBlank() ? Optional.empty() : Optional.of(Path.of(file));
  }

  @Bean
  ChannelDelivery fileDelivery(Folders folders, Clock clock) {
    return new ChannelDelivery(Channel.FILE, new FileDelivery(folders, clock));
  }

  @Bean
  FileCollection fileCollection(
      Folders folders, FilesSettings files, GatewaySettings settings, Clock clock) {
    return new CollectFolder(
        folders,
        new CollectSettings(
            files.stable(),
            files.claim(),
            settings.maxMessageBytes(),
            files.keep(),
            files.perTurn()),
        clock);
  }

  @Bean
  TakeFromChannel takeFromChannel(ReceiveRoute receive, MessageWriter writer, Clock clock) {
    return new TakeFromChannel(receive, new AnswerJson(), writer, clock);
  }

  @Bean
  ChannelTroubles channelTroubles(Alarms alarms) {
    return new ChannelTroubles(alarms);
  }

  @Bean
  CollectFiles collectFiles(
      DirectorySource directory,
      FileCollection files,
      TakeFromChannel take,
      ChannelTroubles troubles) {
    return new CollectFiles(directory, files, take, troubles);
  }

  @Bean
  QueueEdge queueEdge(
      TakeFromChannel take,
      DirectorySource directory,
      MessageProtection protection,
      Alarms alarms,
      GatewaySettings settings,
      Clock clock) {
    return new QueueEdge(
        take, new TellOverQueue(directory, protection, clock), alarms, settings.maxMessageBytes());
  }

  @Bean
  SourceRoutes sourceRoutes(
      CamelContext camel,
      DirectorySource directory,
      JmsEdge jms,
      QueueEdge queues,
      CollectFiles files,
      ChannelTroubles troubles,
      Steps steps) {
    return new SourceRoutes(camel, directory, jms, queues, files, troubles, steps);
  }

  /** The brokers of partners' queues as components, then the ways in. */
  @Bean
  CamelContextConfiguration waysIn(PartnerBrokers brokers, ObjectProvider<SourceRoutes> routes) {
    return new CamelContextConfiguration() {
      @Override
      public void beforeApplicationStart(CamelContext camel) {
        camel.addComponent(SourceRoutes.OWN_BROKER, CamelConfiguration.component(brokers.own()));
        brokers
            .partners()
            .forEach(
                (name, connections) ->
                    camel.addComponent("jms-" + name, CamelConfiguration.component(connections)));
      }

      @Override
      public void afterApplicationStart(CamelContext camel) {
        routes.getObject().follow();
      }
    };
  }
}
