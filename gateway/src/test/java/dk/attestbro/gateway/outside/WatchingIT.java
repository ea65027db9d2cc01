package dk.attestbro.gateway.outside;

import static dk.attestbro.gateway.outside.Organisation.AARHUS;
import static dk.attestbro.gateway.outside.Organisation.HOVEDSTADEN;
import static dk.attestbro.gateway.outside.RunningGateway.gateway;
import static dk.attestbro.gateway.outside.RunningGateway.newId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What watches the gateway by its metrics: the rules for Prometheus and the dashboard. */
@ExtendWith(RunningGateway.class)
class WatchingIT {
  private static final Path CONFIG = Path.of("..", "config");
  private static final Pattern NAMED =
      Pattern.compile("\\b(?:attestbro|http|jvm|hikaricp|process|disk|system)_[a-z_]+\\b");
  private static final Pattern EXPORTED = Pattern.compile("(?m)^([a-z_]+)[{ ]");

  @Test
  void everyMetricThatTheRulesAndTheDashboardNameIsExported() throws IOException {
    Set<String> named = named("prometheus-rules.yaml");
    named.addAll(named("grafana-dashboard.json"));
    assertThat(named).hasSizeGreaterThan(10);
    String letter = newId();
    JourneyIT.plain(AARHUS, HOVEDSTADEN, letter);
    gateway().awaitInbox(HOVEDSTADEN, letter);

    // The gauges are read anew every 10 seconds, and a queue shows once it has held something.
    await().atMost(Gateway.LIMIT).untilAsserted(() -> assertThat(exported()).containsAll(named));
  }

  private static Set<String> named(String file) throws IOException {
    return NAMED
        .matcher(Files.readString(CONFIG.resolve(file)))
        .results()
        .map(found -> found.group())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> exported() {
    return EXPORTED
        .matcher(gateway().get("operator", "/actuator/prometheus").expect(200).text())
        .results()
        .map(found -> found.group(1))
        .collect(Collectors.toSet());
  }
}
