package dk.attestbro.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One reading of a message's bytes: what the journey needs to know of it, never what a validator
 * would say of it. A reading exists for every Bundle of type message with exactly one MessageHeader
 * that has an id; everything else is Optional, empty text or an empty list where the message lacks
 * it.
 */
public interface MessageReading {
  /** The bytes that were read. */
  Payload payload();

  LetterId letterId();

  Optional<BundleId> bundleId();

  /**
   * The FHIRPath in this message of an element that is named by its resource: {@code
   * Bundle.entry[2].resource.for} of {@code Task.for}. Of several Tasks it is the one that the
   * letter is about, of other resources the first. As it is where the message has none.
   */
  String pathOf(String element);

  /** {@code MessageHeader.event.code} as found. */
  String eventCode();

  /** The event where system and code are known ones. */
  Optional<EventCode> event();

  OrganisationIds sender();

  List<Destination> destinations();

  /** {@code Bundle.timestamp} where it is present with seconds and a zone. */
  Optional<Instant> timestamp();

  /** The case of a case letter: {@code Task.identifier} of the focus. */
  Optional<CaseId> caseId();

  /** Who asks in the case of a case letter, as its Task has it; empty where it names none. */
  Optional<OrganisationIds> requester();

  /** Who is asked, as the Task has it: in a forward the new unit. Empty where it names none. */
  Optional<OrganisationIds> owner();

  /** Whom a case letter is about; empty where that cannot be told. */
  Optional<Citizen> citizen();

  /**
   * The code or id of the form that a request asks for or a reply answers; empty where none is
   * named.
   */
  String form();

  /**
   * Whether this is the copy for the cc destination: a Provenance whose target is this
   * MessageHeader carries {@code carboncopy-message}.
   */
  boolean isCarbonCopy();

  /**
   * What an Acknowledgement says; empty for every other event and where it lacks identifier or
   * code.
   */
  Optional<AcknowledgementReading> acknowledgement();

  /**
   * What a case letter of an event that we read says; empty for others and where it cannot be told.
   */
  Optional<LetterContent> content();

  /**
   * What a HospitalNotification says of a discharge. Read at each call, and of no other event: what
   * is not asked for is not looked into.
   */
  Optional<HospitalDischarge> hospitalDischarge();

  /**
   * The digest of the content in canonical form: the Bundle without what a resend may change
   * (Bundle.id, timestamp, meta; times of the Provenance that targets this header), equal for JSON
   * and XML.
   */
  Digest contentDigest();

  /** The documents that the message carries (Binary and inline attachments), decoded. */
  List<Attachment> attachments();
}
