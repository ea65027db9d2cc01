package dk.attestbro.directory;

import dk.attestbro.directory.DirectoryInvalid.Mistake;
import dk.attestbro.model.Agreement;
import dk.attestbro.model.Agreements;
import dk.attestbro.model.ClosingDays;
import dk.attestbro.model.DeadlineRule;
import dk.attestbro.model.Forms;
import dk.attestbro.model.WorkCalendar;
import dk.attestbro.port.AgreementSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code agreements.yaml}, checked whole and read again where it changes; absent, it says nothing
 * is agreed. A bad change is refused and logged, and what was agreed before stays in force.
 */
public final class YamlAgreements implements AgreementSource, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(YamlAgreements.class);

  private final Path file;
  private final Forms forms;
  private final Function<ClosingDays, WorkCalendar> calendars;
  private final ScheduledExecutorService watch;
  private volatile InForce inForce;
  private FileStamps accepted;
  private FileStamps seen;

  private record InForce(
      Agreements agreements, WorkCalendar calendar, Map<String, DeadlineRule> rules) {}

  /**
   * @param calendars the working days by the closing days that the file names
   * @param poll how often the file is looked at; a change counts once it has stood still for as
   *     long
   * @throws DirectoryInvalid with every mistake in the file
   */
  public YamlAgreements(
      Path file, Forms forms, Function<ClosingDays, WorkCalendar> calendars, Duration poll) {
    this.file = file;
    this.forms = forms;
    this.calendars = calendars;
    this.accepted = FileStamps.of(Set.of(file));
    this.seen = accepted;
    this.inForce = inForce(new AgreementReader(file, forms).read());
    this.watch =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "agreements-watch");
              thread.setDaemon(true);
              return thread;
            });
    watch.scheduleWithFixedDelay(
        this::look, poll.toMillis(), poll.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public Agreements current() {
    return inForce.agreements();
  }

  @Override
  public WorkCalendar calendar() {
    return inForce.calendar();
  }

  @Override
  public void close() {
    watch.shutdownNow();
  }

  private InForce inForce(AgreementReader.Reading reading) {
    return new InForce(
        Agreements.of(reading.agreements()),
        calendars.apply(reading.closingDays()),
        rules(reading.agreements()));
  }

  private static Map<String, DeadlineRule> rules(List<Agreement> agreements) {
    return agreements.stream()
        .flatMap(agreement -> agreement.deadlineRules().stream())
        .distinct()
        .collect(Collectors.toMap(DeadlineRule::reference, rule -> rule));
  }

  private void look() {
    try {
      FileStamps now = FileStamps.of(Set.of(file));
      boolean stands = now.equals(seen);
      seen = now;
      // A file that someone is still writing may be good YAML with half of its agreements.
      if (stands && !now.equals(accepted)) {
        accepted = now;
        reload();
      }
    } catch (RuntimeException unforeseen) {
      LOG.warn("the agreements could not be looked at, trying again", unforeseen);
    }
  }

  private void reload() {
    try {
      AgreementReader.Reading reading = new AgreementReader(file, forms).read();
      InForce changed = inForce(reading);
      refuseChangedRules(changed);
      inForce = changed;
      LOG.info("the agreements were read again: {}", reading.agreements().size());
    } catch (DirectoryInvalid invalid) {
      LOG.error("a change of the agreements was refused: {}", invalid.getMessage());
    }
  }

  /** Cases name the rule that their deadline was counted by, so its words may not change. */
  private void refuseChangedRules(InForce changed) {
    List<Mistake> mistakes =
        changed.rules().entrySet().stream()
            .filter(rule -> inForce.rules().containsKey(rule.getKey()))
            .filter(rule -> !isContinued(inForce.rules().get(rule.getKey()), rule.getValue()))
            .map(
                rule ->
                    new Mistake(
                        "agreements",
                        "RULE_CHANGED: "
                            + rule.getKey()
                            + " is in force with other words: raise its version"))
            .toList();
    if (!mistakes.isEmpty()) {
      throw new DirectoryInvalid(file.toString(), mistakes);
    }
  }

  /** The same words; how long they are valid may be decided later. */
  private static boolean isContinued(DeadlineRule before, DeadlineRule after) {
    return before.limits().equals(after.limits()) && before.rollForward() == after.rollForward();
  }
}
