package dk.attestbro.mail;

import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.RefusalReason;
import dk.attestbro.port.MailReader;
import dk.attestbro.port.MailReading;
import dk.attestbro.port.MailSignature;
import dk.attestbro.port.SignedMail;

/** Verifies a signed mail as the mail door reads it. */
public final class ReadSignedMail implements SignedMail {
  private final MailReader reader;

  public ReadSignedMail(MailReader reader) {
    this.reader = reader;
  }

  @Override
  public Signer verify(byte[] mail) {
    MailReading reading = reader.read(mail);
    if (reading instanceof MailReading.Refused refused) {
      throw new MessageRefused(refused.reason());
    }
    MailSignature signature =
        ((MailReading.Read) reading)
            .signature()
            .orElseThrow(() -> new MessageRefused(RefusalReason.SMIME_NOT_SIGNED));
    return new Signer(signature.signers().get(0).certificate(), signature.certificates());
  }
}
