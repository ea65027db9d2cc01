package dk.attestbro.gateway.wiring;

import dk.attestbro.crypto.GatewayKeys;
import dk.attestbro.crypto.JwsEvidence;
import dk.attestbro.crypto.PrivateKeyOperations;
import dk.attestbro.gateway.evidence.DirectoryTrust;
import dk.attestbro.gateway.evidence.TrustMaterial;
import dk.attestbro.gateway.evidence.WriteEvidence;
import dk.attestbro.gateway.journey.Alarms;
import dk.attestbro.gateway.journey.AnchorEvidence;
import dk.attestbro.gateway.journey.OpenLetter;
import dk.attestbro.gateway.routes.EvidenceRouteBuilder;
import dk.attestbro.gateway.routes.Steps;
import dk.attestbro.jdbc.JdbcEvidenceCheckpoints;
import dk.attestbro.jdbc.JdbcTrustProofs;
import dk.attestbro.port.DirectorySource;
import dk.attestbro.port.EvidenceCheckpoints;
import dk.attestbro.port.EvidenceSigning;
import dk.attestbro.port.HeldContents;
import dk.attestbro.port.Records;
import dk.attestbro.port.TrustProofs;
import java.time.Clock;
import javax.sql.DataSource;
import org.apache.camel.RoutesBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The evidence: its checkpoints, its packages, and what health says of it. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(EvidenceSettings.class)
class EvidenceConfiguration {
  @Bean
  JdbcEvidenceCheckpoints evidenceCheckpoints(DataSource dataSource) {
    return new JdbcEvidenceCheckpoints(dataSource);
  }

  @Bean
  JwsEvidence evidenceSigning(GatewayKeys keys, PrivateKeyOperations operations) {
    return new JwsEvidence(keys, operations);
  }

  @Bean
  AnchorEvidence anchorEvidence(
      EvidenceCheckpoints checkpoints,
      EvidenceSigning signing,
      EvidenceSettings settings,
      Alarms alarms,
      Clock clock) {
    return new AnchorEvidence(
        checkpoints,
        signing,
        settings.checkpointPeriod(),
        settings.longestWithoutCheckpoint(),
        alarms,
        clock);
  }

  @Bean
  RoutesBuilder anchoring(AnchorEvidence anchor, Steps steps) {
    return new EvidenceRouteBuilder(anchor, steps);
  }

  @Bean
  JdbcTrustProofs trustProofs(DataSource dataSource) {
    return new JdbcTrustProofs(dataSource);
  }

  @Bean
  TrustMaterial trustMaterial(DirectorySource directory, GatewayKeys keys, TrustProofs proofs) {
    return new DirectoryTrust(directory, keys::certificates, proofs);
  }

  @Bean
  WriteEvidence writeEvidence(
      Records records,
      HeldContents held,
      EvidenceCheckpoints checkpoints,
      EvidenceSigning signing,
      TrustMaterial trust,
      OpenLetter open) {
    return new WriteEvidence(
        records, held, checkpoints, signing, trust, open::open, open::signature);
  }

  /** Down while new letters are not taken because the evidence cannot be anchored. */
  @Bean("evidence")
  HealthIndicator evidenceHealth(AnchorEvidence anchor) {
    return () -> (anchor.isBehind() ? Health.down() : Health.up()).build();
  }
}
