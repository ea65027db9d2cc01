package dk.attestbro.model;

/**
 * When a case that waits for its reply is followed up: a notice before the deadline, a first
 * reminder working days after it, a second one and an escalation calendar days after it. 0 leaves
 * that step out.
 */
public record FollowUpSchedule(
    int noticeDaysBefore,
    int reminderWorkingDaysAfter,
    int reminderDaysAfter,
    int escalationDaysAfter) {
  /** Where nothing is agreed: 3 days before, 1 working day, 7 days and 14 days after. */
  public static final FollowUpSchedule DEFAULT = new FollowUpSchedule(3, 1, 7, 14);

  public FollowUpSchedule {
    if (Math.min(
            Math.min(noticeDaysBefore, reminderWorkingDaysAfter),
            Math.min(reminderDaysAfter, escalationDaysAfter))
        < 0) {
      throw new IllegalArgumentException("a step of a follow-up schedule is 0 or more days");
    }
  }

  /** The same without notice and reminders. */
  public FollowUpSchedule withoutReminders() {
    return new FollowUpSchedule(0, 0, 0, escalationDaysAfter);
  }
}
