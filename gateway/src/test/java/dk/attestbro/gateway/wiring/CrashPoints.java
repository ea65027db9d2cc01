package dk.attestbro.gateway.wiring;

import dk.attestbro.http.HttpsDelivery;
import dk.attestbro.jdbc.JdbcRecords;
import dk.attestbro.jms.JmsTransmissionQueue;
import dk.attestbro.port.Change;
import dk.attestbro.port.Commit;
import dk.attestbro.port.MessageDelivery;
import dk.attestbro.port.ProtectedMessage;
import dk.attestbro.port.Records;
import dk.attestbro.port.TransmissionQueue;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/**
 * A gateway that dies at a named point of the journey. It lies in test sources only: the shipped
 * gateway has no such seam. Set {@code attestbro.crash.at} to one of the points below, or of {@link
 * ChannelCrashPoints}, and {@code attestbro.crash.after} to how many times the point is passed
 * unharmed.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("attestbro.crash.at")
class CrashPoints {
  @Bean
  @Primary
  Records crashingRecords(JdbcRecords records) {
    return (Records)
        Proxy.newProxyInstance(
            Records.class.getClassLoader(),
            new Class<?>[] {Records.class},
            (proxy, method, arguments) ->
                method.getName().equals("commit")
                    ? commit(records, (Change) arguments[0])
                    : call(records, method, arguments));
  }

  @Bean
  @Primary
  TransmissionQueue crashingQueue(JmsTransmissionQueue queue) {
    return new TransmissionQueue() {
      @Override
      public void send(ProtectedMessage message) {
        send(List.of(message));
      }

      @Override
      public void send(List<ProtectedMessage> messages) {
        CrashPoint.pass("after-hand-over-before-send");
        queue.send(messages);
        CrashPoint.pass("after-send");
      }
    };
  }

  @Bean
  @Primary
  MessageDelivery crashingDelivery(HttpsDelivery https) {
    return delivery -> {
      CrashPoint.pass("after-claim");
      var outcome = https.deliver(delivery);
      CrashPoint.pass("after-delivery-before-outcome");
      return outcome;
    };
  }

  private static Commit commit(Records records, Change change) {
    boolean received = adds(change, letter -> letter.letter().receipt().isPresent());
    boolean acknowledges = adds(change, letter -> letter.letter().acknowledges().isPresent());
    if (received) {
      CrashPoint.pass("before-commit");
      ChannelCrashPoints.beforeCommit();
    }
    Commit commit = records.commit(change);
    ChannelCrashPoints.afterCommit(change, received);
    if (received && !acknowledges) {
      CrashPoint.pass("after-commit-before-answer");
    }
    if (acknowledges) {
      CrashPoint.pass("after-acknowledgement");
    }
    return commit;
  }

  private static boolean adds(Change change, Predicate<Change.AddLetter> which) {
    return change.writes().stream()
        .filter(Change.AddLetter.class::isInstance)
        .map(Change.AddLetter.class::cast)
        .anyMatch(which);
  }

  static Object call(Object target, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException thrown) {
      throw Optional.ofNullable(thrown.getCause()).orElse(thrown);
    }
  }
}
