package dk.attestbro.gateway.counter;

import dk.attestbro.gateway.journey.KeepDrafts;
import dk.attestbro.gateway.pages.Shown;
import dk.attestbro.model.CaseId;
import dk.attestbro.model.Form;
import dk.attestbro.model.Forms;
import dk.attestbro.model.PartyId;
import dk.attestbro.port.KeptDraft;
import dk.attestbro.port.Staff;
import dk.attestbro.port.StaffDirectory;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A party's drafts as its people see them listed: what, to whom, by whom, and nothing of a citizen.
 */
final class DraftList {
  private static final int MOST = 500;

  private final KeepDrafts drafts;
  private final Forms forms;
  private final StaffDirectory users;
  private final Shown shown;

  DraftList(KeepDrafts drafts, Forms forms, StaffDirectory users, Shown shown) {
    this.drafts = drafts;
    this.forms = forms;
    this.users = users;
    this.shown = shown;
  }

  /**
   * A draft.
   *
   * @param other whom it is to reach; empty where that is not chosen yet
   * @param own whether the reader saved it last
   * @param by who did, by name where the gateway's own list of users has one
   */
  record Line(
      String id,
      String kind,
      String form,
      String other,
      Optional<String> caseId,
      Instant savedAt,
      boolean own,
      String by) {}

  int count(PartyId party) {
    return drafts.count(party);
  }

  List<Line> of(Staff reader, int skipped, int limit) {
    return drafts.of(OwnCases.party(reader), skipped, limit).stream()
        .map(draft -> line(draft, reader))
        .toList();
  }

  /** Those about a case. */
  List<Line> of(Staff reader, CaseId about) {
    return drafts.of(OwnCases.party(reader), 0, MOST).stream()
        .filter(draft -> draft.subject().caseId().equals(Optional.of(about)))
        .map(draft -> line(draft, reader))
        .toList();
  }

  Line line(KeptDraft draft, Staff reader) {
    KeptDraft.Subject subject = draft.subject();
    return new Line(
        draft.id().toString(),
        subject.kind().name(),
        forms.find(subject.form()).map(Form::code).map(CaseViews::shownCode).orElse(subject.form()),
        subject.other().map(shown::party).orElse(""),
        subject.caseId().map(CaseId::toString),
        draft.savedAt(),
        draft.staff().equals(reader.id()),
        users.find(draft.staff()).map(user -> user.staff().name()).orElse(draft.staff()));
  }
}
