package dk.attestbro.fhir;

import dk.attestbro.model.LetterId;
import dk.attestbro.model.MessageReader;
import dk.attestbro.model.MessageReading;
import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.Payload;
import dk.attestbro.model.RefusalReason;
import java.util.List;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.MessageHeader;

/**
 * Reads FHIR R4 messages with HAPI, but only what a first pass over the bytes has found bounded and
 * has taken the attachments and the narratives out of.
 */
public final class FhirMessageReader implements MessageReader {
  private final ReadingLimits limits;

  /** A reader with the default limits. */
  public FhirMessageReader() {
    this(ReadingLimits.DEFAULT);
  }

  public FhirMessageReader(ReadingLimits limits) {
    this.limits = limits;
  }

  @Override
  public MessageReading read(Payload payload) {
    Skeleton skeleton = Skeleton.of(payload, limits);
    ReadBundle read = ReadBundle.of(skeleton, payload.mediaType());
    return new FhirMessageReading(payload, skeleton, read, onlyHeader(read.bundle()));
  }

  private static int onlyHeader(Bundle bundle) {
    List<Bundle.BundleEntryComponent> entries = bundle.getEntry();
    int found = -1;
    for (int index = 0; index < entries.size(); index++) {
      if (entries.get(index).getResource() instanceof MessageHeader header) {
        if (found >= 0 || !hasId(header)) {
          throw new MessageRefused(RefusalReason.NOT_FHIR, "Bundle.entry[" + index + "].resource");
        }
        found = index;
      }
    }
    if (found < 0) {
      throw new MessageRefused(RefusalReason.NOT_FHIR, "Bundle.entry");
    }
    return found;
  }

  /** In an address {@code .} and {@code ..} name no letter (RFC 3986 section 5.2.4). */
  private static boolean hasId(MessageHeader header) {
    String id = header.getIdElement().getIdPart();
    return id != null && LetterId.parse(id).isPresent() && !id.equals(".") && !id.equals("..");
  }
}
