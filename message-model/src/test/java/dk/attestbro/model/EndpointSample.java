package dk.attestbro.model;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** An endpoint for a test: one there is or a plain one, with what the test wants otherwise. */
public final class EndpointSample {
  private final Set<String> forms;
  private final Duration acknowledgementWait;
  private final int resends;
  private Endpoint.Channel channel;
  private Optional<URI> address;
  private Optional<Certificate> trust;
  private Optional<Certificate> encryptTo;
  private Set<String> receives;
  private Endpoint.Acknowledges acknowledges;
  private RetryPolicy retry;
  private Duration timeToLive;
  private Optional<InboxNews> inboxNews;

  private EndpointSample(Endpoint old) {
    channel = old.channel();
    address = old.address();
    trust = old.trust();
    encryptTo = old.encryptTo();
    receives = old.receives();
    forms = old.forms();
    acknowledges = old.acknowledges();
    retry = old.retry();
    acknowledgementWait = old.acknowledgementWait();
    resends = old.resends();
    timeToLive = old.timeToLive();
    inboxNews = old.inboxNews();
  }

  /** Takes every letter, and is tried again three times after a minute, five after five. */
  public static EndpointSample of(Endpoint.Channel channel) {
    return like(
        new Endpoint(
            channel,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Set.of("*"),
            Set.of(),
            Endpoint.Acknowledges.APPLICATION,
            RetryPolicy.parse("3:1m,5:5m"),
            Duration.ofMinutes(30),
            2,
            Duration.ofDays(7)));
  }

  public static EndpointSample like(Endpoint endpoint) {
    return new EndpointSample(endpoint);
  }

  public EndpointSample at(URI uri) {
    address = Optional.of(uri);
    return this;
  }

  public EndpointSample byMail(String mailAddress) {
    channel = Endpoint.Channel.MAIL;
    return at(URI.create("mailto:" + mailAddress));
  }

  public EndpointSample trusting(Certificate server) {
    trust = Optional.of(server);
    return this;
  }

  public EndpointSample encryptedTo(Certificate certificate) {
    encryptTo = Optional.of(certificate);
    return this;
  }

  public EndpointSample receiving(String event) {
    receives = Set.of(event);
    return this;
  }

  public EndpointSample acknowledging(Endpoint.Acknowledges how) {
    acknowledges = how;
    return this;
  }

  public EndpointSample retrying(String policy) {
    retry = RetryPolicy.parse(policy);
    return this;
  }

  public EndpointSample living(Duration time) {
    timeToLive = time;
    return this;
  }

  public EndpointSample telling(InboxNews news) {
    inboxNews = Optional.of(news);
    return this;
  }

  public Endpoint endpoint() {
    return new Endpoint(
        channel,
        address,
        trust,
        encryptTo,
        receives,
        forms,
        acknowledges,
        retry,
        acknowledgementWait,
        resends,
        timeToLive,
        inboxNews);
  }
}
