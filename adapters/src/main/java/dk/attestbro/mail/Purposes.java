package dk.attestbro.mail;

import dk.attestbro.model.CaseId;
import dk.attestbro.port.MailContents;
import dk.attestbro.port.MailContents.File;
import dk.attestbro.port.MailHead;
import dk.attestbro.port.MailPurpose;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells what a mail is for: a message or a report by what it holds; the plain form of tunnelmail
 * users by its one PDF, or by text that names its case or form. Where it could be two things it is
 * neither: a person sorts it.
 */
final class Purposes {
  /** A form as people write it: LÆ 285, LÆ285, LAE-285. */
  private static final Pattern FORM =
      Pattern.compile("(?iu)(?<!\\p{L})L(?:Æ|AE)[ _-]?(\\d{3})(?!\\d)");

  private Purposes() {}

  static MailPurpose of(MailHead head, MailContents contents) {
    if (contents.deliveryStatus().isPresent()) {
      return new MailPurpose.Delivery(contents.deliveryStatus().get());
    }
    if (contents.readReceipt().isPresent()) {
      return new MailPurpose.Reading(contents.readReceipt().get());
    }
    if (!contents.messages().isEmpty()) {
      return new MailPurpose.Message(contents.messages().get(0));
    }
    if (head.automation().isAutomatic() && contents.pdfs().isEmpty()) {
      return new MailPurpose.AutomaticReply();
    }
    return form(head, contents);
  }

  private static MailPurpose form(MailHead head, MailContents contents) {
    Optional<File> pdf = contents.pdfs().stream().findFirst();
    String pdfName = pdf.map(File::name).orElse("");
    Optional<CaseId> caseId = head.caseId().or(() -> MailHeads.caseTag(pdfName));
    Optional<String> form = formIn(head.subject() + "\n" + pdfName);
    boolean told = pdf.isPresent() || caseId.isPresent() || form.isPresent();
    boolean empty = pdf.isEmpty() && contents.text().isBlank();
    return told && !empty && contents.pdfs().size() < 2
        ? new MailPurpose.Form(caseId, form, pdf, contents.text())
        : new MailPurpose.Other();
  }

  private static Optional<String> formIn(String text) {
    Set<String> forms = new TreeSet<>();
    Matcher found = FORM.matcher(text);
    while (found.find()) {
      forms.add("LÆ " + found.group(1));
    }
    return forms.size() == 1 ? forms.stream().findFirst() : Optional.empty();
  }
}
