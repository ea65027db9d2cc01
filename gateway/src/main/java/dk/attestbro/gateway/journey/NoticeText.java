package dk.attestbro.gateway.journey;

import dk.attestbro.model.Notice;
import dk.attestbro.model.Text;
import dk.attestbro.model.TimelineCode;
import dk.attestbro.port.DueNotice;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** What a notice says as a mail: Danish, English below, then its facts, one a line. */
final class NoticeText {
  private static final Map<String, String> NAMES =
      Map.of(
          "case", "Sag / case",
          "form", "Attest / form",
          "requester", "Anmoder / requester",
          "responder", "Skylder svaret / owes the reply",
          "due", "Sidste dag / last day",
          "party", "Part / party",
          "subject", "Senest om / latest about",
          "detail", "Senest hvad / latest what");

  private NoticeText() {}

  /** A kind of notice, and of an alert its code. */
  static String subject(DueNotice due) {
    return "Attestbro: "
        + switch (due.notice().kind()) {
          case ESCALATION -> "et svar er meget forsinket / a reply is long overdue";
          case INBOX_NEWS -> "nyt i indbakken / new in the inbox";
          case ALERT -> "alarm " + due.notice().code();
        };
  }

  static String of(DueNotice due, Optional<String> publicUrl) {
    Notice notice = due.notice();
    Text said = said(due);
    StringBuilder text = new StringBuilder();
    text.append(said.da()).append("\n\n").append(said.en()).append("\n\n");
    notice.facts().forEach((name, fact) -> line(text, NAMES.getOrDefault(name, name), fact));
    if (notice.kind() == Notice.Kind.ALERT) {
      line(text, "Kode / code", notice.code());
      line(text, "Siden / since", due.since().toString());
    }
    line(text, "Tid / time", notice.at().toString());
    if (notice.kind() == Notice.Kind.INBOX_NEWS) {
      publicUrl.ifPresent(url -> line(text, "Indbakken / the inbox", url + "/counter"));
    }
    return text.append("\nMailen er sendt af en maskine; svar ikke på den.\n")
        .append("This mail was sent by a machine; do not answer it.\n")
        .toString();
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append(name).append(": ").append(value).append('\n');
  }

  private static Text said(DueNotice due) {
    return switch (due.notice().kind()) {
      case ESCALATION ->
          new Text(
              "Svaret på en anmodning om attest er meget forsinket. I står i aftalen som dem, der"
                  + " skal have det at vide.",
              "The reply to a request for a certificate is long overdue. The agreement names you as"
                  + " those to be told.");
      case INBOX_NEWS ->
          new Text(
              "Nyt i indbakken siden sidste mail: " + due.count() + ".",
              "New in the inbox since the last mail: " + due.count() + ".");
      case ALERT -> alert(due);
    };
  }

  private static Text alert(DueNotice due) {
    Text code =
        Arrays.stream(TimelineCode.values())
            .filter(known -> known.name().equals(due.notice().code()))
            .findFirst()
            .map(TimelineCode::text)
            .orElse(new Text("Ukendt kode.", "Unknown code."));
    return new Text(
        code.da()
            + "\nAntal siden sidste mail: "
            + due.count()
            + ". Hvad der er at gøre: docs/alerts.md.",
        code.en()
            + "\nNumber since the last mail: "
            + due.count()
            + ". What to do: docs/alerts.md.");
  }
}
