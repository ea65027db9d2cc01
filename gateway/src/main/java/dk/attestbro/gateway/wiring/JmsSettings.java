package dk.attestbro.gateway.wiring;

import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings under {@code attestbro.jms.}; config/application.yaml explains each.
 *
 * @param brokers partners' brokers by the name that the directory uses
 */
@ConfigurationProperties("attestbro.jms")
record JmsSettings(
    @DefaultValue Map<String, PartnerBroker> brokers, @DefaultValue("2") int receiversPerQueue) {
  JmsSettings {
    brokers = Map.copyOf(brokers);
  }

  /** One broker and the gateway's user there. */
  record PartnerBroker(
      String url, @DefaultValue("") String user, @DefaultValue("") String password) {
    @Override
    public String toString() {
      return "PartnerBroker[" + url + "]";
    }
  }
}
