package dk.attestbro.gateway.wiring;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.FullyQualifiedAnnotationBeanNameGenerator;

/** The gateway as a Spring Boot application. */
@SpringBootApplication(
    proxyBeanMethods = false,
    // The desk and the counter each have their pages of letters and cases.
    nameGenerator = FullyQualifiedAnnotationBeanNameGenerator.class,
    scanBasePackages = {
      "dk.attestbro.gateway.wiring",
      "dk.attestbro.gateway.api",
      "dk.attestbro.gateway.pages",
      "dk.attestbro.gateway.counter",
      "dk.attestbro.gateway.desk"
    })
@EnableConfigurationProperties(GatewaySettings.class)
class GatewayApplication {}
