package dk.attestbro.directory;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Why a file cannot be read or written, in words for the person who can mend it. */
public final class FileTrouble {
  private FileTrouble() {}

  /** The reason, without the file's name. */
  public static String of(IOException failed) {
    if (failed instanceof NoSuchFileException) {
      return "there is no such file";
    }
    if (failed instanceof AccessDeniedException) {
      return "the gateway's user may not do that";
    }
    if (failed instanceof NotDirectoryException) {
      return "it is no folder";
    }
    if (failed instanceof CharacterCodingException) {
      return "it is no text in UTF-8";
    }
    String said = failed instanceof FileSystemException of ? of.getReason() : failed.getMessage();
    return said == null || said.isBlank() ? failed.getClass().getSimpleName() : said;
  }
}
