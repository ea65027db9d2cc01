package dk.attestbro.gateway.routes;

import dk.attestbro.mail.MailAccount;
import dk.attestbro.mail.MailWatch;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Consumer;
import org.apache.camel.spi.ScheduledPollConsumerScheduler;
import org.apache.camel.support.service.ServiceSupport;
import org.jspecify.annotations.Nullable;

/**
 * When an account is looked at: at once where its server tells of a new mail, and in any case every
 * {@code poll}. One look at a time; what is told during one leads to another.
 */
final class MailLooks extends ServiceSupport implements ScheduledPollConsumerScheduler {
  private final MailAccount account;
  private final Semaphore told = new Semaphore(0);
  private Optional<Runnable> look = Optional.empty();
  private Optional<Looking> looking = Optional.empty();
  private @Nullable CamelContext camel;

  private record Looking(Thread thread, MailWatch watch) {}

  MailLooks(MailAccount account) {
    this.account = account;
  }

  @Override
  public void onInit(Consumer consumer) {
    // Nothing of it is needed.
  }

  @Override
  public void scheduleTask(Runnable task) {
    look = Optional.of(task);
  }

  @Override
  public void startScheduler() {
    if (looking.isEmpty()) {
      Runnable task = look.orElseThrow();
      Thread thread = new Thread(() -> again(task), "look-at-mail-" + account.name());
      thread.setDaemon(true);
      MailWatch watch = new MailWatch(account, told::release);
      looking = Optional.of(new Looking(thread, watch));
      thread.start();
      watch.start();
    }
  }

  private void again(Runnable task) {
    try {
      while (true) {
        told.tryAcquire(account.poll().toMillis(), TimeUnit.MILLISECONDS);
        told.drainPermits();
        task.run();
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isSchedulerStarted() {
    return looking.isPresent();
  }

  @Override
  public void unscheduleTask() {
    looking.ifPresent(
        now -> {
          now.watch().close();
          now.thread().interrupt();
        });
    looking = Optional.empty();
  }

  @Override
  protected void doStop() {
    unscheduleTask();
  }

  @Override
  public @Nullable CamelContext getCamelContext() {
    return camel;
  }

  @Override
  public void setCamelContext(CamelContext context) {
    camel = context;
  }
}
