package dk.attestbro.jms;

import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.remoting.impl.invm.InVMAcceptorFactory;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;

/**
 * An Artemis broker in this process. The gateway's own is reachable from this process only; what it
 * holds is protected already, and what it loses is due again by the outbox row's lease: its journal
 * is written, but not forced to disk. That of the partners' broker is.
 */
public final class EmbeddedBroker implements AutoCloseable {
  /**
   * The journal's default of 3.33 ms sets the pace of small transactions; measured 6.6 times
   * faster.
   */
  private static final int JOURNAL_BUFFER_TIMEOUT_NANOS = 200_000;

  private static final long ADDRESS_MEMORY = 20L * 1024 * 1024;
  private static final long REDELIVERY_DELAY = 1000;
  private static final long LONGEST_REDELIVERY_DELAY = 60_000;

  /** The queues by which letters leave: {@code deliver.<party>}. */
  private static final String DELIVERIES = "deliver.#";

  private static final SimpleString DEAD_LETTERS = SimpleString.of("broker.dead-letters");
  private static final SimpleString EXPIRED = SimpleString.of("broker.expired");

  /** What one broker has besides what all have. */
  interface Setup {
    void apply(Configuration configuration, EmbeddedActiveMQ server);
  }

  /** The numbers of the brokers that run in this process. */
  private static final BitSet RUNNING = new BitSet();

  private final EmbeddedActiveMQ server;
  private final int number;

  private EmbeddedBroker(EmbeddedActiveMQ server, int number) {
    this.server = server;
    this.number = number;
  }

  /**
   * Starts the gateway's own on a folder, which it makes where it is missing.
   *
   * @throws IllegalStateException where it does not come up
   */
  public static EmbeddedBroker start(Path folder) {
    return start(folder, (configuration, server) -> ofTheGateway(configuration));
  }

  /** Starts one on a folder, as {@link #start(Path)} does. */
  static EmbeddedBroker start(Path folder, Setup setup) {
    EmbeddedActiveMQ server = new EmbeddedActiveMQ();
    int number = taken();
    try {
      Configuration configuration = common(folder, number);
      setup.apply(configuration, server);
      server.setConfiguration(configuration);
      server.start();
    } catch (Exception failed) {
      free(number);
      throw new IllegalStateException("the broker could not be started", failed);
    }
    // start() returns normally where the initialisation failed.
    if (!server.getActiveMQServer().isActive()) {
      free(number);
      throw new IllegalStateException("the broker is not active after its start");
    }
    return new EmbeddedBroker(server, number);
  }

  /** The first number that is free: 0 for the first broker of a process. */
  private static int taken() {
    synchronized (RUNNING) {
      int free = RUNNING.nextClearBit(0);
      RUNNING.set(free);
      return free;
    }
  }

  private static void free(int number) {
    synchronized (RUNNING) {
      RUNNING.clear(number);
    }
  }

  /** New connections to it. */
  public BrokerConnections connections() {
    return BrokerConnections.within("vm://" + number);
  }

  ActiveMQServer server() {
    return server.getActiveMQServer();
  }

  private static Configuration common(Path folder, int number) throws Exception {
    Configuration configuration = new ConfigurationImpl();
    configuration.setName("attestbro");
    configuration.setPersistenceEnabled(true);
    configuration.setJMXManagementEnabled(false);
    configuration.setJournalType(JournalType.NIO);
    configuration.setJournalBufferTimeout_NIO(JOURNAL_BUFFER_TIMEOUT_NANOS);
    configuration.setJournalDirectory(folder.resolve("journal").toString());
    configuration.setBindingsDirectory(folder.resolve("bindings").toString());
    configuration.setPagingDirectory(folder.resolve("paging").toString());
    configuration.setLargeMessagesDirectory(folder.resolve("large-messages").toString());
    configuration.setJournalMinFiles(2);
    configuration.setThreadPoolMaxSize(16);
    configuration.setScheduledThreadPoolMaxSize(2);
    configuration.setGracefulShutdownEnabled(false);
    configuration.setMessageCounterEnabled(false);
    configuration.setMaxDiskUsage(-1);
    configuration.setIDCacheSize(20_000);
    configuration.addAcceptorConfiguration(
        new TransportConfiguration(
            InVMAcceptorFactory.class.getName(), Map.of("serverId", number), "within"));
    configuration.addAddressSetting("#", ofPartners());
    // What expires or is given up of the letters that are delivered is due again by its outbox row:
    // nothing is kept of it.
    for (SimpleString address : List.of(DEAD_LETTERS, EXPIRED)) {
      configuration.addQueueConfiguration(
          QueueConfiguration.of(address)
              .setAddress(address)
              .setRoutingType(RoutingType.ANYCAST)
              .setDurable(false)
              .setRingSize(0L));
    }
    return configuration;
  }

  private static void ofTheGateway(Configuration configuration) {
    configuration.setSecurityEnabled(false);
    // Nothing waits for the disk: what a power failure takes is due again by its lease.
    configuration.setJournalSyncTransactional(false);
    configuration.setJournalSyncNonTransactional(false);
    configuration.addAddressSetting(DELIVERIES, settings().setMaxDeliveryAttempts(3));
  }

  /** For a partner's own queue: nothing else holds its messages, so none is ever given up. */
  static AddressSettings ofPartners() {
    return settings()
        .setMaxDeliveryAttempts(-1)
        .setRedeliveryMultiplier(2)
        .setMaxRedeliveryDelay(LONGEST_REDELIVERY_DELAY);
  }

  private static AddressSettings settings() {
    return new AddressSettings()
        .setDeadLetterAddress(DEAD_LETTERS)
        .setExpiryAddress(EXPIRED)
        .setRedeliveryDelay(REDELIVERY_DELAY)
        .setMaxSizeBytes(ADDRESS_MEMORY)
        .setAddressFullMessagePolicy(AddressFullMessagePolicy.PAGE)
        .setDefaultAddressRoutingType(RoutingType.ANYCAST)
        .setDefaultQueueRoutingType(RoutingType.ANYCAST)
        .setAutoDeleteQueues(false)
        .setAutoDeleteAddresses(false);
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception failed) {
      throw new IllegalStateException("the broker could not be stopped", failed);
    } finally {
      free(number);
    }
  }
}
