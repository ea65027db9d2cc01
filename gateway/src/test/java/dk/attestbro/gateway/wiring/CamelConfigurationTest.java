package dk.attestbro.gateway.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import dk.attestbro.jms.BrokerConnections;
import dk.attestbro.port.ServerTrust;
import org.apache.camel.component.jms.JmsConfiguration;
import org.junit.jupiter.api.Test;

class CamelConfigurationTest {
  private static final ServerTrust NOBODY_IS_ASKED =
      roots -> {
        throw new AssertionError("nothing is connected to");
      };

  @Test
  void listensInTheTransactionOfTheSessionThatIsKept() {
    try (BrokerConnections connections =
        BrokerConnections.external("tcp://127.0.0.1:1", "", "", NOBODY_IS_ASKED)) {
      JmsConfiguration listeners = CamelConfiguration.component(connections).getConfiguration();

      assertThat(listeners.isTransacted()).isTrue();
      assertThat(listeners.getCacheLevelName()).isEqualTo("CACHE_CONSUMER");
      assertThat(listeners.getTransactionManager()).isNull();
      assertThat(listeners.isLazyCreateTransactionManager()).isFalse();
    }
  }
}
