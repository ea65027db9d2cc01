package dk.attestbro.gateway.api;

import dk.attestbro.model.Forms;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.springframework.boot.tomcat.TomcatConnectorCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * The whole API. It needs beans of: {@link JourneyCalls}, {@link ApiSettings}, {@link
 * EncryptionCertificate}, {@code Clock}, {@code Forms}, {@code MessageReader}, {@code
 * MessageWriter}, {@code Records}, {@code Outbox}, {@code Inbox}, {@code DirectorySource}, {@code
 * CallerIdentification} and {@code ReceiptSigning}.
 */
@Configuration(proxyBeanMethods = false)
@Import({
  ApiSecurity.class,
  ErrorAdvice.class,
  ErrorDoor.class,
  FhirDoor.class,
  LetterDoor.class,
  CaseController.class,
  MessageController.class,
  InboxController.class,
  FormController.class,
  OperationsController.class,
  PublicController.class
})
public class ApiConfiguration {
  @Bean
  ErrorAnswers errorAnswers() {
    return new ErrorAnswers();
  }

  @Bean
  BodyReader bodyReader(ApiSettings settings) {
    return new BodyReader(settings);
  }

  @Bean
  PlainDoor plainDoor(BodyReader bodies) {
    return new PlainDoor(bodies);
  }

  @Bean
  PlainContentView plainContentView(Forms forms) {
    return new PlainContentView(forms);
  }

  /**
   * A client that asks first ({@code Expect: 100-continue}) is told to go on only when its body is
   * read, so that one that is too large is never sent.
   */
  @Bean
  TomcatConnectorCustomizer continueOnlyWhenRead() {
    return connector -> {
      if (connector.getProtocolHandler() instanceof AbstractHttp11Protocol<?> http) {
        http.setContinueResponseTiming("onRead");
      }
    };
  }
}
