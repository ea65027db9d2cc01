package dk.attestbro.crypto;

import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;

/** The storage keys as a Tink keyset in a file of the owner's alone. */
final class StorageKeyset {
  static {
    try {
      AeadConfig.register();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("Tink's AEAD cannot be set up", impossible);
    }
  }

  private StorageKeyset() {}

  /** A keyset of one new key. */
  static String made() {
    try {
      return text(KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("a storage key could not be made", impossible);
    }
  }

  /**
   * @throws KeysUnusable where the file cannot be read
   */
  static KeysetHandle read(Path file) {
    try {
      return TinkJsonProtoKeysetFormat.parseKeyset(
          Files.readString(file), InsecureSecretKeyAccess.get());
    } catch (IOException | GeneralSecurityException unreadable) {
      // SECURITY: the cause may quote the file, so it is not kept.
      throw new KeysUnusable(List.of(file + " cannot be read as a Tink keyset"));
    }
  }

  static void write(Path file, KeysetHandle keyset) throws GeneralSecurityException {
    SecretFile.write(file, text(keyset));
  }

  private static String text(KeysetHandle keyset) throws GeneralSecurityException {
    // The operating system keeps this file: there is no key management service to wrap it with.
    return TinkJsonProtoKeysetFormat.serializeKeyset(keyset, InsecureSecretKeyAccess.get());
  }
}
