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
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;

/**
 * Tink's envelope encryption: a fresh AES-256-GCM data key per letter, itself encrypted by the
 * storage key, the letter's reference as associated data. Several storage keys may stand in the
 * file: the newest seals, all of them open.
 */
public final class TinkSealing implements ContentSealing {
  /** Tink's output prefix: a version byte and the key's id (4 bytes). */
  private static final int PREFIX = 1 + Integer.BYTES;

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
          keys.envelope().decrypt(content.bytes(), associated(letter)), content.mediaType());
    } catch (GeneralSecurityException refused) {
      throw new IllegalStateException(
          "the content of " + letter + " is another's, was changed, or its key is gone", refused);
    }
  }

  /** The storage keys by id, the one that seals first. */
  public List<Integer> keyIds() {
    KeysetHandle keyset = keys.keyset();
    List<Integer> ids = new ArrayList<>();
    ids.add(keyset.getPrimary().getId());
    for (int i = 0; i < keyset.size(); i++) {
      if (!keyset.getAt(i).isPrimary()) {
        ids.add(keyset.getAt(i).getId());
      }
    }
    return ids;
  }

  /** The storage key that this content needs. */
  public int keyIdOf(SealedContent content) {
    ByteBuffer sealed = ByteBuffer.wrap(content.bytes());
    if (sealed.remaining() < Integer.BYTES + PREFIX) {
      throw new IllegalStateException("not a sealed content");
    }
    return sealed.getInt(Integer.BYTES + 1);
  }

  /** Makes a new storage key, which seals from now on; durable when this returns its id. */
  public synchronized int rotate() {
    try {
      KeysetHandle.Builder builder = KeysetHandle.newBuilder(keys.keyset());
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

  /**
   * Destroys a storage key that no letter needs any more: what it sealed can never be opened again,
   * in old backups neither.
   *
   * @throws IllegalArgumentException where there is no such key, or it is the one that seals
   */
  public synchronized void destroy(int keyId) {
    KeysetHandle keyset = keys.keyset();
    if (keyset.getPrimary().getId() == keyId || !keyIds().contains(keyId)) {
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
