package dk.attestbro.http;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;

/**
 * Collects a response body up to a limit and until a time. A longer one, a later one, or one that
 * breaks off, is empty: the status has arrived by then, and decides alone.
 */
final class CappedBody implements BodySubscriber<Optional<byte[]>> {
  private final int most;
  private final ByteArrayOutputStream collected = new ByteArrayOutputStream();
  private final CompletableFuture<Optional<byte[]>> body = new CompletableFuture<>();
  private volatile boolean isOver;

  /**
   * @param deadline by {@link System#nanoTime()}
   */
  CappedBody(int most, long deadline) {
    this.most = most;
    body.completeOnTimeout(Optional.empty(), deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
  }

  @Override
  public CompletionStage<Optional<byte[]>> getBody() {
    return body;
  }

  @Override
  public void onSubscribe(Flow.Subscription begun) {
    // What is still to come of a body that is too long or too late is not waited for.
    body.thenRun(
        () -> {
          if (!isOver) {
            begun.cancel();
          }
        });
    begun.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    for (ByteBuffer buffer : buffers) {
      if (collected.size() + buffer.remaining() > most) {
        body.complete(Optional.empty());
        return;
      }
      byte[] bytes = new byte[buffer.remaining()];
      buffer.get(bytes);
      collected.writeBytes(bytes);
    }
  }

  @Override
  public void onError(Throwable broken) {
    isOver = true;
    body.complete(Optional.empty());
  }

  @Override
  public void onComplete() {
    isOver = true;
    body.complete(Optional.of(collected.toByteArray()));
  }
}
