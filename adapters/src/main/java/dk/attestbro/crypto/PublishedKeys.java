package dk.attestbro.crypto;

import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;

/**
 * The public half of every key that has signed receipts here, as a JWK Set in a file, so that what
 * was signed long ago still verifies.
 */
record PublishedKeys(Path file) {
  /**
   * The keys to publish, this one first. It is written down before it signs anything.
   *
   * @throws WrongKey where the file cannot be read or written
   */
  String with(ECKey current) {
    try {
      return known(current) ? shown(current) : SecretFile.locked(file, () -> add(current));
    } catch (UncheckedIOException unwritable) {
      throw new WrongKey(file + " cannot be written; the operator lets the gateway's user write");
    }
  }

  private boolean known(ECKey current) {
    return read().stream().anyMatch(key -> key.getKeyID().equals(current.getKeyID()));
  }

  private String add(ECKey current) {
    List<JWK> keys = new ArrayList<>(read());
    keys.add(0, current);
    SecretFile.write(file, new JWKSet(keys).toString(true));
    return shown(current);
  }

  private String shown(ECKey current) {
    List<JWK> keys = new ArrayList<>();
    keys.add(current);
    read().stream().filter(key -> !key.getKeyID().equals(current.getKeyID())).forEach(keys::add);
    return new JWKSet(keys).toString(true);
  }

  private List<JWK> read() {
    if (!Files.exists(file)) {
      return List.of();
    }
    try {
      return JWKSet.parse(Files.readString(file)).getKeys();
    } catch (IOException | ParseException broken) {
      throw new WrongKey(
          file
              + " is no readable JWK Set; the operator restores it from the backup (without it"
              + " receipts by earlier keys no longer verify)");
    }
  }
}
