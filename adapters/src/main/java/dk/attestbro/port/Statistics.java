package dk.attestbro.port;

/** The figures of cases and notices, out of the facts that commits put beside them. */
public interface Statistics {
  /**
   * The figures as the facts stood at the cut-off: the same question gives the same answer for
   * ever. They are exact and not yet fit to be shown: small numbers are in them.
   */
  StatisticsFigures figures(StatisticsQuery query);
}
