package dk.attestbro.jms;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.SslHandler;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptor;
import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;
import org.apache.activemq.artemis.core.remoting.impl.ssl.SSLSupport;
import org.apache.activemq.artemis.core.server.cluster.ClusterConnection;
import org.apache.activemq.artemis.core.server.metrics.MetricsManager;
import org.apache.activemq.artemis.spi.core.protocol.ProtocolManager;
import org.apache.activemq.artemis.spi.core.remoting.AcceptorFactory;
import org.apache.activemq.artemis.spi.core.remoting.BufferHandler;
import org.apache.activemq.artemis.spi.core.remoting.ServerConnectionLifeCycleListener;
import org.jspecify.annotations.Nullable;

/**
 * Where partners connect: TLS as the gateway gives it anew for each connection, the core protocol
 * alone, frames of a safe size.
 */
final class DoorAcceptor extends NettyAcceptor {
  private static final String TLS = "attestbroTls";
  private static final String REFUSALS = "attestbroRefusals";
  private static final int MOST_CONNECTIONS = 256;
  private static final int THREADS = 4;

  private final Supplier<SSLEngine> tls;
  private final DoorRefusals refusals;
  private final Executor handshakes;

  private DoorAcceptor(
      String name,
      @Nullable ClusterConnection cluster,
      Map<String, Object> parameters,
      BufferHandler handler,
      ServerConnectionLifeCycleListener listener,
      Executor threads,
      ScheduledExecutorService scheduled,
      Map<String, ProtocolManager> protocols,
      String threadGroup,
      @Nullable MetricsManager metrics,
      Supplier<SSLEngine> tls,
      DoorRefusals refusals) {
    super(
        name,
        cluster,
        parameters,
        handler,
        listener,
        scheduled,
        threads,
        protocols,
        threadGroup,
        metrics);
    this.tls = tls;
    this.refusals = refusals;
    this.handshakes = threads;
  }

  /** An acceptor that does not listen until it is started. */
  static TransportConfiguration at(
      String name, String host, int port, Supplier<SSLEngine> tls, DoorRefusals refusals) {
    return new TransportConfiguration(
        Factory.class.getName(),
        Map.of(
            TransportConstants.HOST_PROP_NAME,
            host,
            TransportConstants.PORT_PROP_NAME,
            port,
            TransportConstants.PROTOCOLS_PROP_NAME,
            "CORE",
            TransportConstants.SSL_ENABLED_PROP_NAME,
            true,
            // Where its own TLS would take a key from; it is never asked for.
            TransportConstants.KEYSTORE_PATH_PROP_NAME,
            SSLSupport.NONE,
            TransportConstants.CONNECTIONS_ALLOWED,
            MOST_CONNECTIONS,
            TransportConstants.REMOTING_THREADS_PROPNAME,
            THREADS,
            TransportConstants.AUTO_START,
            false,
            TLS,
            tls,
            REFUSALS,
            refusals),
        name);
  }

  @Override
  public SslHandler getSslHandler(ByteBufAllocator allocator, @Nullable String host, int port) {
    // What judges a certificate may ask a responder, and must not hold up other connections.
    return new SslHandler(tls.get(), handshakes) {
      @Override
      public void handlerAdded(ChannelHandlerContext context) throws Exception {
        super.handlerAdded(context);
        // SECURITY: it would hold a greeting of 16 MB for a name that nobody asks for.
        if (context.pipeline().get("sni") != null) {
          context.pipeline().remove("sni");
        }
        context.pipeline().addAfter(context.name(), "frames", new FrameGuard(refusals));
      }
    };
  }

  /** Found by its name, as Artemis wants it. */
  public static final class Factory implements AcceptorFactory {
    @Override
    @SuppressWarnings("unchecked")
    public DoorAcceptor createAcceptor(
        String name,
        @Nullable ClusterConnection cluster,
        Map<String, Object> parameters,
        BufferHandler handler,
        ServerConnectionLifeCycleListener listener,
        Executor threads,
        ScheduledExecutorService scheduled,
        @SuppressWarnings("rawtypes") Map<String, ProtocolManager> protocols,
        String threadGroup,
        @Nullable MetricsManager metrics) {
      return new DoorAcceptor(
          name,
          cluster,
          parameters,
          handler,
          listener,
          threads,
          scheduled,
          protocols,
          threadGroup,
          metrics,
          (Supplier<SSLEngine>) parameters.get(TLS),
          (DoorRefusals) parameters.get(REFUSALS));
    }
  }
}
