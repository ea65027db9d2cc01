package dk.attestbro.gateway.wiring;

import java.time.Duration;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings under {@code attestbro.mail.} for mails that go out; config/application.yaml
 * explains each.
 *
 * @param from the gateway's own address; empty: this gateway sends no mail
 */
@ConfigurationProperties("attestbro.mail")
public record MailOutSettings(
    String from, String fromName, Smtp smtp, Set<String> tunnelDomains, Tunnel tunnel) {

  /**
   * The server that takes our mails.
   *
   * @param host empty: every mail goes to the servers of its receiver's domain
   * @param tls implicit or starttls
   */
  public record Smtp(
      String host,
      int port,
      String tls,
      String user,
      String password,
      String passwordFile,
      OAuth2 oauth2,
      String roots,
      Duration connectTimeout,
      Duration answerTimeout) {
    /** Never the password. */
    @Override
    public String toString() {
      return "Smtp[" + host + ":" + port + "]";
    }
  }

  /** An access token in place of a password: from a file, or fetched. */
  public record OAuth2(
      @DefaultValue("") String tokenFile,
      @DefaultValue("") String tokenUrl,
      @DefaultValue("") String clientId,
      @DefaultValue("") String clientSecretFile,
      @DefaultValue("") String scope) {}

  /**
   * Letters in clear text to listed domains.
   *
   * @param direct past the smarthost
   * @param mtaStsFolder where {@code <domain>.txt} is the policy of a domain; empty: none
   */
  public record Tunnel(boolean direct, int port, String roots, String mtaStsFolder) {}
}
