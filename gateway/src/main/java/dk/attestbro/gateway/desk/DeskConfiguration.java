package dk.attestbro.gateway.desk;

import dk.attestbro.gateway.pages.Navigation;
import dk.attestbro.gateway.pages.Shown;
import dk.attestbro.port.DirectorySource;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * The pages under {@code /desk}. They need beans of: {@code TakeOverview}, {@code ExplainLetter},
 * {@code OperationsRecords}, {@code OperatorActs}, {@code AccessNotes}, {@code SortingCalls},
 * {@code KnownCases}, {@code WriteEvidence}, {@code PublishFigures}, {@code PagePrinting}, {@code
 * AccessLog}, {@code CitizenDigests}, {@code Records}, {@code DirectorySource} and {@code Clock}.
 */
@Configuration(proxyBeanMethods = false)
@Import({
  OverviewPages.class,
  QueuePages.class,
  LetterPages.class,
  CasePages.class,
  DeadLetterPages.class,
  SortingPages.class,
  DirectoryPages.class,
  LatenessPages.class,
  AccessLogPages.class
})
public class DeskConfiguration {
  @Bean
  Navigation deskNavigation() {
    return DeskRoles::menu;
  }

  @Bean
  DeskWords words(DirectorySource directory, Shown shown, Clock clock) {
    return new DeskWords(directory, shown, clock);
  }
}
