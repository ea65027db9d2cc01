package dk.attestbro.port;

import java.util.List;

/** The storage keys, by id: the newest seals, all of them open. */
public interface StorageKeys {
  /**
   * The keys as they are now, also where another node has changed them; the one that seals first.
   */
  List<Integer> current();

  /**
   * Makes a new key, which seals from now on, unless another than {@code sealing} seals already.
   *
   * @return the key that seals now
   */
  int rotate(int sealing);

  /**
   * Destroys a key: what it sealed can never be opened again.
   *
   * @throws IllegalArgumentException where there is no such key, or it is the one that seals
   */
  void destroy(int keyId);
}
