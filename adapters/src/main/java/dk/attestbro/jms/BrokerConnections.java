package dk.attestbro.jms;

import dk.attestbro.port.ServerTrust;
import jakarta.jms.ConnectionFactory;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.messaginghub.pooled.jms.JmsPoolConnectionFactory;

/** Connections to the broker: pooled for sending, plain for the listeners that keep their own. */
public final class BrokerConnections implements AutoCloseable {
  private static final int LARGE_MESSAGE = 256 * 1024;
  private static final int POOL = 4;
  private static final long PARTNER_CALL_TIMEOUT_MILLIS = 15_000;

  private final ActiveMQConnectionFactory factory;
  private final JmsPoolConnectionFactory pool;

  private BrokerConnections(ActiveMQConnectionFactory factory) {
    this.factory = factory;
    factory.setMinLargeMessageSize(LARGE_MESSAGE);
    factory.setBlockOnDurableSend(true);
    // A listener takes one message at a time: what it cannot start is for another.
    factory.setConsumerWindowSize(0);
    this.pool = new JmsPoolConnectionFactory();
    pool.setConnectionFactory(factory);
    pool.setMaxConnections(POOL);
  }

  /** To the broker in this process. */
  static BrokerConnections within(String url) {
    return new BrokerConnections(new ActiveMQConnectionFactory(url));
  }

  /**
   * To a broker that the site runs.
   *
   * @param servers judges what the broker shows, where it is spoken to by TLS
   */
  public static BrokerConnections external(
      String url, String user, String password, ServerTrust servers) {
    ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(url, user, password);
    BrokerTls.judge(factory, servers);
    factory.setReconnectAttempts(-1);
    return new BrokerConnections(factory);
  }

  /**
   * To a partner's broker. It does not wait for one that is down: a letter is due again by its own
   * clock, and a listener tries again by itself.
   *
   * @param servers judges what the broker shows, where it is spoken to by TLS
   */
  public static BrokerConnections partner(
      String url, String user, String password, ServerTrust servers) {
    ActiveMQConnectionFactory factory =
        user.isEmpty()
            ? new ActiveMQConnectionFactory(url)
            : new ActiveMQConnectionFactory(url, user, password);
    BrokerTls.judge(factory, servers);
    factory.setReconnectAttempts(0);
    factory.setInitialConnectAttempts(1);
    factory.setCallTimeout(PARTNER_CALL_TIMEOUT_MILLIS);
    return new BrokerConnections(factory);
  }

  /** For listeners, which cache what they open. */
  public ConnectionFactory consumers() {
    return factory;
  }

  /** For sending. */
  public ConnectionFactory producers() {
    return pool;
  }

  @Override
  public void close() {
    pool.stop();
    factory.close();
  }
}
