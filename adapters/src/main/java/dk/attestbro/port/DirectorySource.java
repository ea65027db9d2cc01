package dk.attestbro.port;

import dk.attestbro.model.Directory;

/** The directory as it stands now; a bad change of its file leaves the old one in force. */
public interface DirectorySource {
  Directory current();
}
