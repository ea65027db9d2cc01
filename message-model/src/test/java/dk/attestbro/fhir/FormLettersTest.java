package dk.attestbro.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import dk.attestbro.model.Answer;
import dk.attestbro.model.BundleId;
import dk.attestbro.model.CaseId;
import dk.attestbro.model.CertificateReply;
import dk.attestbro.model.CertificateRequest;
import dk.attestbro.model.Form;
import dk.attestbro.model.FormItem;
import dk.attestbro.model.Forms;
import dk.attestbro.model.LetterContent;
import dk.attestbro.model.LetterDraft;
import dk.attestbro.model.LetterId;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.Party;
import dk.attestbro.model.Payload;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every form, and one that is nothing but a file, carries a request and a reply. */
class FormLettersTest {
  /** A day on which every form is valid. */
  private static final Instant NOW = Instant.parse("2026-06-01T08:00:00Z");

  @TempDir private Path folder;
  private final CaseId caseId = CaseId.random();
  private Forms forms;

  @BeforeEach
  void addAForm() throws IOException {
    try (InputStream form = FormLettersTest.class.getResourceAsStream("NEW1.json")) {
      Files.copy(form, folder.resolve("NEW1.json"));
    }
    forms = new FhirForms(folder);
  }

  @Test
  void everyFormCarriesARequestAndAReply() {
    FhirMessageValidator validator = new FhirMessageValidator(forms);
    FhirMessageWriter writer = new FhirMessageWriter(forms);
    for (Form form : forms.all()) {
      FhirMessageReading request = read(writer, request(form));
      assertThat(validator.validate(request, NOW, OptionalInt.empty()).problems())
          .as("request of %s", form.id())
          .isEmpty();
      assertThat(request.form()).isEqualTo(form.id());

      FhirMessageReading reply = read(writer, reply(form, request));
      assertThat(validator.validate(reply, NOW, OptionalInt.of(2)).problems())
          .as("reply of %s", form.id())
          .isEmpty();
    }
  }

  private static FhirMessageReading read(FhirMessageWriter writer, LetterDraft draft) {
    Payload written = writer.letter(draft, MediaType.FHIR_JSON);
    return (FhirMessageReading) Messages.READER.read(written);
  }

  private LetterDraft request(Form form) {
    CertificateRequest psyk125 = Messages.at(NOW).requestContent();
    CertificateRequest content =
        new CertificateRequest(
            form.code(),
            psyk125.citizen(),
            psyk125.purpose(),
            psyk125.questions(),
            psyk125.facts(),
            psyk125.consent(),
            psyk125.contact(),
            psyk125.reference(),
            psyk125.wishedBy(),
            psyk125.caseStartedOn());
    return draft(
        SampleDirectory.ODENSE,
        SampleDirectory.MIDT,
        new LetterContent.Request(content),
        Optional.empty());
  }

  private LetterDraft reply(Form form, FhirMessageReading request) {
    Map<String, List<Answer>> answers =
        form.items().stream().collect(Collectors.toMap(FormItem::linkId, FormLettersTest::answer));
    String author = form.authorIsDoctor() ? "06B4K" : "";
    return draft(
        SampleDirectory.MIDT,
        SampleDirectory.ODENSE,
        new LetterContent.Reply(
            new CertificateReply(answers, false, "Lone Lind", author, List.of())),
        Optional.of(request));
  }

  private LetterDraft draft(
      Party from, Party to, LetterContent content, Optional<FhirMessageReading> previous) {
    return new LetterDraft(
        LetterId.random(),
        BundleId.random(),
        NOW,
        from,
        to,
        previous.isEmpty(),
        caseId,
        content,
        previous.map(reading -> reading),
        Optional.empty());
  }

  private static List<Answer> answer(FormItem item) {
    return List.of(
        switch (item.type()) {
          case STRING, TEXT -> new Answer.TextAnswer("DF322");
          case INTEGER, DECIMAL -> new Answer.NumberAnswer(BigDecimal.valueOf(12));
          case BOOLEAN -> new Answer.BooleanAnswer(true);
          case DATE -> new Answer.DateAnswer(LocalDate.of(2026, 5, 12));
          case CHOICE ->
              new Answer.CodeAnswer(item.options().get(0).system(), item.options().get(0).code());
        });
  }
}
