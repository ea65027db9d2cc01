package dk.attestbro.gateway.journey;

import dk.attestbro.model.AcknowledgementReading;
import dk.attestbro.model.CaseId;
import dk.attestbro.model.CertificateRequest;
import dk.attestbro.model.Citizen;
import dk.attestbro.model.Consent;
import dk.attestbro.model.Deadline;
import dk.attestbro.model.EventCode;
import dk.attestbro.model.Form;
import dk.attestbro.model.Letter;
import dk.attestbro.model.LetterContent;
import dk.attestbro.model.MessageReading;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/**
 * What a letter says, in Danish, as a mail's text: one thing a line, a heading before each part, no
 * drawing with characters, so that it can be read aloud.
 */
final class MailText {
  private static final Locale DANISH = Locale.forLanguageTag("da");
  private static final ZoneId COPENHAGEN = ZoneId.of("Europe/Copenhagen");
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d. MMMM uuuu", DANISH);
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("d. MMMM uuuu 'kl.' HH.mm", DANISH).withZone(COPENHAGEN);

  private final StringBuilder text = new StringBuilder();

  private MailText() {}

  /** The kind of letter, as its readers call it. */
  static String event(Letter letter) {
    return EventCode.parse(letter.event()).map(MailText::event).orElse("Meddelelse");
  }

  private static String event(EventCode event) {
    return switch (event) {
      case CERTIFICATE_REQUEST -> "Anmodning om attest";
      case CERTIFICATE_REPLY -> "Svar på anmodning om attest";
      case CERTIFICATE_INTERIM_REPLY -> "Foreløbigt svar";
      case CERTIFICATE_RETURNED -> "Anmodning returneret uden svar";
      case CERTIFICATE_REMINDER -> "Påmindelse";
      case CERTIFICATE_CANCELLATION -> "Anmodning annulleret";
      case CLARIFICATION_QUESTION -> "Spørgsmål i sagen";
      case CLARIFICATION_ANSWER -> "Svar på spørgsmål i sagen";
      case CERTIFICATE_CORRECTION -> "Rettet svar";
      case CERTIFICATE_RETRACTION -> "Svar trukket tilbage";
      case CERTIFICATE_FORWARDED -> "Anmodning sendt videre til en anden enhed";
      case CONSENT_WITHDRAWN -> "Samtykke trukket tilbage";
      case FILED -> "Journaliseret";
      case DISCHARGE_NOTICE -> "Varsel om udskrivning";
      case MENTOR_OUTCOME -> "Om udskrivningsmentor";
      case CARE_COMMUNICATION -> "Korrespondancemeddelelse";
      case HOSPITAL_NOTIFICATION -> "Advis om sygehusophold";
      case ACKNOWLEDGEMENT -> "Kvittering";
    };
  }

  /** What the letter says. */
  static String of(
      Letter letter,
      String sender,
      String receiver,
      Optional<Form> form,
      Optional<Deadline> deadline,
      MessageReading reading) {
    MailText mail = new MailText();
    mail.paragraph(event(letter) + " fra " + sender + ".");
    mail.field("Fra", sender);
    mail.field("Til", receiver);
    mail.field("Modtaget af Attestbro", MOMENT.format(letter.receivedAt()));
    mail.field("Sagsnummer", letter.caseId().map(CaseId::toString).orElse(""));
    mail.field("Attest", form.map(f -> f.code() + " " + f.title().da()).orElse(""));
    deadline.flatMap(MailText::due).ifPresent(due -> mail.field("Svarfrist", due));
    reading.content().ifPresent(mail::content);
    reading.acknowledgement().ifPresent(mail::acknowledgement);
    mail.files(reading);
    mail.answering(letter);
    return mail.text.toString();
  }

  /** That a letter waits, and nothing of what it says. */
  static String notice(Letter letter, String sender) {
    MailText mail = new MailText();
    mail.paragraph(
        "Der venter et brev til jer fra "
            + sender
            + ". Det kan ikke sendes til denne adresse, fordi forbindelsen hertil ikke er sikret.");
    mail.field("Slags", event(letter));
    mail.field("Sagsnummer", letter.caseId().map(CaseId::toString).orElse(""));
    mail.heading("Sådan får I brevet");
    mail.paragraph(
        "Kontakt "
            + sender
            + " og oplys sagsnummeret, eller bed jeres driftsleverandør om at aftale sikker mail"
            + " (S/MIME-certifikat eller tunnelmail) med Attestbro. Svar ikke på denne mail med"
            + " personoplysninger.");
    return mail.text.toString();
  }

