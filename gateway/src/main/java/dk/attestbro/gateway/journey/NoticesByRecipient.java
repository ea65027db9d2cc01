package dk.attestbro.gateway.journey;

import dk.attestbro.model.DeliveryOutcome;
import dk.attestbro.model.Recipient;
import dk.attestbro.port.DueNotice;
import dk.attestbro.port.NoticeSending;

/** Sends each notice the way that its recipient has. */
public record NoticesByRecipient(NoticeSending mails, NoticeSending webhooks)
    implements NoticeSending {
  @Override
  public DeliveryOutcome send(DueNotice due) {
    return (due.notice().recipient() instanceof Recipient.Mail ? mails : webhooks).send(due);
  }
}
