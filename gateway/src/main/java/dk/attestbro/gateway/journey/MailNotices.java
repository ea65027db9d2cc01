package dk.attestbro.gateway.journey;

import dk.attestbro.model.DeliveryOutcome;
import dk.attestbro.model.MailIds;
import dk.attestbro.model.Recipient;
import dk.attestbro.port.DueNotice;
import dk.attestbro.port.MailAddress;
import dk.attestbro.port.MailDraft;
import dk.attestbro.port.MailSubmission;
import dk.attestbro.port.MailWriting;
import dk.attestbro.port.NoticeSending;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Sends notices as mails in clear text, with one Message-ID for every attempt. */
public final class MailNotices implements NoticeSending {
  private final MailSender sender;
  private final MailWriting writing;
  private final MailSubmission submission;
  private final Optional<String> publicUrl;
  private final Clock clock;

  /**
   * @param publicUrl where people find the gateway's pages
   */
  public MailNotices(
      MailSender sender,
      MailWriting writing,
      MailSubmission submission,
      Optional<String> publicUrl,
      Clock clock) {
    this.sender = sender;
    this.writing = writing;
    this.submission = submission;
    this.publicUrl = publicUrl;
    this.clock = clock;
  }

  @Override
  public DeliveryOutcome send(DueNotice due) {
    MailAddress to = address((Recipient.Mail) due.notice().recipient());
    MailDraft draft =
        new MailDraft(
            sender.address(),
            sender.name(),
            to,
            clock.instant(),
            MailIds.ofNotice(due.id(), due.notice().kind(), sender.address().domain()),
            Optional.empty(),
            NoticeText.subject(due),
            false,
            NoticeText.of(due, publicUrl),
            List.of());
    return submission.submit(to, writing.open(draft));
  }

  private static MailAddress address(Recipient.Mail mail) {
    int at = mail.address().lastIndexOf('@');
    return new MailAddress(mail.address().substring(0, at), mail.address().substring(at + 1));
  }
}