  private static Optional<String> due(Deadline deadline) {
    return switch (deadline.state()) {
      case RUNNING -> deadline.due().map(DAY::format);
      case PAUSED -> deadline.due().map(day -> DAY.format(day) + ", sat på pause");
      case MISSED -> deadline.due().map(day -> DAY.format(day) + ", overskredet");
      case NOT_STARTED -> Optional.of("regnes fra modtagelsen");
      case MET, VOID -> Optional.empty();
    };
  }

  private void content(LetterContent content) {
    if (content instanceof LetterContent.Request asked) {
      request(asked.request());
    } else if (content instanceof LetterContent.Reply answered) {
      reply(answered.reply().insufficientKnowledge(), answered.reply().authorName());
    } else if (content instanceof LetterContent.Correction corrected) {
      reply(corrected.reply().insufficientKnowledge(), corrected.reply().authorName());
      said("Begrundelse for rettelsen", corrected.reason());
      paragraph("Det rettede svar træder i stedet for det tidligere.");
    } else if (content instanceof LetterContent.Returned returned) {
      field("Årsag", reason(returned.reason()));
      said("Begrundelse", returned.text());
    } else if (content instanceof LetterContent.Cancelled cancelled) {
      field("Årsag", reason(cancelled.reason()));
      said("Begrundelse", cancelled.text());
    } else if (content instanceof LetterContent.Filed filed) {
      field("Afsenderens journalnummer", filed.reference());
    } else if (content instanceof LetterContent.InterimReply interim) {
      field("Forventet svar", interim.expectedBy().map(DAY::format).orElse(""));
      said("Besked", interim.text());
      paragraph("Den aftalte svarfrist er uændret.");
    } else if (content instanceof LetterContent.Reminder reminder) {
      said("Besked", reminder.text());
    } else if (content instanceof LetterContent.Question question) {
      said("Spørgsmål", question.text());
      paragraph("Svarfristen er sat på pause, til spørgsmålet er besvaret.");
    } else if (content instanceof LetterContent.Clarification answer) {
      said("Svar", answer.text());
    } else if (content instanceof LetterContent.Retraction retraction) {
      field("Årsag", reason(retraction.reason()));
      said("Begrundelse", retraction.text());
      paragraph("Det tidligere svar må ikke længere bruges.");
    } else if (content instanceof LetterContent.Forwarded forwarded) {
      field("Sendt videre til", forwarded.toName());
      said("Besked", forwarded.text());
    } else if (content instanceof LetterContent.ConsentWithdrawn withdrawn) {
      field("Trukket tilbage", withdrawn.at().map(DAY::format).orElse(""));
      said("Besked", withdrawn.text());
      paragraph("Oplysningerne i sagen må ikke længere bruges på grundlag af samtykket.");
    } else if (content instanceof LetterContent.DischargeNotice notice) {
      notice.citizen().ifPresent(this::citizen);
      field("Udskrives", notice.dischargeDate().map(DAY::format).orElse(""));
      field("Enhed", notice.unit());
      notice.contact().ifPresent(who -> field("Kontakt", who.name() + ", " + who.phone()));
      said("Besked", notice.text());
    } else if (content instanceof LetterContent.MentorOutcome mentor) {
      field("Udskrivningsmentor", reason(mentor.outcome()));
      said("Besked", mentor.text());
    }
  }

  private void request(CertificateRequest request) {
    request.citizen().ifPresent(this::citizen);
    field("Ønskes besvaret", request.wishedBy().map(DAY::format).orElse(""));
    field("Afsenderens sagsnummer", request.reference());
    request.contact().ifPresent(who -> field("Kontakt", who.name() + ", " + who.phone()));
    said("Formål", request.purpose());
    if (!request.questions().isEmpty()) {
      heading("Spørgsmål");
      for (int n = 1; n <= request.questions().size(); n++) {
        paragraph(n + ". " + request.questions().get(n - 1));
      }
    }
    said("Sagens oplysninger", request.facts());
    request.consent().ifPresent(this::consent);
  }

