package dk.attestbro.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * By what a signature was relied upon, in digests, as an entry of the evidence tells it.
 *
 * @param path the certificate that signed, then those above it up to the root; it alone where the
 *     directory pins it
 * @param proofs what showed that none of them was revoked
 * @param onGrace whether a proof was older than it should be
 */
public record SignatureTrust(List<Digest> path, List<Digest> proofs, boolean onGrace) {
  private static final String PATH = "path=";
  private static final String PROOFS = "proofs=";
  private static final String ON_GRACE = "on-grace";

  public SignatureTrust {
    path = List.copyOf(path);
    proofs = List.copyOf(proofs);
    if (path.isEmpty()) {
      throw new IllegalArgumentException("a signature is relied upon by a certificate");
    }
  }

  /** As it stands in an entry. */
  public String detail() {
    return PATH + listed(path) + " " + PROOFS + listed(proofs) + (onGrace ? " " + ON_GRACE : "");
  }

  private static String listed(List<Digest> digests) {
    return digests.stream().map(Digest::hex).collect(Collectors.joining(","));
  }

  /** What an entry tells; empty where it cannot be read. */
  public static Optional<SignatureTrust> parse(String detail) {
    List<String> words = new ArrayList<>(Arrays.asList(detail.split(" ", -1)));
    boolean onGrace = words.remove(ON_GRACE);
    if (words.size() != 2 || !words.get(0).startsWith(PATH) || !words.get(1).startsWith(PROOFS)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new SignatureTrust(
              digests(words.get(0).substring(PATH.length())),
              digests(words.get(1).substring(PROOFS.length())),
              onGrace));
    } catch (IllegalArgumentException unreadable) {
      return Optional.empty();
    }
  }

  private static List<Digest> digests(String listed) {
    return listed.isEmpty()
        ? List.of()
        : Arrays.stream(listed.split(",", -1)).map(Digest::new).toList();
  }
}
