package dk.attestbro.gateway.journey;

import dk.attestbro.model.Endpoint.Channel;
import dk.attestbro.model.Party;
import dk.attestbro.model.PartyId;
import dk.attestbro.model.Source;
import dk.attestbro.port.DirectorySource;
import dk.attestbro.port.FileCollection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Empties the folders that a party sends through, as the directory has them now. */
public final class CollectFiles {
  private final DirectorySource directory;
  private final FileCollection files;
  private final TakeFromChannel take;
  private final ChannelTroubles troubles;

  public CollectFiles(
      DirectorySource directory,
      FileCollection files,
      TakeFromChannel take,
      ChannelTroubles troubles) {
    this.directory = directory;
    this.files = files;
    this.take = take;
    this.troubles = troubles;
  }

  /** One turn over all of them. */
  public void from(PartyId party) {
    Set<String> codes = new TreeSet<>();
    for (Source source : foldersOf(party)) {
      files.once(source.address(), payload -> take.from(party, payload), take::refusal, codes::add);
    }
    troubles.now("file " + party, codes);
  }

  private List<Source> foldersOf(PartyId party) {
    return directory.current().party(party).map(Party::sources).orElse(List.of()).stream()
        .filter(source -> source.channel() == Channel.FILE)
        .toList();
  }
}
