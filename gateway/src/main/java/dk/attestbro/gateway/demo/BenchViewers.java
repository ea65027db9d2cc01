package dk.attestbro.gateway.demo;

import java.io.IOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Open overview pages of the desk: each is a session of its own that asks for the part that renews
 * itself, as often as the page does. They look only while they are told to.
 */
final class BenchViewers implements AutoCloseable {
  /** As the page says it: {@code every 5s}. */
  private static final Duration EVERY = Duration.ofSeconds(5);

  private static final Pattern TOKEN =
      Pattern.compile("<input type=\"hidden\" name=\"_csrf\" value=\"([^\"]+)\"");

  private final URI base;
  private final List<Thread> threads = new ArrayList<>();
  private final LongAdder views = new LongAdder();
  private volatile boolean looking;
  private volatile boolean open = true;

  private BenchViewers(URI base) {
    this.base = base;
  }

  /** Signs in so many times; nobody looks yet. */
  static BenchViewers signedIn(URI base, int viewers, DemoFolder.User user)
      throws IOException, InterruptedException {
    BenchViewers all = new BenchViewers(base);
    for (int i = 0; i < viewers; i++) {
      HttpClient client = all.signIn(user);
      long first = EVERY.toMillis() * i / viewers;
      Thread thread = new Thread(() -> all.look(client, first), "bench-viewer-" + i);
      all.threads.add(thread);
      thread.start();
    }
    return all;
  }

  /** Whether they look from now on. */
  void look(boolean look) {
    looking = look;
  }

  /** How often the part was shown so far. */
  long views() {
    return views.sum();
  }

  private HttpClient signIn(DemoFolder.User user) throws IOException, InterruptedException {
    HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .cookieHandler(new CookieManager(null, CookiePolicy.ACCEPT_ALL))
            .build();
    Matcher token = TOKEN.matcher(get(client, "/sign-in").body());
    if (!token.find()) {
      throw new StepFailed("a sign-in page without its token");
    }
    String form =
        "_csrf="
            + encoded(token.group(1))
            + "&user="
            + encoded(user.staff().id())
            + "&password="
            + encoded(user.password());
    client.send(
        HttpRequest.newBuilder(base.resolve("/sign-in"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form))
            .build(),
        HttpResponse.BodyHandlers.discarding());
    if (get(client, "/desk").statusCode() != 200) {
      throw new StepFailed("the desk does not open");
    }
    return client;
  }

  /** The pages were not all opened in one moment: each has its own place in the five seconds. */
  private void look(HttpClient client, long first) {
    try {
      TimeUnit.MILLISECONDS.sleep(first);
      while (open) {
        if (looking && get(client, "/desk/live").statusCode() == 200) {
          views.increment();
        }
        TimeUnit.MILLISECONDS.sleep(EVERY.toMillis());
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    } catch (IOException gone) {
      open = false;
    }
  }

  private HttpResponse<String> get(HttpClient client, String path)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(base.resolve(path)).timeout(Duration.ofSeconds(60)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws InterruptedException {
    open = false;
    threads.forEach(Thread::interrupt);
    for (Thread thread : threads) {
      thread.join();
    }
  }
}
