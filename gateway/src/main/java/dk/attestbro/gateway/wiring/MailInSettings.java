package dk.attestbro.gateway.wiring;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings under {@code attestbro.mail.} for mails that come in; config/application.yaml
 * explains each.
 *
 * @param authservId whose Authentication-Results count; empty: nobody's
 * @param cbcDomains the domains whose mails may be encrypted with AES-CBC
 * @param gatewayDomains the domains whose mails may be signed by a certificate for other addresses
 */
@ConfigurationProperties("attestbro.mail")
public record MailInSettings(
    @DefaultValue Map<String, Account> accounts,
    @DefaultValue("") String authservId,
    @DefaultValue Set<String> tunnelDomains,
    @DefaultValue Set<String> cbcDomains,
    @DefaultValue Set<String> gatewayDomains) {

  /** One account. */
  public record Account(
      @DefaultValue("imap") String protocol,
      @DefaultValue("") String host,
      Optional<Integer> port,
      @DefaultValue("implicit") String tls,
      @DefaultValue("") String user,
      @DefaultValue("") String password,
      @DefaultValue("") String passwordFile,
      @DefaultValue MailOutSettings.OAuth2 oauth2,
      @DefaultValue("") String roots,
      @DefaultValue("INBOX") String folder,
      @DefaultValue("Done") String done,
      @DefaultValue("Refused") String refused,
      @DefaultValue("30s") Duration poll) {
    /** Never the password. */
    @Override
    public String toString() {
      return "Account[" + protocol + ", " + host + "]";
    }
  }
}
