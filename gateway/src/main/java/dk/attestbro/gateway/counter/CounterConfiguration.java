package dk.attestbro.gateway.counter;

import dk.attestbro.gateway.api.AccessNotes;
import dk.attestbro.gateway.api.JourneyCalls;
import dk.attestbro.gateway.api.NextSteps;
import dk.attestbro.gateway.api.PlainLetters;
import dk.attestbro.gateway.journey.CaseContacts;
import dk.attestbro.gateway.journey.KeepDrafts;
import dk.attestbro.gateway.journey.KnownCases;
import dk.attestbro.gateway.pages.LetterSheet;
import dk.attestbro.gateway.pages.Navigation;
import dk.attestbro.gateway.pages.PagePaths;
import dk.attestbro.gateway.pages.Shown;
import dk.attestbro.model.Forms;
import dk.attestbro.model.MessageReader;
import dk.attestbro.port.DirectorySource;
import dk.attestbro.port.Inbox;
import dk.attestbro.port.Records;
import dk.attestbro.port.StaffDirectory;
import dk.attestbro.port.StaffRole;
import jakarta.servlet.MultipartConfigElement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.servlet.autoconfigure.MultipartProperties;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The counter, on the beans of the API and of {@code PagesConfiguration}. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(MultipartProperties.class)
@Import({
  WorklistPage.class,
  CasePages.class,
  LetterPages.class,
  ActPages.class,
  RequestPages.class,
  ReceiverPages.class,
  DraftPages.class,
  ReplyPages.class
})
public class CounterConfiguration {
  @Bean
  Navigation counterNavigation() {
    return staff -> {
      List<Navigation.Item> items = new ArrayList<>();
      if (staff.roles().stream().anyMatch(StaffRole::isOfAParty)) {
        items.add(new Navigation.Item(PagePaths.COUNTER, "counter.worklist"));
      }
      if (staff.is(StaffRole.CASEWORKER)) {
        items.add(new Navigation.Item(PagePaths.COUNTER + "/requests/new", "counter.new"));
      }
      return items;
    };
  }

  /**
   * @throws IllegalStateException where a document could be written to a temporary file in clear
   */
  @Bean
  MultipartConfigElement multipartConfigElement(MultipartProperties settings) {
    MultipartConfigElement element = settings.createMultipartConfig();
    if (element.getMaxRequestSize() < 0
        || element.getFileSizeThreshold() < element.getMaxRequestSize()) {
      throw new IllegalStateException(
          "spring.servlet.multipart.file-size-threshold must be as large as max-request-size:"
              + " documents stay in memory");
    }
    return element;
  }

  @Bean
  OwnCases ownCases(KnownCases cases, Clock clock) {
    return new OwnCases(cases, clock);
  }

  @Bean
  CaseViews caseViews(
      Forms forms, NextSteps nextSteps, CaseContacts contacts, Shown shown, Clock clock) {
    return new CaseViews(forms, nextSteps, contacts, shown, clock);
  }

  @Bean
  CaseReading caseReading(
      Records records, JourneyCalls journey, MessageReader reader, AccessNotes access) {
    return new CaseReading(records, journey, reader, access);
  }

  @Bean
  Receiving receiving(CaseReading reading, JourneyCalls journey, Inbox inbox) {
    return new Receiving(reading, journey, inbox);
  }

  @Bean
  OwnDrafts ownDrafts(KeepDrafts drafts, PlainLetters letters, AccessNotes access) {
    return new OwnDrafts(drafts, letters, access);
  }

  @Bean
  DraftList draftList(KeepDrafts drafts, Forms forms, StaffDirectory users, Shown shown) {
    return new DraftList(drafts, forms, users, shown);
  }

  @Bean
  LookOver lookOver(PlainLetters letters, LetterSheet sheet, Forms forms, Clock clock) {
    return new LookOver(letters, sheet, forms, clock);
  }

  @Bean
  Receivers receivers(DirectorySource directory, MessageSource messages, Clock clock) {
    return new Receivers(directory, messages, clock);
  }
}
