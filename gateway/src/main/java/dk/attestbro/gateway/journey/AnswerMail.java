package dk.attestbro.gateway.journey;

import dk.attestbro.model.Certificate;
import dk.attestbro.model.DeliveryOutcome;
import dk.attestbro.model.Directory;
import dk.attestbro.model.LetterRef;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.Party;
import dk.attestbro.model.Payload;
import dk.attestbro.model.Problem;
import dk.attestbro.model.Receipt;
import dk.attestbro.model.Refusal;
import dk.attestbro.port.DirectorySource;
import dk.attestbro.port.MailAddress;
import dk.attestbro.port.MailContents;
import dk.attestbro.port.MailDraft;
import dk.attestbro.port.MailReading;
import dk.attestbro.port.MailSubmission;
import dk.attestbro.port.MailWriting;
import dk.attestbro.port.MessageProtection;
import dk.attestbro.port.Records;
import dk.attestbro.port.UnsortedMail;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Answers mails whose sender is proven and listed. What goes out in the clear is ids and codes; an
 * Acknowledgement goes along only encrypted. The answer to the same mail has the same Message-ID.
 */
public final class AnswerMail {
  private final DirectorySource directory;
  private final Records records;
  private final MailWriting writing;
  private final MailSubmission submission;
  private final MailRules rules;
  private final Clock clock;

  public AnswerMail(
      DirectorySource directory,
      Records records,
      MailWriting writing,
      MailSubmission submission,
      MailRules rules,
      Clock clock) {
    this.directory = directory;
    this.records = records;
    this.writing = writing;
    this.submission = submission;
    this.rules = rules;
    this.clock = clock;
  }

  /** Answers, or finds that nothing is to be answered; false where it should be tried again. */
  boolean answer(FetchedMail mail, MailReading.Read read, ProvenSender sender, Answer answer) {
    if (answer instanceof Answer.Accepted accepted) {
      return received(mail, read, sender, accepted.receipt());
    } else if (answer instanceof Answer.Repeated repeated) {
      return received(mail, read, sender, repeated.receipt());
    } else if (answer instanceof Answer.RepeatedAcknowledgement repeated) {
      return send(mail, read, sender, acknowledged(), Optional.of(repeated.acknowledgement()));
    } else if (answer instanceof Answer.Refused refused) {
      return send(mail, read, sender, refused(refused.refusal()), refused.acknowledgement());
    }
    return true;
  }

  /** Says that a person will look at the mail; a failure to say so changes nothing. */
  void toBeSorted(FetchedMail mail, MailReading.Read read, ProvenSender sender, Refusal why) {
    send(mail, read, sender, waits(why), Optional.empty());
  }

  private boolean received(
      FetchedMail mail, MailReading.Read read, ProvenSender sender, Receipt receipt) {
    boolean acknowledgement =
        records
            .letter(new LetterRef(receipt.sender(), receipt.letterId()))
            .filter(letter -> letter.isAcknowledgement())
            .isPresent();
    return acknowledgement || send(mail, read, sender, received(receipt), Optional.empty());
  }

  private boolean send(
      FetchedMail mail,
      MailReading.Read read,
      ProvenSender sender,
      String text,
      Optional<Payload> acknowledgement) {
    if (!sender.isProven() || !mayBeAnswered(read)) {
      return true;
    }
    MailAddress to = read.head().from().orElseThrow();
    Optional<byte[]> encrypted =
        certificate(sender)
            .flatMap(key -> encrypted(draft(mail, read, to, text, acknowledgement), key));
    byte[] answer =
        encrypted.orElseGet(() -> writing.open(draft(mail, read, to, text, Optional.empty())));
    return !(submission.submit(to, answer) instanceof DeliveryOutcome.TransientFailure);
  }

  /** No machine, no list, and nothing that the gateway itself sent. */
  private boolean mayBeAnswered(MailReading.Read read) {
    boolean own =
        read.head()
            .messageId()
            .filter(id -> id.endsWith("@" + rules.address().domain() + ">"))
            .isPresent();
    return !own
        && !read.head().from().equals(Optional.of(rules.address()))
        && read.head().automation().mayBeAnswered(rules.loopMark());
  }

  private Optional<Certificate> certificate(ProvenSender sender) {
    Directory parties = directory.current();
    return sender
        .party()
        .flatMap(parties::party)
        .flatMap(Party::endpoint)
        .flatMap(endpoint -> endpoint.encryptTo());
  }

  private Optional<byte[]> encrypted(MailDraft draft, Certificate key) {
    try {
      return Optional.of(writing.encrypted(draft, key, clock.instant()));
    } catch (MessageProtection.CertificateUnusable unusable) {
      // The codes alone still go, in the clear.
      return Optional.empty();
    }
  }

  private MailDraft draft(
      FetchedMail mail,
      MailReading.Read read,
      MailAddress to,
      String text,
      Optional<Payload> acknowledgement) {
    return new MailDraft(
        rules.address(),
        directory.current().gateway().name(),
        to,
        clock.instant(),
        "<" + UnsortedMail.idOf(mail.sha256()) + ".answer@" + rules.address().domain() + ">",
        read.head().messageId(),
        "Svar fra gatewayen / Answer from the gateway",
        false,
        text,
        acknowledgement.map(AnswerMail::file).stream().toList());
  }

  private static MailContents.File file(Payload acknowledgement) {
    String name =
        acknowledgement.mediaType() == MediaType.FHIR_XML
            ? "acknowledgement.xml"
            : "acknowledgement.json";
    return new MailContents.File(
        name, acknowledgement.mediaType().value(), acknowledgement.bytes());
  }

  private static String received(Receipt receipt) {
    return String.join(
        "\n",
        "Gatewayen har modtaget og registreret brevet.",
        "The gateway has received and recorded the letter.",
        "",
        "Brev / letter: " + receipt.letterId(),
        "Modtaget / received: " + receipt.receivedAt(),
        "SHA-256: " + receipt.sha256(),
        "",
        "Kvittering / receipt (JWS):",
        receipt.jws());
  }

  private static String acknowledged() {
    return "Brevet er modtaget før, og modtageren har kvitteret for det.\n"
        + "The letter was received before, and its receiver has acknowledged it.";
  }

  private static String refused(Refusal refusal) {
    return "Gatewayen tager ikke imod brevet. Ret det, og send det igen som et nyt brev.\n"
        + "The gateway does not take the letter. Correct it and send it again as a new letter.\n\n"
        + reasons(refusal.problems());
  }

  private static String waits(Refusal why) {
    return "Gatewayen kunne ikke afgøre, hvad mailen er. Et menneske ser på den; send den ikke"
        + " igen.\n"
        + "The gateway could not tell what the mail is. A person will look at it; do not"
        + " send it again.\n\n"
        + reasons(why.problems());
  }

  private static String reasons(List<Problem> problems) {
    return problems.stream()
        .map(
            problem ->
                problem.reason().name()
                    + ": "
                    + problem.reason().text().da()
                    + "\n"
                    + problem.reason().text().en())
        .distinct()
        .collect(Collectors.joining("\n\n"));
  }
}
