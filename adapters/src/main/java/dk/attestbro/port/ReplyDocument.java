package dk.attestbro.port;

import dk.attestbro.model.CertificateReply;
import dk.attestbro.model.CertificateRequest;
import dk.attestbro.model.Digest;
import dk.attestbro.model.Form;
import dk.attestbro.model.Letter;
import java.util.Optional;

/**
 * A reply with all that a reader of it must know: the letter and the digest of its message, the
 * names of its parties, the form that it answers, and the request where that is still held.
 */
public record ReplyDocument(
    Letter letter,
    Digest message,
    String sender,
    String receiver,
    Optional<Form> form,
    Optional<CertificateRequest> request,
    CertificateReply reply) {
  @Override
  public String toString() {
    return "ReplyDocument[" + letter.ref() + "]";
  }
}
