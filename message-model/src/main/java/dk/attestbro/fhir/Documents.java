package dk.attestbro.fhir;

import static dk.attestbro.fhir.FhirMessageReading.text;

import dk.attestbro.model.Attachment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.DocumentReference;

/** The documents of a message: its Binaries and its inline Attachments that have data. */
final class Documents {
  /** One document: where it stands, what it is called and says it is, where its bytes lie. */
  record Found(String path, String title, String contentType, int declaredSize, Base64Span span) {
    /** Whether the base64 holds, and decodes to as many bytes as {@code Attachment.size} says. */
    boolean hasItsSize() {
      return span.valid() && (declaredSize < 0 || declaredSize == span.decodedSize());
    }
  }

  private static final int NO_SIZE = -1;

  private final Skeleton skeleton;
  private final Map<String, String> titles = new HashMap<>();
  private final Map<String, Integer> sizes = new HashMap<>();
  private final List<Found> found = new ArrayList<>();

  Documents(Bundle bundle, Skeleton skeleton) {
    this.skeleton = skeleton;
    for (var entry : bundle.getEntry()) {
      if (entry.getResource() instanceof DocumentReference reference) {
        reference.getContent().stream()
            .map(DocumentReference.DocumentReferenceContentComponent::getAttachment)
            .forEach(this::described);
      }
    }
    for (int index = 0; index < bundle.getEntry().size(); index++) {
      Bundle.BundleEntryComponent entry = bundle.getEntry().get(index);
      if (entry.getResource() != null) {
        String url = text(entry.getFullUrl());
        Elements.visit(
            entry.getResource(),
            FhirMessageReading.path(index),
            (element, path) -> document(element, path, url));
      }
    }
  }

  List<Found> all() {
    return found;
  }

  /** Every document, decoded; one whose base64 is broken is left out. */
  List<Attachment> attachments() {
    return found.stream()
        .filter(document -> document.span().valid())
        .map(
            document ->
                new Attachment(
                    document.title(), document.contentType(), skeleton.document(document.span())))
        .toList();
  }

  private void described(org.hl7.fhir.r4.model.Attachment attachment) {
    String url = text(attachment.getUrl());
    titles.putIfAbsent(url, text(attachment.getTitle()));
    if (attachment.hasSize()) {
      sizes.putIfAbsent(url, attachment.getSize());
    }
  }

  /** An attachment that carries its data, or a Binary, wherever it stands. */
  private boolean document(Base element, String path, String url) {
    if (element instanceof org.hl7.fhir.r4.model.Attachment attachment) {
      add(
          path + ".data",
          text(attachment.getTitle()),
          text(attachment.getContentType()),
          attachment.hasSize() ? attachment.getSize() : NO_SIZE,
          attachment.getData());
      return false;
    }
    if (element instanceof Binary binary) {
      String id = text(binary.getIdElement().getIdPart());
      String named = titles.containsKey("Binary/" + id) ? "Binary/" + id : url;
      add(
          path + ".data",
          titles.getOrDefault(named, ""),
          text(binary.getContentType()),
          sizes.getOrDefault(named, NO_SIZE),
          binary.getData());
      return false;
    }
    return !element.isPrimitive();
  }

  private void add(String path, String title, String contentType, int size, byte[] sha256) {
    if (sha256 != null) {
      skeleton
          .span(sha256)
          .ifPresent(span -> found.add(new Found(path, title, contentType, size, span)));
    }
  }
}
