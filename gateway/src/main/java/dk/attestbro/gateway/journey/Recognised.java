package dk.attestbro.gateway.journey;

/** Whether a letter is known already. */
public sealed interface Recognised {
  /** Never seen: the journey goes on. */
  record NewLetter(AuthenticatedMessage message) implements Recognised {}

  /** Known: the answer is found. */
  record KnownLetter(Answer answer) implements Recognised {}
}
