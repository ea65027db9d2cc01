package dk.attestbro.port;

import java.util.Optional;

/** What becomes of a message that came in through a queue or a folder. */
public sealed interface ChannelAnswer {
  /** We hold it, now or since before: it may leave the channel. */
  record Taken(Optional<AnswerDocument> answer) implements ChannelAnswer {}

  /** We do not take it, now or ever: it leaves the channel, and the sender is told why. */
  record Refused(String code, AnswerDocument answer) implements ChannelAnswer {}

  /** Nothing was promised: it stays in the channel and comes again. */
  record Later(String code) implements ChannelAnswer {}
}
