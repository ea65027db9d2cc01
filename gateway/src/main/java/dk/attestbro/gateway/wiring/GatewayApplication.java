package dk.attestbro.gateway.wiring;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;

/** The gateway as a Spring Boot application. */
@SpringBootApplication(
    proxyBeanMethods = false,
    scanBasePackages = {"dk.attestbro.gateway.wiring", "dk.attestbro.gateway.api"})
@EnableConfigurationProperties(GatewaySettings.class)
class GatewayApplication {}
