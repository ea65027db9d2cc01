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
 * @param signed what the sender of the letter signed, to the byte; empty for a signature that is
 *     not the sender's
 */
public record SignatureTrust(
    List<Digest> path, List<Digest> proofs, boolean onGrace, Optional<Digest> signed) {
  private static final String PATH = "path=";
  private static final String PROOFS = "proofs=";
  private static final String ON_GRACE = "on-grace";
  private static final String SIGNED = "signed=";

  public SignatureTrust {
    path = List.copyOf(path);
    proofs = List.copyOf(proofs);
    if (path.isEmpty()) {
      throw new IllegalArgumentException("a signature is relied upon by a certificate");
    }
  }

  /** As it stands in an entry. */
  public String detail() {
    return PATH
        + listed(path)
        + " "
        + PROOFS
        + listed(proofs)
        + (onGrace ? " " + ON_GRACE : "")
        + signed.map(digest -> " " + SIGNED + digest.hex()).orElse("");
  }

  private static String listed(List<Digest> digests) {
    return digests.stream().map(Digest::hex).collect(Collectors.joining(","));
  }

  /** What an entry tells; empty where it cannot be read. */
  public static Optional<SignatureTrust> parse(String detail) {
    List<String> words = new ArrayList<>(Arrays.asList(detail.split(" ", -1)));
    String last = words.get(words.size() - 1);
    boolean tellsSigned = last.startsWith(SIGNED) && words.remove(last);
    boolean onGrace = words.remove(ON_GRACE);
    if (words.size() != 2 || !words.get(0).startsWith(PATH) || !words.get(1).startsWith(PROOFS)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new SignatureTrust(
              digests(words.get(0).substring(PATH.length())),
              digests(words.get(1).substring(PROOFS.length())),
              onGrace,
              tellsSigned
                  ? Optional.of(new Digest(last.substring(SIGNED.length())))
                  : Optional.empty()));
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
