package dk.attestbro.mail;

/**
 * What a mail may at most be. None of it is met by an honest mail; each keeps one that was made to
 * hurt from costing memory or time.
 *
 * @param bytes of the whole mail
 * @param headerBytes of one header, the mail's or a part's
 * @param parts of all multiparts together, through all layers
 * @param depth of multiparts in one another
 * @param layers of S/MIME around one another; signed, encrypted and signed again are three
 */
public record MimeLimits(int bytes, int headerBytes, int parts, int depth, int layers) {
  /** 40 MiB: an attachment of 28 MB once it is encoded for mail. */
  public static final MimeLimits DEFAULT = new MimeLimits(40 << 20, 128 << 10, 500, 12, 4);
}
