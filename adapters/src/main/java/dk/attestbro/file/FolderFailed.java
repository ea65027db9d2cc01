package dk.attestbro.file;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Locale;
import java.util.Optional;

/** What kept a folder from doing what was asked, as a code fit for operators. */
final class FolderFailed extends IOException {
  static final String TOO_LARGE = "TOO_LARGE";
  static final String FOLDER_MISSING = "FOLDER_MISSING";
  static final String FOLDER_DENIED = "FOLDER_DENIED";
  static final String DISK_FULL = "DISK_FULL";
  static final String FOLDER_FAILED = "FOLDER_FAILED";
  static final String CONNECT_FAILED = "CONNECT_FAILED";
  static final String HOST_KEY_UNKNOWN = "HOST_KEY_UNKNOWN";
  static final String SFTP_NOT_ALLOWED = "SFTP_NOT_ALLOWED";
  static final String SFTP_NOT_CONFIGURED = "SFTP_NOT_CONFIGURED";

  private static final long serialVersionUID = 1L;

  private final String code;

  FolderFailed(String code) {
    super(code);
    this.code = code;
  }

  /** SECURITY: the cause's text may hold a file's name, which the sender chose: the code only. */
  FolderFailed(String code, Throwable cause) {
    super(code, cause);
    this.code = code;
  }

  String code() {
    return code;
  }

  /** The code for whatever a folder threw. */
  static String codeOf(IOException failed) {
    if (failed instanceof FolderFailed coded) {
      return coded.code();
    }
    if (failed instanceof NoSuchFileException || failed instanceof NotDirectoryException) {
      return FOLDER_MISSING;
    }
    if (failed instanceof AccessDeniedException) {
      return FOLDER_DENIED;
    }
    return isFull(failed) ? DISK_FULL : FOLDER_FAILED;
  }

  private static boolean isFull(IOException failed) {
    String text =
        failed instanceof FileSystemException inFiles
            ? Optional.ofNullable(inFiles.getReason()).orElse("")
            : Optional.ofNullable(failed.getMessage()).orElse("");
    String lower = text.toLowerCase(Locale.ROOT);
    return lower.contains("no space left") || lower.contains("quota exceeded");
  }
}
