package dk.attestbro.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ShownTextTest {
  private static final String SECRET = "2509479989";

  @Test
  void nothingThatHoldsContentShowsItAsText() {
    Consent consent =
        new Consent(
            Consent.Basis.OTHER, Optional.empty(), Optional.of(LocalDate.MAX), SECRET, SECRET);
    Citizen citizen = new Citizen(Citizen.IdKind.CPR, "", SECRET, SECRET, List.of(SECRET));
    CertificateRequest request =
        new CertificateRequest(
            "LAE125",
            Optional.of(citizen),
            SECRET,
            List.of(SECRET),
            SECRET,
            Optional.of(consent),
            Optional.of(new Contact(SECRET, SECRET)),
            SECRET,
            Optional.empty(),
            Optional.empty());
    CertificateReply reply =
        new CertificateReply(
            Map.of("a", List.of(new Answer.TextAnswer(SECRET), new Answer.CodeAnswer("", SECRET))),
            false,
            SECRET,
            SECRET,
            List.of(new Attachment(SECRET, "application/pdf", bytes())));

    assertThat(
            List.of(
                new Payload(bytes(), MediaType.FHIR_JSON),
                citizen,
                consent,
                request,
                reply,
                new LetterContent.Request(request),
                new LetterContent.Reply(reply),
                new LetterContent.Returned("OTHER", SECRET),
                new LetterContent.Cancelled("OTHER", SECRET),
                new LetterContent.Filed(SECRET),
                new LetterContent.InterimReply(Optional.empty(), SECRET),
                new LetterContent.Reminder(SECRET, SECRET),
                new LetterContent.Question(SECRET, SECRET),
                new LetterContent.Clarification(SECRET),
                new LetterContent.Correction(reply, SECRET, SECRET),
                new LetterContent.Retraction(SECRET, SECRET, SECRET),
                new LetterContent.Forwarded(
                    new OrganisationIds(SECRET, SECRET, ""), SECRET, SECRET),
                new LetterContent.ConsentWithdrawn(Optional.empty(), SECRET),
                new LetterContent.DischargeNotice(
                    Optional.of(citizen),
                    Optional.empty(),
                    SECRET,
                    Optional.of(new Contact(SECRET, SECRET)),
                    SECRET),
                new LetterContent.MentorOutcome(SECRET, SECRET)))
        .extracting(Object::toString)
        .noneMatch(text -> text.contains(SECRET));
  }

  private static byte[] bytes() {
    return SECRET.getBytes(StandardCharsets.UTF_8);
  }
}
