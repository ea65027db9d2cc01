package dk.attestbro.directory;

import dk.attestbro.directory.DirectoryInvalid.Mistake;
import dk.attestbro.model.Agreement;
import dk.attestbro.model.ClosingDays;
import dk.attestbro.model.DeadlineRule;
import dk.attestbro.model.DeadlineRule.Limit;
import dk.attestbro.model.DeadlineRule.StartEvent;
import dk.attestbro.model.DeadlineRule.Unit;
import dk.attestbro.model.FollowUpSchedule;
import dk.attestbro.model.Form;
import dk.attestbro.model.Forms;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.MonthDay;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** One reading of {@code agreements.yaml}. */
final class AgreementReader {
  private static final int MOST_DAYS = 365;
  private static final int MOST_VERSIONS = 100_000;

  private final Path file;
  private final Forms forms;
  private final List<Mistake> mistakes = new ArrayList<>();
  private final Set<String> ids = new TreeSet<>();
  private final Map<String, String> covered = new HashMap<>();
  private final Map<String, DeadlineRule> rules = new HashMap<>();

  /** What the file says. */
  record Reading(ClosingDays closingDays, List<Agreement> agreements) {}

  AgreementReader(Path file, Forms forms) {
    this.file = file;
    this.forms = forms;
    for (Form form : forms.all()) {
      form.deadlineRules().forEach(rule -> rules.put(rule.reference(), rule));
    }
  }

  /**
   * @return the defaults where the file is absent
   * @throws DirectoryInvalid with every mistake
   */
  Reading read() {
    YamlSection root = YamlSection.parse(file, text(), mistakes);
    root.onlyKeys(Set.of("closingDays", "agreements"));
    ClosingDays closingDays =
        root.section("closingDays").map(this::closingDays).orElse(ClosingDays.DEFAULT);
    List<Agreement> agreements = new ArrayList<>();
    for (YamlSection section : root.sections("agreements")) {
      agreement(section).ifPresent(agreements::add);
    }
    if (!mistakes.isEmpty()) {
      throw new DirectoryInvalid(file.toString(), mistakes);
    }
    return new Reading(closingDays, agreements);
  }