  private void consent(Consent consent) {
    heading("Grundlag");
    paragraph(
        switch (consent.basis()) {
          case RSL_11A -> "Samtykke efter retssikkerhedslovens § 11 a, stk. 1.";
          case SUL_43_1 -> "Samtykke efter sundhedslovens § 43, stk. 1.";
          case SUL_43_2_1 -> "Sundhedslovens § 43, stk. 2, nr. 1.";
          case OTHER -> "Andet grundlag.";
        });
    field("Givet", consent.givenAt().map(DAY::format).orElse(""));
    field("Gælder til og med", consent.validUntil().map(DAY::format).orElse(""));
    field("Omfang", consent.scope());
    field("Begrundelse", consent.justification());
  }

  private void reply(boolean insufficientKnowledge, String author) {
    field("Afgivet af", author);
    if (insufficientKnowledge) {
      paragraph("Afsenderen oplyser, at kendskabet til borgeren ikke er tilstrækkeligt.");
    }
    paragraph("Selve svaret står i den vedhæftede PDF.");
  }

  private void citizen(Citizen citizen) {
    heading("Borger");
    field("Navn", (String.join(" ", citizen.given()) + " " + citizen.family()).strip());
    switch (citizen.idKind()) {
      case CPR -> field("Personnummer", citizen.id().replaceFirst("^(\\d{6})", "$1-"));
      case X_ECPR, D_ECPR -> field("Erstatningsnummer", citizen.id());
    }
  }

  private void acknowledgement(AcknowledgementReading told) {
    field(
        "Kvittering",
        switch (told.code()) {
          case OK -> "modtaget";
          case TRANSIENT_ERROR -> "ikke modtaget, midlertidig fejl";
          case FATAL_ERROR -> "afvist";
        });
    field("Gælder brev", told.acknowledges().value());
    told.issues().forEach(issue -> field("Fejl", issue.code() + " " + issue.text()));
  }

  private void files(MessageReading reading) {
    heading("Vedhæftet");
    if (!reading.attachments().isEmpty()) {
      paragraph("Brevets dokumenter.");
    }
    paragraph(
        "Brevet som struktureret meddelelse (FHIR) til jeres fagsystem. Meddelelsen er"
            + " originalen.");
  }

  private void answering(Letter letter) {
    heading("Sådan svarer I");
    if (letter.isAcknowledgement()) {
      paragraph("Der skal ikke svares på en kvittering.");
      return;
    }
    paragraph(
        "Besvar denne mail fra jeres sikre postkasse. Behold sagsnummeret i emnefeltet, og vedhæft"
            + " svaret som PDF eller som FHIR-meddelelse. Skriv ingen personoplysninger i"
            + " emnefeltet.");
  }

  private static String reason(String code) {
    return switch (code) {
      case "NOT_OUR_PATIENT" -> "borgeren er ikke patient her";
      case "INSUFFICIENT_KNOWLEDGE" -> "utilstrækkeligt kendskab til borgeren";
      case "NOT_SEEN_RECENTLY" -> "borgeren er ikke set her for nylig";
      case "CONSENT_MISSING" -> "samtykke mangler";
      case "CONSENT_EXPIRED" -> "samtykket er udløbet";
      case "WRONG_FORM" -> "forkert attest";
      case "WRONG_UNIT" -> "forkert enhed";
      case "UNCLEAR_PURPOSE" -> "formålet er uklart";
      case "TREATMENT_JUST_STARTED" -> "behandlingen er lige begyndt";
      case "NO_LONGER_NEEDED" -> "attesten er ikke længere nødvendig";
      case "SENT_IN_ERROR" -> "sendt ved en fejl";
      case "WRONG_RECEIVER" -> "forkert modtager";
      case "WRONG_CPR" -> "forkert personnummer";
      case "WRONG_ATTACHMENT" -> "forkert vedhæftning";
      case "OFFERED_ACCEPTED" -> "tilbudt, borgeren sagde ja";
      case "OFFERED_DECLINED" -> "tilbudt, borgeren sagde nej";
      case "NOT_OFFERED" -> "ikke tilbudt";
      case "NOT_ENTITLED" -> "borgeren er ikke omfattet";
      case "OTHER" -> "andet";
      default -> code;
    };
  }

  private void heading(String heading) {
    text.append('\n').append(heading).append('\n');
  }

  private void paragraph(String paragraph) {
    text.append(paragraph).append('\n');
  }

  private void field(String name, String value) {
    if (!value.isBlank()) {
      text.append(name).append(": ").append(value).append('\n');
    }
  }

  private void said(String heading, String what) {
    if (!what.isBlank()) {
      heading(heading);
      paragraph(what);
    }
  }
}
