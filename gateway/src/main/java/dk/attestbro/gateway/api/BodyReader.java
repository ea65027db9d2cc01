package dk.attestbro.gateway.api;

import dk.attestbro.gateway.journey.LargeContents;
import dk.attestbro.model.MessageRefused;
import dk.attestbro.model.RefusalReason;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Reads a body into memory once, never beyond the limit: one that says it is larger is refused
 * unread, one of unknown length when it passes the limit. Nothing is written to disk.
 */
final class BodyReader {
  private static final int FIRST_BUFFER = 64 * 1024;
  private final int limit;
  private final LargeContents comingIn;
  private final LargeContents large;

  /**
   * @param comingIn the room for bodies that are being read: whoever sends slowly holds up no more
   *     than others who send
   * @param large the room for the work on them
   */
  BodyReader(ApiSettings settings, LargeContents comingIn, LargeContents large) {
    this.limit = settings.maxBodyBytes();
    this.comingIn = comingIn;
    this.large = large;
  }

  /**
   * The body.
   *
   * @throws MessageRefused TOO_LARGE; UNSUPPORTED_MEDIA_TYPE for a coded body; NOT_READABLE where
   *     it ends too early; BUSY where too many large ones are in hand
   */
  byte[] read(HttpServletRequest request) throws IOException {
    long declared = request.getContentLengthLong();
    if (declared > limit) {
      throw tooLarge();
    }
    String coding = request.getHeader("Content-Encoding");
    if (coding != null && !coding.equalsIgnoreCase("identity")) {
      throw new MessageRefused(RefusalReason.UNSUPPORTED_MEDIA_TYPE);
    }
    comingIn.begin();
    try {
      byte[] body =
          declared >= 0
              ? exactly((int) declared, request.getInputStream())
              : upToLimit(request.getInputStream());
      large.hold(body.length);
      return body;
    } finally {
      comingIn.end();
    }
  }

  private byte[] exactly(int length, InputStream in) throws IOException {
    comingIn.hold(length);
    byte[] body = new byte[length];
    if (in.readNBytes(body, 0, length) < length) {
      throw new MessageRefused(RefusalReason.NOT_READABLE);
    }
    return body;
  }

  private byte[] upToLimit(InputStream in) throws IOException {
    byte[] body = new byte[Math.min(FIRST_BUFFER, limit)];
    int length = 0;
    while (true) {
      int read = in.readNBytes(body, length, body.length - length);
      length += read;
      if (length < body.length) {
        return Arrays.copyOf(body, length);
      }
      if (length == limit) {
        if (in.read() >= 0) {
          throw tooLarge();
        }
        return body;
      }
      int most = body.length < LargeContents.SMALL ? LargeContents.SMALL : limit;
      if (body.length == LargeContents.SMALL) {
        // How long it will be nobody has said.
        comingIn.hold(limit);
      }
      body = Arrays.copyOf(body, (int) Math.min(Math.min(most, limit), body.length * 2L));
    }
  }

  private static MessageRefused tooLarge() {
    return new MessageRefused(RefusalReason.TOO_LARGE);
  }
}
