package dk.attestbro.gateway.wiring;

import dk.attestbro.directory.FileTrouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationStartingEvent;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.GenericApplicationListener;

/** A running gateway. Closing it finishes what is in hand. */
public final class GatewayServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(GatewayServer.class);

  private final ConfigurableApplicationContext context;

  private GatewayServer(ConfigurableApplicationContext context) {
    this.context = context;
  }

  /**
   * Starts the gateway and returns once it is up.
   *
   * @param config the folder with application.yaml, directory.yaml, agreements.yaml, tokens.yaml
   *     and forms
   * @param data the folder for keys, database and broker, made where it is missing
   * @param port the listener's port, 0 for any that is free; negative: as configured
   * @throws StartRefused with everything that is wrong and where to mend it
   */
  public static GatewayServer start(Path config, Path data, int port) {
    return start(config, data, port, Map.of());
  }

  /** As {@link #start(Path, Path, int)}, with settings that go before the files'. */
  public static GatewayServer start(
      Path config, Path data, int port, Map<String, String> overriding) {
    WrittenSettings written = WrittenSettings.in(config);
    makeFolder(data);
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("attestbro.config", config.toAbsolutePath().toString());
    settings.put("attestbro.data", data.toAbsolutePath().toString());
    if (port >= 0) {
      settings.put("server.port", port);
    }
    settings.putAll(overriding);
    String[] arguments =
        settings.entrySet().stream()
            .map(e -> "--" + e.getKey() + "=" + e.getValue())
            .toArray(String[]::new);
    SpringApplication application = new SpringApplication(GatewayApplication.class);
    // Not before: from this event on Spring holds the log back until it has the form that is
    // configured, and a collector cannot read another.
    application.addListeners(
        GenericApplicationListener.forEventType(
            ApplicationStartingEvent.class, starting -> WarmUp.begin()),
        GenericApplicationListener.forEventType(
            ContextClosedEvent.class,
            closing -> LOG.info("stops: what is in hand is finished first")));
    application.setDefaultProperties(
        Map.of(
            "spring.config.additional-location",
            "optional:file:" + config.toAbsolutePath() + "/application.yaml"));
    try {
      GatewayServer started = new GatewayServer(application.run(arguments));
      LOG.info(
          "listens on port {}, pages at /sign-in; config {}, data {};"
              + " health is UP once the validator is warm",
          started.port(),
          config.toAbsolutePath(),
          data.toAbsolutePath());
      warn(written);
      return started;
    } catch (RuntimeException failed) {
      warn(written);
      throw StartRefused.of(failed);
    }
  }

  private static void warn(WrittenSettings written) {
    written
        .unknown()
        .forEach(name -> LOG.warn("no such setting, nothing is done with it: {}", name));
  }

  /** The port that it listens on. */
  public int port() {
    return ((ServletWebServerApplicationContext) context).getWebServer().getPort();
  }

  /**
   * Waits until the validator is warm, which is when health says UP.
   *
   * @throws IllegalStateException where it never will be
   */
  public void awaitUp() throws InterruptedException {
    context.getBean(WarmUp.class).await();
  }

  /** One of its parts, for tests. */
  public <T> T part(Class<T> type) {
    return context.getBean(type);
  }

  @Override
  public void close() {
    context.close();
  }

  private static void makeFolder(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException failed) {
      throw new StartRefused(
          "the data folder " + folder + " cannot be made: " + FileTrouble.of(failed));
    }
  }
}