  private String text() {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException nothingAgreed) {
      return "";
    } catch (CharacterCodingException notText) {
      throw new DirectoryInvalid(
          file.toString(), List.of(new Mistake("", "is not a text in UTF-8")));
    } catch (IOException unreadable) {
      throw new DirectoryInvalid(
          file.toString(),
          List.of(new Mistake("", "cannot be read: " + FileTrouble.of(unreadable))));
    }
  }

  private ClosingDays closingDays(YamlSection section) {
    section.onlyKeys(
        Set.of(
            "grundlovsdag",
            "christmasEve",
            "newYearsEve",
            "firstOfMay",
            "ascensionFriday",
            "dates",
            "everyYear"));
    ClosingDays usual = ClosingDays.DEFAULT;
    return new ClosingDays(
        section.flag("grundlovsdag", usual.grundlovsdag()),
        section.flag("christmasEve", usual.christmasEve()),
        section.flag("newYearsEve", usual.newYearsEve()),
        section.flag("firstOfMay", usual.firstOfMay()),
        section.flag("ascensionFriday", usual.ascensionFriday()),
        Set.copyOf(section.list("dates", DirectoryReader::date)),
        Set.copyOf(section.list("everyYear", AgreementReader::monthDay)));
  }

  private Optional<Agreement> agreement(YamlSection section) {
    section.onlyKeys(
        Set.of(
            "id",
            "region",
            "municipality",
            "forms",
            "deadline",
            "followUp",
            "contact",
            "dischargeFollowUp"));
    Optional<String> id = section.readRequired("id", AgreementReader::id);
    Optional<String> region = section.readRequired("region", DirectoryReader::fourDigits);
    Optional<String> municipality =
        section.readOptional("municipality", DirectoryReader::fourDigits);
    Set<String> formIds = Set.copyOf(section.list("forms", this::form));
    if (section.isEmptyList("forms")) {
      section.mistake("forms", "names no form; leave it out where all forms are meant");
    }
    List<DeadlineRule> deadlineRules = new ArrayList<>();
    for (YamlSection deadline : section.oneOrMore("deadline")) {
      rule(deadline).ifPresent(deadlineRules::add);
    }
    FollowUpSchedule followUp =
        section.section("followUp").map(this::followUp).orElse(FollowUpSchedule.DEFAULT);
    Optional<String> contact = section.readOptional("contact", AgreementReader::mailAddress);
    boolean followsNotifications =
        section.section("dischargeFollowUp").map(this::dischargeFollowUp).orElse(false);
    if (section.has("dischargeFollowUp") && section.has("forms")) {
      section.mistake(
          "dischargeFollowUp", "a discharge has no form; put it in an agreement for all forms");
    }
    if (id.isEmpty() || region.isEmpty()) {
      return Optional.empty();
    }
    Agreement agreement =
        new Agreement(
            id.get(),
            region.get(),
            municipality,
            formIds,
            deadlineRules,
            followUp,
            contact,
            followsNotifications);
    unique(agreement, section);
    return Optional.of(agreement);
  }

  private void unique(Agreement agreement, YamlSection section) {
    if (!ids.add(agreement.id())) {
      section.mistake("id", "AGREEMENT_DUPLICATE: stands twice");
    }
    for (String form : agreement.forms().isEmpty() ? Set.of("") : agreement.forms()) {
      String where = agreement.region() + "/" + agreement.municipality().orElse("") + "/" + form;
      Optional.ofNullable(covered.putIfAbsent(where, agreement.id()))
          .ifPresent(
              other ->
                  section.mistake(
                      form.isEmpty() ? "region" : "forms",
                      "AGREEMENT_DUPLICATE: '"
                          + other
                          + "' covers the same"
                          + (form.isEmpty() ? "" : " for " + form)));
    }
  }

  private Optional<DeadlineRule> rule(YamlSection section) {
    section.onlyKeys(Set.of("id", "version", "rollForward", "validFrom", "validTo", "limits"));
    Optional<String> id = section.readRequired("id", AgreementReader::id);
    int version = section.requiredNumber("version", 1, MOST_VERSIONS);
    boolean rollForward = section.flag("rollForward", false);
    Optional<LocalDate> validFrom = section.readRequired("validFrom", DirectoryReader::date);
    Optional<LocalDate> validTo = section.readOptional("validTo", DirectoryReader::date);
    if (validFrom.isPresent() && validTo.map(validFrom.get()::isAfter).orElse(false)) {
      section.mistake("validTo", "is before validFrom");
      return Optional.empty();
    }
    List<Limit> limits =
        section.sections("limits").stream().flatMap(limit -> limit(limit).stream()).toList();
    if (!section.has("limits") || section.isEmptyList("limits")) {
      section.mistake("limits", "missing");
    }
    if (id.isEmpty() || version < 1 || validFrom.isEmpty() || limits.isEmpty()) {
      return Optional.empty();
    }
    DeadlineRule rule =
        new DeadlineRule(id.get(), version, limits, rollForward, false, validFrom.get(), validTo);
    DeadlineRule other = rules.putIfAbsent(rule.reference(), rule);
    if (other != null && !other.equals(rule)) {
      section.mistake("version", "RULE_DUPLICATE: " + rule.reference() + " is another rule");
    }
    return Optional.of(rule);
  }

  private Optional<Limit> limit(YamlSection section) {
    section.onlyKeys(Set.of("start", "length", "unit", "unless"));
    Optional<StartEvent> start = section.readRequired("start", AgreementReader::startEvent);
    int length = section.requiredNumber("length", 0, Limit.LONGEST);
    Optional<Unit> unit = section.readRequired("unit", text -> code(Unit.values(), text));
    Optional<StartEvent> unless = section.readOptional("unless", AgreementReader::startEvent);
    return start.isEmpty() || unit.isEmpty() || length < 0
        ? Optional.empty()
        : Optional.of(new Limit(start.get(), length, unit.get(), unless));
  }

  private FollowUpSchedule followUp(YamlSection section) {
    section.onlyKeys(
        Set.of(
            "noticeDaysBefore",
            "reminderWorkingDaysAfter",
            "reminderDaysAfter",
            "escalationDaysAfter"));
    FollowUpSchedule usual = FollowUpSchedule.DEFAULT;
    return new FollowUpSchedule(
        section.number("noticeDaysBefore", 0, MOST_DAYS, usual.noticeDaysBefore()),
        section.number("reminderWorkingDaysAfter", 0, MOST_DAYS, usual.reminderWorkingDaysAfter()),
        section.number("reminderDaysAfter", 0, MOST_DAYS, usual.reminderDaysAfter()),
        section.number("escalationDaysAfter", 0, MOST_DAYS, usual.escalationDaysAfter()));
  }

  private boolean dischargeFollowUp(YamlSection section) {
    section.onlyKeys(Set.of("hospitalNotification"));
    return section.flag("hospitalNotification", false);
  }

  private String form(String codeOrId) {
    return forms
        .find(codeOrId)
        .map(Form::id)
        .orElseThrow(
            () ->
                new IllegalArgumentException("FORM_UNKNOWN: there is no form '" + codeOrId + "'"));
  }

  private static StartEvent startEvent(String text) {
    return code(StartEvent.values(), text);
  }

  private static <E extends Enum<E>> E code(E[] known, String text) {
    return Stream.of(known)
        .filter(value -> value.name().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "must be one of "
                        + String.join(", ", Stream.of(known).map(Enum::name).toList())));
  }

  private static String id(String text) {
    if (!text.matches("[A-Za-z0-9][A-Za-z0-9.-]{0,63}")) {
      throw new IllegalArgumentException("must be 1 to 64 letters, digits, dots or hyphens");
    }
    return text;
  }

  private static MonthDay monthDay(String text) {
    try {
      return MonthDay.parse("--" + text);
    } catch (DateTimeException wrong) {
      throw new IllegalArgumentException("must be a month and a day like 12-23", wrong);
    }
  }

  private static String mailAddress(String text) {
    if (!text.matches("[^@\\s]+@[^@\\s]+\\.[^@\\s]+")) {
      throw new IllegalArgumentException("must be a mail address");
    }
    return text;
  }
}
