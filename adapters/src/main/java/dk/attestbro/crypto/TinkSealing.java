package dk.attestbro.crypto;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.aead.KmsEnvelopeAead;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import dk.attestbro.model.LetterRef;
import dk.attestbro.model.Payload;
import dk.attestbro.port.ContentSealing;
import dk.attestbro.port.SealedContent;
import dk.attestbro.port.StorageKeys;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;

/**
 * Tink's envelope encryption: a fresh AES-256-GCM data key per letter, itself encrypted by the
 * storage key, the letter's reference as associated data. Several storage keys may stand in the
 * file: the newest seals, all of them open. Several nodes may share the file: a change is made
 * under a lock on the file beside it, and a key that is not known here is looked for in the file.
 */
public final class TinkSealing implements ContentSealing, StorageKeys {
  private final Path file;
  private volatile Keys keys;

  private record Keys(KeysetHandle keyset, Aead envelope) {}

  /**
   * @param keyset {@link GatewayKeys#storageKeyset()}
   * @throws KeysUnusable where the file cannot be read
   */
  public TinkSealing(Path keyset) {
    this.file = keyset;
    this.keys = keys(StorageKeyset.read(keyset));
  }

  @Override
  public SealedContent seal(LetterRef letter, Payload content) {
    try {
      return new SealedContent(
          content.mediaType(), keys.envelope().encrypt(content.bytes(), associated(letter)));
    } catch (GeneralSecurityException failed) {
      throw new IllegalStateException("could not seal the content of " + letter, failed);
    }
  }

  @Override
  public Payload open(LetterRef letter, SealedContent content) {
    try {
      return new Payload(
          keysFor(content).envelope().decrypt(content.bytes(), associated(letter)),
          content.mediaType());
    } catch (GeneralSecurityException refused) {
      throw new IllegalStateException(
          "the content of " + letter + " is another's, was changed, or its key is gone", refused);
    }
  }

  /** The keys; where another node has made the one that is needed, with that. */
  private Keys keysFor(SealedContent content) {
    return keyIds(keys.keyset()).contains(content.keyId()) ? keys : readAgain();
  }

  private synchronized Keys readAgain() {
    keys = keys(StorageKeyset.read(file));
    return keys;
  }

  @Override
  public List<Integer> current() {
    return keyIds(readAgain().keyset());
  }

  private static List<Integer> keyIds(KeysetHandle keyset) {
    List<Integer> ids = new ArrayList<>();
    ids.add(keyset.getPrimary().getId());
    for (int i = 0; i < keyset.size(); i++) {
      if (!keyset.getAt(i).isPrimary()) {
        ids.add(keyset.getAt(i).getId());
      }
    }
    return ids;
  }

  @Override
  public synchronized int rotate(int sealing) {
    return SecretFile.locked(file, () -> rotated(sealing));
  }

  private int rotated(int sealing) {
    KeysetHandle keyset = readAgain().keyset();
    if (keyset.getPrimary().getId() != sealing) {
      return keyset.getPrimary().getId();
    }
    try {
      KeysetHandle.Builder builder = KeysetHandle.newBuilder(keyset);
      builder.addEntry(
          KeysetHandle.generateEntryFromParameters(PredefinedAeadParameters.AES256_GCM)
              .withRandomId()
              .makePrimary());
      replace(builder.build());
      return keys.keyset().getPrimary().getId();
    } catch (GeneralSecurityException failed) {
      throw new IllegalStateException("could not make a new storage key", failed);
    }
  }

  @Override
  public synchronized void destroy(int keyId) {
    SecretFile.locked(file, () -> destroyed(keyId));
  }

  private int destroyed(int keyId) {
    KeysetHandle keyset = readAgain().keyset();
    if (keyset.getPrimary().getId() == keyId || !keyIds(keyset).contains(keyId)) {
      throw new IllegalArgumentException("no storage key that may be destroyed has this id");
    }
    KeysetHandle.Builder builder = KeysetHandle.newBuilder(keyset);
    for (int i = 0; i < keyset.size(); i++) {
      if (keyset.getAt(i).getId() == keyId) {
        builder.deleteAt(i);
        break;
      }
    }
    try {
      replace(builder.build());
      return keyId;
    } catch (GeneralSecurityException failed) {
      throw new IllegalStateException("could not destroy the storage key", failed);
    }
  }

  private void replace(KeysetHandle changed) throws GeneralSecurityException {
    // The file first: what is sealed by a key that never reached the disk would be lost.
    StorageKeyset.write(file, changed);
    keys = keys(changed);
  }

  private static Keys keys(KeysetHandle keyset) {
    try {
      Aead storage = keyset.getPrimitive(RegistryConfiguration.get(), Aead.class);
      return new Keys(keyset, KmsEnvelopeAead.create(PredefinedAeadParameters.AES256_GCM, storage));
    } catch (GeneralSecurityException unusable) {
      throw new KeysUnusable(List.of("the storage keyset holds no AES-256-GCM keys"));
    }
  }

  private static byte[] associated(LetterRef letter) {
    return (letter.sender() + "/" + letter.id()).getBytes(StandardCharsets.UTF_8);
  }
}
