package dk.attestbro.gateway.wiring;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class OwnQueuesTest {
  private static final GatewaySettings.Partners OPEN =
      new GatewaySettings.Partners("127.0.0.1", 61617);

  @Test
  void opensADoorOnTheBrokerInTheProcessWithTls() {
    assertThatCode(() -> OwnQueues.check(broker(""), true)).doesNotThrowAnyException();
  }

  @Test
  void refusesToStartWithADoorToABrokerThatTheSiteRuns() {
    assertThatThrownBy(() -> OwnQueues.check(broker("tcp://mq.example:61616"), true))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("attestbro.broker.partners.port")
        .hasMessageContaining("attestbro.broker.url");
  }

  @Test
  void refusesToStartWithADoorInTheClear() {
    assertThatThrownBy(() -> OwnQueues.check(broker(""), false))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("server.ssl.certificate");
  }

  private static GatewaySettings.Broker broker(String url) {
    return new GatewaySettings.Broker(url, "", "", OPEN);
  }
}
