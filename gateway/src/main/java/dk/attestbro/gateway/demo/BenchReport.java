package dk.attestbro.gateway.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/**
 * What a bench run found. CPU in milliseconds of the gateway's own process per exchange; key
 * operations per exchange; memory in megabytes, 0 where the system does not tell.
 */
record BenchReport(
    BenchOptions options,
    int letterBytes,
    long exchanges,
    double seconds,
    BenchFigures figures,
    BenchLook look,
    double cpuPerExchange,
    double signaturesPerExchange,
    double receiptSignaturesPerExchange,
    double decryptionsPerExchange,
    double validatorLetter,
    double validatorAcknowledgement,
    long peakMegabytes,
    long errors,
    String lastError) {

  double exchangesPerSecond() {
    return seconds == 0 ? 0 : exchanges / seconds;
  }

  /** As a machine reads it. */
  String json() {
    ObjectNode json = new ObjectMapper().createObjectNode();
    json.put("keys", options.keys().toString()).put("validation", options.validation());
    json.put("clients", options.clients()).put("outstanding", options.outstanding());
    json.put("letterBytes", letterBytes).put("exchanges", exchanges).put("seconds", seconds);
    json.put("exchangesPerSecond", exchangesPerSecond());
    ObjectNode latency = json.putObject("latencyMilliseconds");
    put(latency.putObject("accepted"), figures.accepted());
    put(latency.putObject("delivered"), figures.delivered());
    put(latency.putObject("acknowledged"), figures.acknowledged());
    json.put("gatewayCpuMillisecondsPerExchange", cpuPerExchange);
    ObjectNode keys = json.putObject("privateKeyOperationsPerExchange");
    keys.put("sign", signaturesPerExchange).put("receiptSign", receiptSignaturesPerExchange);
    keys.put("decrypt", decryptionsPerExchange);
    ObjectNode alone = json.putObject("validationAloneCpuMilliseconds");
    alone.put("letter", validatorLetter).put("acknowledgement", validatorAcknowledgement);
    json.put("gatewayPeakMegabytes", peakMegabytes);
    if (options.viewers() > 0) {
      ObjectNode looked = json.putObject("look").put("viewers", look.viewers());
      looked.put("views", look.views()).put("ratio", look.ratio());
      look.slices()
          .forEach(
              slice ->
                  looked
                      .withArray("slices")
                      .addObject()
                      .put("looked", slice.looked())
                      .put("exchangesPerSecond", slice.perSecond()));
    }
    json.put("errors", errors).put("lastError", lastError);
    return json.toPrettyString();
  }

  /** As a person reads it. */
  String text() {
    StringBuilder text = new StringBuilder();
    line(
        text,
        "%s, validation %s, letters of %d bytes, %d clients with up to %d exchanges open each",
        options.keys(),
        options.validation() ? "on" : "off",
        letterBytes,
        options.clients(),
        options.outstanding());
    line(
        text,
        "exchanges (letter and acknowledgement)  %.1f a second (%d in %.0f s), %d errors%s",
        exchangesPerSecond(),
        exchanges,
        seconds,
        errors,
        lastError.isEmpty() ? "" : ", the last: " + lastError);
    line(text, "from the post, ms                           p50      p95      p99");
    latency(text, "accepted (receipt)", figures.accepted());
    latency(text, "delivered to the receiver", figures.delivered());
    latency(text, "acknowledgement at the sender", figures.acknowledged());
    line(text, "CPU of the gateway process              %.2f ms an exchange", cpuPerExchange);
    line(
        text,
        "private-key operations                  %.2f an exchange (%.2f CMS signatures, %.2f"
            + " receipts, %.2f decryptions)",
        signaturesPerExchange + receiptSignaturesPerExchange + decryptionsPerExchange,
        signaturesPerExchange,
        receiptSignaturesPerExchange,
        decryptionsPerExchange);
    line(
        text,
        "validation alone                        %.2f ms CPU a letter, %.2f ms an"
            + " acknowledgement, %.2f ms together",
        validatorLetter,
        validatorAcknowledgement,
        validatorLetter + validatorAcknowledgement);
    line(text, "peak memory of the gateway process      %d MB", peakMegabytes);
    if (options.viewers() > 0) {
      look(text);
    }
    return text.toString();
  }

  private void look(StringBuilder text) {
    for (BenchLook.Slice slice : look.slices()) {
      line(
          text,
          "  %-36s  %.1f exchanges a second",
          slice.looked() ? look.viewers() + " viewers" : "nobody looks",
          slice.perSecond());
    }
    line(
        text,
        "with %d viewers (%d views)              %.1f a second, without %.1f; ratio %.3f",
        look.viewers(),
        look.views(),
        look.perSecond(true),
        look.perSecond(false),
        look.ratio());
  }

  private static void put(ObjectNode node, BenchFigures.Latency latency) {
    node.put("p50", latency.p50()).put("p95", latency.p95()).put("p99", latency.p99());
  }

  private static void latency(StringBuilder text, String what, BenchFigures.Latency found) {
    line(text, "  %-36s %8.1f %8.1f %8.1f", what, found.p50(), found.p95(), found.p99());
  }

  private static void line(StringBuilder text, String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
