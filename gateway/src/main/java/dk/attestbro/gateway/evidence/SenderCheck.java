package dk.attestbro.gateway.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import dk.attestbro.model.Certificate;
import dk.attestbro.model.Digest;
import dk.attestbro.model.Evidence;
import dk.attestbro.model.SignatureTrust;
import dk.attestbro.model.TimelineCode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * By what each letter is known to be its sender's: by a signature over what is in the package, by
 * the certificate that the chain tells of; or by the gateway's word.
 */
final class SenderCheck {
  private final SignedFiles signed;
  private final Consumer<String> said;
  private final Consumer<String> broken;

  SenderCheck(SignedFiles signed, Consumer<String> said, Consumer<String> broken) {
    this.signed = signed;
    this.said = said;
    this.broken = broken;
  }

  /** Says it of one letter, by the entries about it. */
  void check(int number, JsonNode letter, List<Evidence> about) {
    List<SignatureTrust> relied =
        about.stream()
            .filter(entry -> entry.code() == TimelineCode.SIGNATURE_TRUSTED)
            .flatMap(entry -> SignatureTrust.parse(entry.detail()).stream())
            .toList();
    if (letter.path("signature").isTextual()) {
      signature(number, letter.path("signature").asText(), relied, about);
    } else if (relied.stream().anyMatch(one -> one.signed().isPresent())) {
      say(number, "its sender signed it; the signature is not in this package");
    } else if (!relied.isEmpty()) {
      say(number, "a signature was relied upon that was not kept");
    } else {
      say(
          number,
          "no signature of its sender: who sent it is the gateway's word (the certificate of a"
              + " connection, a token, a sign-in or a mail domain)");
    }
  }

  private void signature(
      int number, String path, List<SignatureTrust> relied, List<Evidence> about) {
    Optional<SignedFiles.Found> found =
        path.equals(PackageFiles.signature(number)) ? signed.found(number) : Optional.empty();
    if (found.isEmpty()) {
      broken.accept(path + ": is missing, or does not stand before what it signs");
      return;
    }
    if (found.get().wrong().isPresent()) {
      broken.accept(
          path + ": does not hold over what is in the package: " + found.get().wrong().get());
      return;
    }
    List<SignatureTrust> told =
        relied.stream()
            .filter(one -> one.signed().equals(Optional.of(found.get().signed())))
            .toList();
    if (told.isEmpty()) {
      broken.accept(path + ": signs something else than " + PackageFiles.EVENTS + " tells of");
      return;
    }
    Set<Digest> trusted = told.stream().map(one -> one.path().get(0)).collect(Collectors.toSet());
    List<Digest> signers = found.get().signers().stream().map(Certificate::fingerprint).toList();
    if (!trusted.containsAll(signers)) {
      broken.accept(path + ": is by another certificate than " + PackageFiles.EVENTS + " tells of");
      return;
    }
    say(number, "the signature of its sender holds over " + over(found.get(), about) + by(signers));
  }

  private static String over(SignedFiles.Found found, List<Evidence> about) {
    if (found.body().isEmpty()) {
      return "its content";
    }
    Set<Digest> contents =
        about.stream().flatMap(entry -> entry.content().stream()).collect(Collectors.toSet());
    SignedFiles.Body body = found.body().get();
    if (contents.contains(body.digest())) {
      return "its content as it came, which was sent on in another envelope";
    }
    return body.message().filter(contents::contains).isPresent()
        ? "the mail that it came in, which holds its content"
        : "the mail that the gateway wrote it from";
  }

  private static String by(List<Digest> signers) {
    return signers.stream().map(Digest::hex).collect(Collectors.joining(", ", ": ", ""));
  }

  private void say(int number, String what) {
    said.accept("letter " + number + ": " + what);
  }
}
