package dk.attestbro.gateway.wiring;

import dk.attestbro.gateway.journey.ChannelDelivery;
import dk.attestbro.jdbc.JdbcRecords;
import dk.attestbro.model.DeliveryOutcome;
import dk.attestbro.port.Change;
import dk.attestbro.port.Delivery;
import dk.attestbro.port.FileCollection;
import dk.attestbro.port.MessageDelivery;
import dk.attestbro.port.SortingDesk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.apache.camel.spi.InterceptStrategy;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/**
 * Where a gateway dies on its channels. In: {@code mail-in-fetched}, {@code mail-in-recorded},
 * {@code mail-in-answered} (before the move), {@code jms-in-fetched}, {@code jms-in-recorded}
 * (before the transaction's end), {@code file-in-claimed}, {@code file-in-recorded}, {@code
 * file-in-taken} (before the rename). Out, for mail, jms and file: {@code -out-claimed}, {@code
 * -out-sent} (before the confirmation), {@code -out-confirmed}; {@code file-out-written} is as soon
 * as a hidden file is seen, whole or not, before its rename.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("attestbro.crash.at")
class ChannelCrashPoints {
  private static final String WRITTEN = "file-out-written";
  private static final String JMS_THREAD = "JmsConsumer";

  /** By which channel what this thread works on came in, and went out. */
  private static final ThreadLocal<String> IN = new ThreadLocal<>();

  private static final ThreadLocal<String> OUT = new ThreadLocal<>();

  /** Whether what this thread works on is recorded. */
  private static final ThreadLocal<Boolean> RECORDED = ThreadLocal.withInitial(() -> false);

  static void beforeCommit() {
    if (in().equals("jms")) {
      CrashPoint.pass("jms-in-fetched");
    }
  }

  static void afterCommit(Change change, boolean received) {
    if (received) {
      CrashPoint.pass(in() + "-in-recorded");
      RECORDED.set(true);
    }
    boolean confirms = change.writes().stream().anyMatch(Change.AddTransmission.class::isInstance);
    String out = OUT.get();
    if (confirms && out != null) {
      OUT.remove();
      CrashPoint.pass(out + "-out-confirmed");
    }
  }

  private static String in() {
    String channel = IN.get();
    if (channel != null) {
      return channel;
    }
    return Thread.currentThread().getName().contains(JMS_THREAD) ? "jms" : "http";
  }

  /** Asked of every mail, once its bytes are fetched and before anything is done with it. */
  @Bean
  @Primary
  SortingDesk crashingDesk(JdbcRecords records) {
    return (SortingDesk)
        Proxy.newProxyInstance(
            SortingDesk.class.getClassLoader(),
            new Class<?>[] {SortingDesk.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("knowsMail")) {
                IN.set("mail");
                CrashPoint.pass("mail-in-fetched");
              }
              return CrashPoints.call(records, method, arguments);
            });
  }

  /**
   * Behind the step that recorded it; what follows is the mail's move, or the transaction's end.
   */
  @Bean
  InterceptStrategy crashingRoutes() {
    return (camel, definition, step, next) ->
        exchange -> {
          step.process(exchange);
          if (RECORDED.get()) {
            takenBy(String.valueOf(exchange.getFromRouteId()));
          }
        };
  }

  private static void takenBy(String route) {
    for (String channel : List.of("mail", "jms")) {
      if (route.startsWith("receive-" + channel)) {
        RECORDED.set(false);
        CrashPoint.pass(channel + "-in-taken");
      }
    }
  }

  @Bean
  static BeanPostProcessor crashingChannels() {
    return new BeanPostProcessor() {
      @Override
      public Object postProcessAfterInitialization(Object bean, String name) {
        if (bean instanceof ChannelDelivery out) {
          String channel = out.channel().name().toLowerCase(Locale.ROOT);
          return new ChannelDelivery(out.channel(), dying(channel, out.delivery()));
        }
        if (bean instanceof MailOut out) {
          return new MailOut(
              out.mails(),
              out.delivery().map(delivery -> dying("mail", delivery)),
              out.submission(),
              out.probe());
        }
        return bean instanceof FileCollection files ? dying(files) : bean;
      }
    };
  }

  private static MessageDelivery dying(String channel, MessageDelivery delivery) {
    return one -> {
      CrashPoint.pass(channel + "-out-claimed");
      if (channel.equals("file") && CrashPoint.isAt(WRITTEN)) {
        watch(one);
      }
      DeliveryOutcome outcome = delivery.deliver(one);
      CrashPoint.pass(channel + "-out-sent");
      OUT.set(channel);
      return outcome;
    };
  }

  private static FileCollection dying(FileCollection files) {
    return (folder, take, refuse, troubles) ->
        files.once(
            folder,
            payload -> {
              IN.set("file");
              CrashPoint.pass("file-in-claimed");
              var answer = take.apply(payload);
              CrashPoint.pass("file-in-taken");
              return answer;
            },
            refuse,
            troubles);
  }

  /** Dies as soon as a hidden file lies where this letter goes. */
  private static void watch(Delivery delivery) {
    Path folder = Path.of(delivery.endpoint().address().orElseThrow());
    Thread watcher =
        new Thread(
            () -> {
              while (true) {
                try (DirectoryStream<Path> hidden = Files.newDirectoryStream(folder, ".*")) {
                  if (hidden.iterator().hasNext()) {
                    CrashPoint.pass(WRITTEN);
                  }
                } catch (IOException unreadable) {
                  throw new UncheckedIOException(unreadable);
                }
              }
            },
            "crash-watch");
    watcher.setDaemon(true);
    watcher.start();
  }
}
