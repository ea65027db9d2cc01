package dk.attestbro.gateway.desk;

import dk.attestbro.gateway.pages.LetterSheet;
import dk.attestbro.gateway.pages.Navigation;
import dk.attestbro.gateway.pages.Shown;
import dk.attestbro.model.Forms;
import dk.attestbro.port.DirectorySource;
import dk.attestbro.port.Records;
import java.time.Clock;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * The pages under {@code /desk}. They need beans of: {@code TakeOverview}, {@code ExplainLetter},
 * {@code OperationsRecords}, {@code OperatorActs}, {@code AccessNotes}, {@code SortingCalls},
 * {@code KnownCases}, {@code WriteEvidence}, {@code PublishFigures}, {@code ChartDrawing}, {@code
 * PagePrinting}, {@code AccessLog}, {@code CitizenDigests}, {@code Records}, {@code
 * DirectorySource} and {@code Clock}; where break-glass access is allowed also of {@code
 * BreakGlass}, {@code MessageReader}, {@code MessageWriter}, {@code Forms}, {@code LetterSheet} and
 * {@code StaffDirectory}.
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
  AccessLogPages.class,
  BreakGlassPages.class,
  BreakGlassLetterPages.class
})
public class DeskConfiguration {
  @Bean
  Navigation deskNavigation() {
    return DeskRoles::menu;
  }

  @Bean
  @ConditionalOnBooleanProperty(BreakGlassPages.ENABLED)
  Navigation breakGlassNavigation() {
    return DeskRoles::breakGlassMenu;
  }

  @Bean
  @ConditionalOnBooleanProperty(BreakGlassPages.ENABLED)
  BreakGlassSheet breakGlassSheet(
      Records records, Forms forms, LetterSheet sheet, MessageSource messages) {
    return new BreakGlassSheet(records, forms, sheet, messages);
  }

  @Bean
  DeskWords words(DirectorySource directory, Shown shown, Clock clock) {
    return new DeskWords(directory, shown, clock);
  }
}
