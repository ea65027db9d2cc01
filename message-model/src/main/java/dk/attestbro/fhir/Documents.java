package dk.attestbro.fhir;

import static dk.attestbro.fhir.FhirMessageReading.text;

import dk.attestbro.model.Attachment;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.DocumentReference;
import org.jspecify.annotations.Nullable;

/** The documents of a message: its Binaries and its inline Attachments that have data. */
final class Documents {
  /** One document: where it stands, what it says it is, what is said of it, where its bytes lie. */
  record Found(
      String path,
      String contentType,
      org.hl7.fhir.r4.model.Attachment description,
      Base64Span span) {
    String title() {
      return text(description.getTitle());
    }
  }

  private static final org.hl7.fhir.r4.model.Attachment NOT_DESCRIBED =
      new org.hl7.fhir.r4.model.Attachment();

  private final Skeleton skeleton;
  private final Map<String, org.hl7.fhir.r4.model.Attachment> descriptions = new HashMap<>();
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

  /**
   * Whether the base64 holds and its bytes are those that are described: as many as {@code
   * Attachment.size} says, with the SHA-1 that {@code Attachment.hash} says (R4 2.24.0.9).
   */
  boolean isAsDescribed(Found document) {
    org.hl7.fhir.r4.model.Attachment description = document.description();
    Integer size = description.getSizeElement().getValue();
    return document.span().valid()
        && (size == null || size == document.span().decodedSize())
        && (!description.hasHash()
            || Arrays.equals(description.getHash(), skeleton.digest(document.span(), sha1())));
  }

  private static MessageDigest sha1() {
    try {
      return MessageDigest.getInstance("SHA-1");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-1", impossible);
    }
  }

  private void described(org.hl7.fhir.r4.model.Attachment attachment) {
    descriptions.putIfAbsent(text(attachment.getUrl()), attachment);
  }

  /** An attachment that carries its data, or a Binary, wherever it stands. */
  private boolean document(Base element, String path, String url) {
    if (element instanceof org.hl7.fhir.r4.model.Attachment attachment) {
      add(path + ".data", text(attachment.getContentType()), attachment, attachment.getData());
      return false;
    }
    if (element instanceof Binary binary) {
      var description =
          Optional.ofNullable(descriptions.get("Binary/" + text(binary.getIdElement().getIdPart())))
              .orElseGet(() -> descriptions.getOrDefault(url, NOT_DESCRIBED));
      add(path + ".data", text(binary.getContentType()), description, binary.getData());
      return false;
    }
    return !element.isPrimitive();
  }

  private void add(
      String path,
      String contentType,
      org.hl7.fhir.r4.model.Attachment description,
      byte @Nullable [] sha256) {
    if (sha256 != null) {
      skeleton
          .span(sha256)
          .ifPresent(span -> found.add(new Found(path, contentType, description, span)));
    }
  }
}
