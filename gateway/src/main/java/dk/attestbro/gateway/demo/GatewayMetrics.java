package dk.attestbro.gateway.demo;

import java.nio.charset.StandardCharsets;

/** Reads the gateway's Prometheus page. */
final class GatewayMetrics {
  private final GatewayApi gateway;
  private final String operatorToken;

  GatewayMetrics(GatewayApi gateway, String operatorToken) {
    this.gateway = gateway;
    this.operatorToken = operatorToken;
  }

  /** The sum of a counter over all its labels that hold this text; 0 where there is none. */
  double sum(String name, String label) {
    String page =
        new String(
            gateway.get(operatorToken, "/actuator/prometheus", "text/plain").expect(200).body(),
            StandardCharsets.UTF_8);
    return page.lines()
        .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
        .filter(line -> line.contains(label))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }
}
