package dk.attestbro.port;

import dk.attestbro.model.Payload;
import java.net.URI;
import java.util.function.Consumer;
import java.util.function.Function;

/** Empties the folders that parties put their letters into. */
public interface FileCollection {
  /**
   * One turn over one folder. A file leaves it only after the journey has said what becomes of it.
   *
   * @param take the journey's part: takes a message and says what becomes of it
   * @param refuse the answer to a file that is not even read; the code is one of the table of
   *     refusals
   * @param troubles told, as codes, of what an operator must mend; one file's trouble holds up no
   *     other
   */
  void once(
      URI folder,
      Function<Payload, ChannelAnswer> take,
      Function<String, ChannelAnswer.Refused> refuse,
      Consumer<String> troubles);
}
