package dk.attestbro.gateway.wiring;

import dk.attestbro.crypto.CmsSmime;
import dk.attestbro.crypto.GatewayKeys;
import dk.attestbro.crypto.PrivateKeyOperations;
import dk.attestbro.gateway.api.SortingCalls;
import dk.attestbro.gateway.journey.Alarms;
import dk.attestbro.gateway.journey.AnswerMail;
import dk.attestbro.gateway.journey.KnownCases;
import dk.attestbro.gateway.journey.LetterWrites;
import dk.attestbro.gateway.journey.MailRules;
import dk.attestbro.gateway.journey.ProveMailSender;
import dk.attestbro.gateway.journey.ReceiveRoute;
import dk.attestbro.gateway.journey.SortMails;
import dk.attestbro.gateway.journey.TakeMail;
import dk.attestbro.gateway.journey.TakeMailReport;
import dk.attestbro.gateway.journey.TakePlainMail;
import dk.attestbro.gateway.journey.WriteLetter;
import dk.attestbro.gateway.routes.ReceiveMailRouteBuilder;
import dk.attestbro.mail.MailAccount;
import dk.attestbro.mail.MailTls;
import dk.attestbro.mail.MimeLimits;
import dk.attestbro.mail.MimeMailReader;
import dk.attestbro.mail.MimeMailWriter;
import dk.attestbro.model.Forms;
import dk.attestbro.port.CertificateTrust;
import dk.attestbro.port.ContentSealing;
import dk.attestbro.port.DirectorySource;
import dk.attestbro.port.MailAddress;
import dk.attestbro.port.MailReader;
import dk.attestbro.port.MailSubmission;
import dk.attestbro.port.NoticeTokens;
import dk.attestbro.port.PagePrinting;
import dk.attestbro.port.Records;
import dk.attestbro.port.ServerTrust;
import dk.attestbro.port.SortingDesk;
import dk.attestbro.port.TrustProofs;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Mails that come in. A wrong setting refuses the start, with the place to mend it. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(MailInSettings.class)
class MailInConfiguration {
  /** Whom the gateway writes as where no mail is configured; then nothing of it is used. */
  private static final MailAddress NONE = new MailAddress("attestbro", "localhost");

  @Bean
  MailRules mailRules(MailInSettings in, MailOutSettings out) {
    Set<String> cbc = lower(in.cbcDomains());
    Set<String> gateways = lower(in.gatewayDomains());
    return new MailRules(
        out.from().isBlank() ? NONE : MailOutConfiguration.address(out.from()),
        Optional.of(in.authservId()).filter(id -> !id.isBlank()),
        lower(in.tunnelDomains()),
        from ->
            new MailReader.Policy(cbc.contains(from.domain()), gateways.contains(from.domain())));
  }

  @Bean
  SortMails sortMails(
      Records records, SortingDesk desk, ContentSealing sealing, Alarms alarms, Clock clock) {
    return new SortMails(records, desk, sealing, alarms, clock);
  }

  @Bean
  SortingCalls sortingCalls(SortingDesk desk, SortMails mails, MeterRegistry meters) {
    Gauge.builder("attestbro.mails.to.be.sorted", desk, SortingDesk::openCount)
        .description("Mails that wait for a person to sort them")
        .register(meters);
    return new SortingCalls(desk, mails::close);
  }

  @Bean
  TakeMail takeMail(
      GatewayKeys keys,
      PrivateKeyOperations operations,
      DirectorySource directory,
      CertificateTrust trust,
      TrustProofs proofs,
      Records records,
      ReceiveRoute receive,
      TakePlainMail plainMails,
      LetterWrites writes,
      SortMails desk,
      MailOut out,
      MailRules rules,
      NoticeTokens tokens,
      Alarms alarms,
      Clock clock) {
    CmsSmime smime = new CmsSmime(keys, operations);
    MailSubmission submission = out.submission().orElse((to, mail) -> MailOut.NOT_CONFIGURED);
    return new TakeMail(
        new MimeMailReader(smime, MimeLimits.DEFAULT),
        new ProveMailSender(directory, trust, proofs, rules),
        receive,
        plainMails,
        new TakeMailReport(records, directory, writes, alarms, rules, tokens, clock),
        desk,
        new AnswerMail(directory, records, new MimeMailWriter(smime), submission, rules, clock),
        rules);
  }

  @Bean
  TakePlainMail takePlainMail(
      Records records,
      KnownCases cases,
      Forms forms,
      WriteLetter write,
      PagePrinting printing,
      MailRules rules) {
    return new TakePlainMail(records, cases, forms, write, printing, rules);
  }

  @Bean
  RoutesBuilder receiveMail(
      MailInSettings settings,
      MailOutSettings out,
      TakeMail take,
      MeterRegistry meters,
      ServerTrust servers,
      Clock clock) {
    if (settings.accounts().isEmpty()) {
      return nothing();
    }
    if (out.from().isBlank()) {
      throw new StartRefused("attestbro.mail.from: must be set where there are mail accounts");
    }
    List<MailAccount> accounts = new ArrayList<>();
    settings
        .accounts()
        .forEach((name, account) -> accounts.add(account(name, account, servers, clock)));
    return new ReceiveMailRouteBuilder(
        accounts, take::mail, MimeLimits.DEFAULT.bytes(), meters, clock);
  }

  private static RoutesBuilder nothing() {
    return new RouteBuilder() {
      @Override
      public void configure() {
        // No account, no route.
      }
    };
  }

  private static MailAccount account(
      String name, MailInSettings.Account account, ServerTrust servers, Clock clock) {
    String setting = "attestbro.mail.accounts." + name;
    MailAccount.Protocol protocol =
        one(
            setting + ".protocol",
            account.protocol(),
            Map.of("imap", MailAccount.Protocol.IMAP, "pop3", MailAccount.Protocol.POP3));
    boolean implicit =
        one(setting + ".tls", account.tls(), Map.of("implicit", true, "starttls", false));
    if (account.host().isBlank() || account.user().isBlank()) {
      throw new StartRefused(setting + ": host and user must be set");
    }
    return new MailAccount(
        name,
        protocol,
        account.host(),
        account.port().orElse(port(protocol, implicit)),
        implicit,
        MailOutConfiguration.login(
            setting,
            account.user(),
            account.password(),
            account.passwordFile(),
            account.oauth2(),
            clock),
        MailTls.trusting(servers, MailOutConfiguration.roots(setting + ".roots", account.roots())),
        account.folder(),
        folder(account.done()),
        folder(account.refused()),
        account.poll());
  }

  private static int port(MailAccount.Protocol protocol, boolean implicit) {
    return protocol == MailAccount.Protocol.IMAP ? implicit ? 993 : 143 : implicit ? 995 : 110;
  }

  /** {@code flag}: the mail is marked and stays. */
  private static Optional<String> folder(String setting) {
    return Optional.of(setting).filter(name -> !name.equals("flag") && !name.isBlank());
  }

  private static <T> T one(String setting, String value, Map<String, T> values) {
    return Optional.ofNullable(values.get(value))
        .orElseThrow(
            () ->
                new StartRefused(
                    setting + ": must be one of " + values.keySet().stream().sorted().toList()));
  }

  private static Set<String> lower(Set<String> domains) {
    return domains.stream()
        .map(domain -> domain.toLowerCase(Locale.ROOT))
        .collect(Collectors.toUnmodifiableSet());
  }
}
