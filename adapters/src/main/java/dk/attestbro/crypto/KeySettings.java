package dk.attestbro.crypto;

import java.nio.file.Path;
import java.security.PublicKey;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Where the gateway's keys come from.
 *
 * @param folder where a key lies that has no source of its own, and always those of the records
 * @param kind of the keys that are made
 * @param makeMissing makes what is missing in the folder, once, with a warning
 * @param name the gateway's name in certificates that are made
 * @param named keys with a source of their own
 * @param retired sources of keys that still open and are used for nothing else
 * @param strong which public keys are strong enough
 */
public record KeySettings(
    Path folder,
    KeyKind kind,
    boolean makeMissing,
    String name,
    Map<OwnKey, KeySource> named,
    List<KeySource> retired,
    Predicate<PublicKey> strong) {
  public KeySettings {
    named = Map.copyOf(named);
    retired = List.copyOf(retired);
  }
}
