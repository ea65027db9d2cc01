package dk.attestbro.gateway.journey;

import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.Payload;
import dk.attestbro.model.Refusal;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.port.MailPurpose;
import dk.attestbro.port.MailReader;
import dk.attestbro.port.MailReading;
import java.util.Optional;

/**
 * Takes one mail for what it is: a letter, a report on a letter, or something that a person must
 * sort. When it has said so, that is recorded; taken again, the mail changes nothing more. A sender
 * who is proven and listed is answered; nobody else is, and no machine.
 */
public final class TakeMail {
  private final MailReader reader;
  private final ProveMailSender prove;
  private final ReceiveRoute receive;
  private final TakePlainMail plainMails;
  private final TakeMailReport reports;
  private final SortMails desk;
  private final AnswerMail answers;
  private final MailRules rules;

  public TakeMail(
      MailReader reader,
      ProveMailSender prove,
      ReceiveRoute receive,
      TakePlainMail plainMails,
      TakeMailReport reports,
      SortMails desk,
      AnswerMail answers,
      MailRules rules) {
    this.reader = reader;
    this.prove = prove;
    this.receive = receive;
    this.plainMails = plainMails;
    this.reports = reports;
    this.desk = desk;
    this.answers = answers;
    this.rules = rules;
  }

  /** Takes the mail; after it, and never before, the mail may be moved. */
  public MailTaken mail(FetchedMail mail) {
    if (desk.knows(mail)) {
      return MailTaken.NOT_DONE;
    }
    MailReading reading =
        mail.whole() ? reader.read(mail.bytes(), rules.policies()) : reader.tooLarge(mail.bytes());
    if (reading instanceof MailReading.Refused refused) {
      desk.keep(mail, refused.reason(), Optional.empty());
      return MailTaken.NOT_DONE;
    }
    MailReading.Read read = (MailReading.Read) reading;
    return take(mail, read, prove.of(read, mail.receivedAt()));
  }

  private MailTaken take(FetchedMail mail, MailReading.Read read, ProvenSender sender) {
    if (sender.objection().filter(RefusalReason::isForLater).isPresent()) {
      return MailTaken.LATER;
    }
    MailPurpose purpose = read.purpose();
    if (purpose instanceof MailPurpose.Message message) {
      return letter(mail, read, sender, message.payload());
    } else if (purpose instanceof MailPurpose.Form form) {
      return form(mail, read, sender, form);
    } else if (purpose instanceof MailPurpose.Delivery report) {
      return reported(mail, sender, reports.delivery(mail, read.head(), report.status()));
    } else if (purpose instanceof MailPurpose.Reading receipt) {
      return reported(mail, sender, reports.reading(mail, read.head(), receipt.receipt(), sender));
    } else if (purpose instanceof MailPurpose.AutomaticReply) {
      return keep(mail, RefusalReason.MAIL_AUTOMATIC_REPLY, sender);
    }
    return sort(mail, read, sender, RefusalReason.MAIL_MEANING_NOT_TOLD);
  }

  private MailTaken letter(
      FetchedMail mail, MailReading.Read read, ProvenSender sender, Payload payload) {
    if (!sender.isProven()) {
      return keep(mail, sender.objection().orElseThrow(), sender);
    }
    Answer answer =
        receive.take(
            IncomingMessage.of(sender.caller(), payload, Optional.empty(), mail.receivedAt())
                .signedBy(sender.signatures()));
    if (answer instanceof Answer.Refused refused) {
      return refused(mail, read, sender, refused);
    }
    return answered(answers.answer(mail, read, sender, answer), MailTaken.DONE);
  }

  private MailTaken refused(
      FetchedMail mail, MailReading.Read read, ProvenSender sender, Answer.Refused refused) {
    RefusalReason reason = refused.refusal().reason();
    if (reason.isForLater()) {
      return MailTaken.LATER;
    }
    if (reason == RefusalReason.INTERNAL_ERROR) {
      return keep(mail, reason, sender);
    }
    return answered(answers.answer(mail, read, sender, refused), MailTaken.NOT_DONE);
  }

  private MailTaken form(
      FetchedMail mail, MailReading.Read read, ProvenSender sender, MailPurpose.Form form) {
    if (!sender.isProven()) {
      return keep(mail, sender.objection().orElseThrow(), sender);
    }
    try {
      Answer answer = plainMails.take(mail, read, sender, form);
      return answered(answers.answer(mail, read, sender, answer), MailTaken.DONE);
    } catch (MessageRefused unclear) {
      RefusalReason reason = unclear.refusal().reason();
      return reason.isForLater() ? MailTaken.LATER : sort(mail, read, sender, reason);
    }
  }

  private MailTaken reported(FetchedMail mail, ProvenSender sender, Optional<RefusalReason> why) {
    return why.isEmpty() ? MailTaken.DONE : keep(mail, why.get(), sender);
  }

  private MailTaken keep(FetchedMail mail, RefusalReason reason, ProvenSender sender) {
    desk.keep(mail, reason, sender.party());
    return MailTaken.NOT_DONE;
  }

  /** Kept, and its sender told so: once, since after a crash in between it is known. */
  private MailTaken sort(
      FetchedMail mail, MailReading.Read read, ProvenSender sender, RefusalReason unclear) {
    // What is missing lies there, where no one but Outlook finds it.
    RefusalReason reason = read.contents().isRichText() ? RefusalReason.MAIL_RICH_TEXT : unclear;
    if (desk.keep(mail, reason, sender.party()) && sender.isProven()) {
      answers.toBeSorted(mail, read, sender, Refusal.of(reason));
    }
    return MailTaken.NOT_DONE;
  }

  /** An answer that cannot be sent now is sent when the mail comes again and is known. */
  private static MailTaken answered(boolean settled, MailTaken taken) {
    return settled ? taken : MailTaken.LATER;
  }
}
