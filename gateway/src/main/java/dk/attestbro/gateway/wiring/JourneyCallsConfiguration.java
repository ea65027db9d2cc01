package dk.attestbro.gateway.wiring;

import dk.attestbro.crypto.GatewayKeys;
import dk.attestbro.gateway.api.ApiSettings;
import dk.attestbro.gateway.api.EncryptionCertificate;
import dk.attestbro.gateway.api.JourneyCalls;
import dk.attestbro.gateway.journey.AcknowledgeInboxItem;
import dk.attestbro.gateway.journey.OpenLetter;
import dk.attestbro.gateway.journey.Operate;
import dk.attestbro.gateway.journey.ReceiveRoute;
import dk.attestbro.gateway.journey.WriteLetter;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the HTTP API asks the journey to do. */
@Configuration(proxyBeanMethods = false)
class JourneyCallsConfiguration {
  @Bean
  JourneyCalls journeyCalls(
      ReceiveRoute receive,
      WriteLetter write,
      AcknowledgeInboxItem acknowledge,
      Operate operate,
      OpenLetter open) {
    return new JourneyCalls(
        receive,
        write::take,
        acknowledge::take,
        operate::resend,
        operate::redirect,
        operate::close,
        operate::pause,
        operate::resume,
        open::open);
  }

  @Bean
  ApiSettings apiSettings(GatewaySettings settings) {
    return new ApiSettings(settings.maxMessageBytes());
  }

  @Bean
  EncryptionCertificate encryptionCertificate(GatewayKeys keys) {
    return keys::encryptionCertificatePem;
  }
}
