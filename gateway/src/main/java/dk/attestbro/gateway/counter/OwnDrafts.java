package dk.attestbro.gateway.counter;

import dk.attestbro.gateway.api.AccessNotes;
import dk.attestbro.gateway.api.PlainLetters;
import dk.attestbro.gateway.journey.DraftContent;
import dk.attestbro.gateway.journey.KeepDrafts;
import dk.attestbro.gateway.journey.KeepDrafts.Saved;
import dk.attestbro.gateway.journey.KeepDrafts.Version;
import dk.attestbro.gateway.pages.PageInput;
import dk.attestbro.gateway.pages.PagePaths;
import dk.attestbro.model.AccessAct;
import dk.attestbro.model.Attachment;
import dk.attestbro.model.Citizen;
import dk.attestbro.model.CitizenRules;
import dk.attestbro.model.PartyId;
import dk.attestbro.port.KeptDraft;
import dk.attestbro.port.Staff;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

/**
 * The drafts of the party that someone acts for. A form that shows one says so in two hidden
 * fields: which, and in which version. Every look and every change is noted in the access log.
 */
final class OwnDrafts {
  static final String ID = "_draft";
  static final String VERSION = "_version";

  /** Ticked where the document that was kept is not wanted any more. */
  static final String WITHOUT = "_without";

  /** Fields that belong to a page and not to what is being written. */
  private static final Set<String> OF_A_PAGE =
      Set.of("_csrf", "_do", ActPages.LETTER_ID, ID, VERSION, WITHOUT, "confirmDuplicate");

  private final KeepDrafts drafts;
  private final PlainLetters letters;
  private final AccessNotes access;

  OwnDrafts(KeepDrafts drafts, PlainLetters letters, AccessNotes access) {
    this.drafts = drafts;
    this.letters = letters;
    this.access = access;
  }

  static String link(KeptDraft draft) {
    return PagePaths.COUNTER + "/drafts/" + draft.id();
  }

  /**
   * Keeps what stands in a form.
   *
   * @throws dk.attestbro.model.MessageRefused DRAFTS_FULL or TOO_LARGE
   */
  Saved save(
      Staff staff,
      KeptDraft.Subject subject,
      MultiValueMap<String, String> fields,
      List<Attachment> documents) {
    Map<String, List<String>> written = new HashMap<>(fields);
    written.keySet().removeAll(OF_A_PAGE);
    Saved saved =
        drafts.save(version(fields), subject, staff.id(), new DraftContent(written, documents));
    access.noteDraft(
        staff.caller(), AccessAct.DRAFT_KEPT, saved.draft(), citizen(subject.kind(), fields));
    return saved;
  }

  /** The fields of a form that shows this draft from now on. */
  static FilledForm showing(KeptDraft draft, MultiValueMap<String, String> fields) {
    MultiValueMap<String, String> all = new LinkedMultiValueMap<>(fields);
    all.set(ID, draft.id().toString());
    all.set(VERSION, String.valueOf(draft.version()));
    // What was left out is left out of the draft now.
    all.remove(WITHOUT);
    return FilledForm.of(all);
  }

  /**
   * A draft as it is now.
   *
   * @throws dk.attestbro.model.MessageRefused NOT_FOUND
   */
  KeptDraft find(Staff staff, String id) {
    return drafts.find(OwnCases.party(staff), PageInput.uuid(id));
  }

  /** What was written in it, for reading. */
  DraftContent read(Staff staff, KeptDraft draft) {
    DraftContent content = drafts.open(draft).content();
    access.noteDraft(
        staff.caller(),
        AccessAct.DRAFT_READ,
        draft,
        citizen(draft.subject().kind(), FilledForm.of(content.fields()).fields()));
    return content;
  }

  /** The documents of the draft that a form shows, as they are kept now. */
  List<Attachment> documents(Staff staff, MultiValueMap<String, String> fields) {
    if (fields.containsKey(WITHOUT)) {
      return List.of();
    }
    return version(fields)
        .flatMap(version -> drafts.known(OwnCases.party(staff), version.id()))
        .map(draft -> drafts.open(draft).content().documents())
        .orElse(List.of());
  }

  /** Whether the draft that a form shows has been saved by another since, or is gone. */
  boolean isOvertaken(Staff staff, MultiValueMap<String, String> fields) {
    return version(fields)
        .filter(version -> drafts.find(OwnCases.party(staff), version).isEmpty())
        .isPresent();
  }

  /** What a form said was sent: its draft goes, unless another has saved it since. */
  void sent(Staff staff, MultiValueMap<String, String> fields) {
    PartyId party = OwnCases.party(staff);
    version(fields)
        .flatMap(version -> drafts.find(party, version))
        .ifPresent(draft -> delete(staff, draft));
  }

  /** Deletes it; false where another has saved it since. */
  boolean delete(Staff staff, KeptDraft draft) {
    boolean deleted = drafts.delete(draft.subject().party(), Version.of(draft));
    if (deleted) {
      access.noteDraft(staff.caller(), AccessAct.DRAFT_DELETED, draft, Optional.empty());
    }
    return deleted;
  }

  /** The draft that a form shows; empty for one that shows none. */
  private static Optional<Version> version(MultiValueMap<String, String> fields) {
    String id = FilledForm.of(fields).value(ID);
    if (id.isEmpty()) {
      return Optional.empty();
    }
    int number =
        PageInput.count(FilledForm.of(fields).value(VERSION))
            .orElseThrow(() -> PageInput.invalid(VERSION));
    return Optional.of(new Version(PageInput.uuid(id), number));
  }

  /** Whom a request is about, where the number can be one. */
  private Optional<Citizen> citizen(KeptDraft.Kind kind, MultiValueMap<String, String> fields) {
    return kind == KeptDraft.Kind.REQUEST
        ? letters
            .draft(FormBody.of(fields).json())
            .content()
            .request()
            .citizen()
            .filter(OwnDrafts::isOne)
        : Optional.empty();
  }

  private static boolean isOne(Citizen citizen) {
    return CitizenRules.isCpr(citizen.id())
        || CitizenRules.isXEcpr(citizen.id())
        || CitizenRules.isDEcpr(citizen.id());
  }
}
