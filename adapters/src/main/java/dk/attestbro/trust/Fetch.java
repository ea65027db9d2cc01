package dk.attestbro.trust;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One answer over HTTP, whole, within a time and a size, or an exception that says which. */
final class Fetch {
  private final HttpClient client;
  private final Duration timeout;

  Fetch(Duration timeout) {
    this.timeout = timeout;
    this.client =
        HttpClient.newBuilder()
            .connectTimeout(timeout)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  byte[] get(URI from, int most) throws IOException {
    return send(HttpRequest.newBuilder(from).GET(), most);
  }

  byte[] post(URI to, byte[] body, String contentType, int most) throws IOException {
    return send(
        HttpRequest.newBuilder(to)
            .header("Content-Type", contentType)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body)),
        most);
  }

  private byte[] send(HttpRequest.Builder request, int most) throws IOException {
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(request.timeout(timeout).build(), unused -> new Capped(most));
    try {
      // SECURITY: the request's own time-out ends with the headers; a body could drip for ever.
      HttpResponse<byte[]> response = answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      if (response.statusCode() != 200) {
        throw new IOException("HTTP " + response.statusCode());
      }
      return response.body();
    } catch (TimeoutException late) {
      answer.cancel(true);
      throw new IOException("no answer within " + timeout, late);
    } catch (ExecutionException failed) {
      Throwable cause = failed.getCause() == null ? failed : failed.getCause();
      String why = cause.getMessage();
      throw new IOException(why == null ? cause.getClass().getSimpleName() : why, failed);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      answer.cancel(true);
      throw new IOException("interrupted", stopped);
    }
  }

  /** Keeps no more than so many bytes. */
  private static final class Capped implements BodySubscriber<byte[]> {
    private final int most;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final CompletableFuture<byte[]> whole = new CompletableFuture<>();
    private final CompletableFuture<Flow.Subscription> source = new CompletableFuture<>();

    Capped(int most) {
      this.most = most;
    }

    @Override
    public CompletionStage<byte[]> getBody() {
      return whole;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      source.complete(subscription);
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> parts) {
      for (ByteBuffer part : parts) {
        if (kept.size() + part.remaining() > most) {
          source.thenAccept(Flow.Subscription::cancel);
          whole.completeExceptionally(new IOException("longer than " + most + " bytes"));
          return;
        }
        byte[] bytes = new byte[part.remaining()];
        part.get(bytes);
        kept.writeBytes(bytes);
      }
    }

    @Override
    public void onError(Throwable failed) {
      whole.completeExceptionally(failed);
    }

    @Override
    public void onComplete() {
      whole.complete(kept.toByteArray());
    }
  }
}
