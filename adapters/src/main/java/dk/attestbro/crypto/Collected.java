package dk.attestbro.crypto;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.bouncycastle.asn1.ASN1OctetStringParser;
import org.bouncycastle.asn1.BERTags;
import org.bouncycastle.asn1.cms.EncryptedContentInfoParser;

/** What was collected, by its own array. */
final class Collected extends ByteArrayOutputStream {
  private Collected(int size) {
    super(size);
  }

  /** The encrypted content of an envelope of this size. */
  static Collected of(EncryptedContentInfoParser encrypted, int size) throws IOException {
    Collected content = new Collected(size);
    try (InputStream octets =
        ((ASN1OctetStringParser) encrypted.getEncryptedContent(BERTags.OCTET_STRING))
            .getOctetStream()) {
      octets.transferTo(content);
    }
    return content;
  }

  byte[] array() {
    return buf;
  }
}
