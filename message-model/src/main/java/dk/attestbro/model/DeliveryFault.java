package dk.attestbro.model;

import java.util.regex.Pattern;

/**
 * What a channel's code says to people: why an attempt to deliver failed, and who must act. Every
 * code has exactly one: the first whose pattern it matches.
 */
public enum DeliveryFault {
  NOT_REACHED(
      "CONNECT_FAILED|TIMEOUT|CONNECTION_BROKEN|INTERRUPTED|MX_UNKNOWN|HTTP_502|HTTP_504",
      WhoActs.RECEIVER,
      "Modtagerens system kunne ikke nås eller svarede ikke i tide.",
      "The receiver's system could not be reached, or did not answer in time."),
  NOT_SECURE(
      "TLS_FAILED|TLS_REQUIRED|MX_NOT_TRUSTED|MAIL_NOT_SECURE|HOST_KEY_UNKNOWN",
      WhoActs.OPERATOR,
      "Forbindelsen kan ikke sikres: den ene side kender ikke den andens certifikat eller nøgle.",
      "The connection cannot be secured: one side does not know the other's certificate or key."),
  NOT_KNOWN_THERE(
      "HTTP_401|HTTP_403|SMTP_530.*|SMTP_LOGIN_FAILED|QUEUE_NOT_ALLOWED|SFTP_NOT_ALLOWED"
          + "|FOLDER_DENIED",
      WhoActs.RECEIVER,
      "Modtagerens system kender ikke gatewayen (mere) eller giver den ikke lov.",
      "The receiver's system does not know the gateway (any more), or does not allow it."),
  WRONG_ADDRESS(
      "HTTP_404|MX_NONE|MAIL_ADDRESS_INVALID|FOLDER_MISSING|QUEUE_UNKNOWN"
          + "|RECEIVER_HAS_NO_ENDPOINT",
      WhoActs.OPERATOR,
      "Adressen i kataloget fører ingen steder hen.",
      "The address in the directory leads nowhere."),
  OVERLOADED(
      "HTTP_408|HTTP_425|HTTP_429|HTTP_503|SMTP_4.*|DISK_FULL",
      WhoActs.RECEIVER,
      "Modtagerens system kan ikke tage mere lige nu.",
      "The receiver's system cannot take more right now."),
  FAILED_THERE(
      "HTTP_5.*|FOLDER_FAILED",
      WhoActs.RECEIVER,
      "Modtagerens system fejlede, da det fik brevet.",
      "The receiver's system failed when it was given the letter."),
  REJECTED_THERE(
      "HTTP_[34].*|SMTP_5.*",
      WhoActs.RECEIVER,
      "Modtagerens system afviste brevet.",
      "The receiver's system rejected the letter."),
  CERTIFICATE(
      "CERTIFICATE_.*|ENCRYPTION_MISSING",
      WhoActs.RECEIVER,
      "Der kan ikke krypteres til modtagerens certifikat: det mangler, er udløbet eller holder"
          + " ikke.",
      "Nothing can be encrypted to the receiver's certificate: it is missing, has expired or does"
          + " not hold."),
  NOT_CONFIGURED(
      ".*_NOT_CONFIGURED|SMTP_SECRET_UNREADABLE",
      WhoActs.OPERATOR,
      "Gatewayen mangler en indstilling for denne kanal.",
      "The gateway lacks a setting for this channel."),
  OURS(
      "CONTENT_NOT_.*|MAIL_NOT_WRITTEN",
      WhoActs.OPERATOR,
      "Gatewayen kunne ikke selv åbne eller skrive brevet.",
      "The gateway itself could not open or write the letter."),
  OTHER(
      ".*",
      WhoActs.OPERATOR,
      "Afleveringen mislykkedes; koden siger hvordan.",
      "The delivery failed; the code says how.");

  private final Pattern codes;
  private final WhoActs whoActs;
  private final Text text;

  DeliveryFault(String codes, WhoActs whoActs, String da, String en) {
    this.codes = Pattern.compile(codes);
    this.whoActs = whoActs;
    this.text = new Text(da, en);
  }

  /** What this code of a channel says. */
  public static DeliveryFault of(String code) {
    for (DeliveryFault fault : values()) {
      if (fault.codes.matcher(code).matches()) {
        return fault;
      }
    }
    return OTHER;
  }

  /** Whether any other letter on the same way would have met it too. */
  public boolean isOfTheWay() {
    return switch (this) {
      case NOT_REACHED, NOT_SECURE, NOT_KNOWN_THERE, WRONG_ADDRESS, OVERLOADED -> true;
      case FAILED_THERE, REJECTED_THERE, CERTIFICATE, NOT_CONFIGURED, OURS, OTHER -> false;
    };
  }

  /** Whether the receiver's system was reached and judged this letter. */
  public boolean gotThere() {
    return this == FAILED_THERE || this == REJECTED_THERE;
  }

  public WhoActs whoActs() {
    return whoActs;
  }

  public Text text() {
    return text;
  }
}
