package dk.attestbro.gateway.wiring;

import dk.attestbro.crypto.CmsSmime;
import dk.attestbro.crypto.GatewayKeys;
import dk.attestbro.crypto.HmacNoticeTokens;
import dk.attestbro.crypto.PrivateKeyOperations;
import dk.attestbro.gateway.journey.KnownCases;
import dk.attestbro.gateway.journey.LetterPdf;
import dk.attestbro.gateway.journey.MailSender;
import dk.attestbro.gateway.journey.WriteLetterMail;
import dk.attestbro.mail.ClientCredentials;
import dk.attestbro.mail.DnsMxHosts;
import dk.attestbro.mail.MailDelivery;
import dk.attestbro.mail.MailLogin;
import dk.attestbro.mail.MailRoutes;
import dk.attestbro.mail.MailTls;
import dk.attestbro.mail.MimeMailWriter;
import dk.attestbro.mail.SmtpServer;
import dk.attestbro.mail.SmtpTimeouts;
import dk.attestbro.mail.TunnelDomains;
import dk.attestbro.model.Certificate;
import dk.attestbro.model.Forms;
import dk.attestbro.model.MessageReader;
import dk.attestbro.port.DirectorySource;
import dk.attestbro.port.LetterMail;
import dk.attestbro.port.MailAddress;
import dk.attestbro.port.NoticeTokens;
import dk.attestbro.port.ServerTrust;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Mails that go out. A wrong setting refuses the start, with the place to mend it. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(MailOutSettings.class)
class MailOutConfiguration {
  private static final Pattern ADDRESS =
      Pattern.compile("[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,255}");
  private static final Pattern DOMAIN = Pattern.compile("[a-z0-9-]+(\\.[a-z0-9-]+)*");

  @Bean
  NoticeTokens noticeTokens(GatewayKeys keys) {
    return HmacNoticeTokens.of(keys.citizenKey());
  }

  @Bean
  MailOut mailOut(
      MailOutSettings settings,
      GatewayKeys keys,
      PrivateKeyOperations operations,
      DirectorySource directory,
      KnownCases cases,
      Forms forms,
      MessageReader reader,
      LetterPdf pdfs,
      NoticeTokens tokens,
      ServerTrust servers,
      Clock clock) {
    if (settings.from().isBlank()) {
      return new MailOut(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }
    MailAddress from = address(settings.from());
    LetterMail mails =
        new WriteLetterMail(
            new MailSender(from, settings.fromName()),
            directory,
            cases,
            forms,
            reader,
            pdfs,
            new MimeMailWriter(new CmsSmime(keys, operations)));
    MailDelivery delivery =
        new MailDelivery(
            mails,
            from,
            tokens,
            tunnelDomains(settings),
            routes(settings, servers, clock),
            new SmtpTimeouts(settings.smtp().connectTimeout(), settings.smtp().answerTimeout()),
            clock);
    return new MailOut(
        Optional.of(mails), Optional.of(delivery), Optional.of(delivery), Optional.of(delivery));
  }

  static MailAddress address(String text) {
    return address("attestbro.mail.from", text);
  }

  static MailAddress address(String setting, String text) {
    if (!ADDRESS.matcher(text).matches()) {
      throw new StartRefused(setting + ": must be a mail address like post@example.dk");
    }
    int at = text.lastIndexOf('@');
    return new MailAddress(text.substring(0, at), text.substring(at + 1));
  }

  private static TunnelDomains tunnelDomains(MailOutSettings settings) {
    Set<String> domains =
        settings.tunnelDomains().stream()
            .map(domain -> domain.toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());
    Map<String, String> policies = new HashMap<>();
    for (String domain : domains) {
      if (!DOMAIN.matcher(domain).matches()) {
        throw new StartRefused("attestbro.mail.tunnel-domains: '" + domain + "' is no domain");
      }
      policy(settings.tunnel().mtaStsFolder(), domain)
          .ifPresent(policy -> policies.put(domain, policy));
    }
    try {
      return new TunnelDomains(domains, policies);
    } catch (IllegalArgumentException wrong) {
      throw new StartRefused("attestbro.mail.tunnel.mta-sts-folder: " + wrong.getMessage());
    }
  }

  private static Optional<String> policy(String folder, String domain) {
    Path file = Path.of(folder, domain + ".txt");
    if (folder.isBlank() || !Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Files.readString(file));
    } catch (IOException unreadable) {
      throw new StartRefused("attestbro.mail.tunnel.mta-sts-folder: cannot read " + file);
    }
  }

  private static MailRoutes routes(MailOutSettings settings, ServerTrust servers, Clock clock) {
    MailOutSettings.Smtp smtp = settings.smtp();
    boolean implicit = smtp.tls().equals("implicit");
    if (!implicit && !smtp.tls().equals("starttls")) {
      throw new StartRefused(
          "attestbro.mail.smtp.tls: must be implicit or starttls; mail is never sent without TLS");
    }
    Optional<SmtpServer> smarthost =
        smtp.host().isBlank()
            ? Optional.empty()
            : Optional.of(
                new SmtpServer(
                    smtp.host(),
                    smtp.port(),
                    implicit,
                    login(smtp, clock),
                    MailTls.trusting(servers, roots("attestbro.mail.smtp.roots", smtp.roots()))));
    MailOutSettings.Tunnel tunnel = settings.tunnel();
    return new MailRoutes(
        smarthost,
        tunnel.direct(),
        new DnsMxHosts(),
        MailTls.trusting(servers, roots("attestbro.mail.tunnel.roots", tunnel.roots())),
        tunnel.port());
  }

  private static Optional<MailLogin> login(MailOutSettings.Smtp smtp, Clock clock) {
    return smtp.user().isBlank()
        ? Optional.empty()
        : Optional.of(
            login(
                "attestbro.mail.smtp",
                smtp.user(),
                smtp.password(),
                smtp.passwordFile(),
                smtp.oauth2(),
                clock));
  }

  /** How to identify ourselves: by a token where that is set, else by a password. */
  static MailLogin login(
      String setting,
      String user,
      String password,
      String passwordFile,
      MailOutSettings.OAuth2 oauth2,
      Clock clock) {
    if (!oauth2.tokenFile().isBlank()) {
      return new MailLogin(user, secretIn(oauth2.tokenFile()), true);
    }
    if (oauth2.tokenUrl().isBlank()) {
      return new MailLogin(
          user, passwordFile.isBlank() ? () -> password : secretIn(passwordFile), false);
    }
    if (!oauth2.tokenUrl().startsWith("https://")) {
      throw new StartRefused(setting + ".oauth2.token-url: must be an https:// address");
    }
    return new MailLogin(
        user,
        new ClientCredentials(
            URI.create(oauth2.tokenUrl()),
            oauth2.clientId(),
            secretIn(oauth2.clientSecretFile()),
            oauth2.scope(),
            clock),
        true);
  }

  /** Read each time, so that a new secret counts at once. */
  private static Supplier<String> secretIn(String file) {
    return () -> {
      try {
        return Files.readString(Path.of(file)).strip();
      } catch (IOException unreadable) {
        throw new UncheckedIOException(unreadable);
      }
    };
  }

  static List<Certificate> roots(String setting, String file) {
    if (file.isBlank()) {
      return List.of();
    }
    try (InputStream pem = Files.newInputStream(Path.of(file))) {
      List<Certificate> roots = new ArrayList<>();
      for (var root : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
        roots.add(Certificate.of(root.getEncoded()));
      }
      return roots;
    } catch (IOException | CertificateException unreadable) {
      throw new StartRefused(setting + ": " + file + " cannot be read as PEM certificates");
    }
  }
}
