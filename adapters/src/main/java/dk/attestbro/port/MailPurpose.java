package dk.attestbro.port;

import dk.attestbro.model.CaseId;
import dk.attestbro.model.Payload;
import java.util.Optional;

/** What a mail is for, told from its own contents alone. */
public sealed interface MailPurpose {
  /** It brings one FHIR message; text and PDF beside it say the same to people. */
  record Message(Payload payload) implements MailPurpose {}

  /** It reports on the delivery of an earlier mail (RFC 3464). */
  record Delivery(DeliveryStatus status) implements MailPurpose {}

  /** It says what became of an earlier mail at its reader (RFC 8098). */
  record Reading(ReadReceipt receipt) implements MailPurpose {}

  /**
   * It is the plain form of tunnelmail users: a certificate, or a request for one, as a PDF or as
   * text.
   *
   * @param caseId the case in the subject's tag or, where there is none, in the name of the PDF
   * @param form the one form that subject and PDF name, as {@code LÆ 285}; empty where none or more
   *     are named
   * @param pdf the one PDF; empty where there is none
   * @param text what the mail says
   */
  record Form(
      Optional<CaseId> caseId, Optional<String> form, Optional<MailContents.File> pdf, String text)
      implements MailPurpose {
    @Override
    public String toString() {
      return "Form[" + caseId + ", " + form + ", " + pdf + "]";
    }
  }

  /** A machine's answer: on holiday, moved, received. Nobody answers it. */
  record AutomaticReply() implements MailPurpose {}

  /** Anything else: a person must look. */
  record Other() implements MailPurpose {}
}
