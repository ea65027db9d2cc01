package dk.attestbro.gateway.demo;

import dk.attestbro.model.CaseId;
import dk.attestbro.model.EventCode;
import dk.attestbro.model.LetterContent;
import dk.attestbro.model.LetterId;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.MessageReading;
import dk.attestbro.model.Payload;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;

/**
 * A simulated system that speaks FHIR: it receives at its own HTTPS address, keeps what it got,
 * acknowledges every letter, and writes letters of its own. All that it knows of the gateway is its
 * address, its certificates and the partner's own token.
 */
final class Partner implements AutoCloseable {
  /** How it gives its Acknowledgements. */
  enum Acknowledging {
    IN_THE_RESPONSE,
    BY_A_POST_OF_ITS_OWN
  }

  private final Organisations organisation;
  private final ThrowawayKey key;
  private final Acknowledging acknowledging;
  private final Messages messages;
  private final PartnerLetters letters;
  private final CmsOpener opener;
  private final int port = GatewayProcess.freePort();
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final Set<String> gatewayCertificates = ConcurrentHashMap.newKeySet();
  private final List<String> troubles = new CopyOnWriteArrayList<>();
  private final ExecutorService posts = Executors.newSingleThreadExecutor();
  private volatile Optional<Account> account = Optional.empty();
  private volatile Optional<PartnerListener> listener = Optional.empty();

  /** Where its gateway is, and its token there. */
  private record Account(GatewayApi gateway, String token) {}

  /** A message as it came: read, and whether it was encrypted to this partner. */
  record Received(MessageReading message, boolean encrypted) {}

  Partner(
      Organisations organisation,
      ThrowawayKey key,
      Acknowledging acknowledging,
      Messages messages,
      Clock clock) {
    this.organisation = organisation;
    this.key = key;
    this.acknowledging = acknowledging;
    this.messages = messages;
    this.letters = new PartnerLetters(organisation, messages, clock);
    this.opener = new CmsOpener(key);
  }

  /** Its address, known before it listens. */
  DemoFolder.Address address() {
    return new DemoFolder.Address(organisation, key, port);
  }

  String url() {
    return "https://localhost:" + port + "/fhir/$process-message";
  }

  Organisations organisation() {
    return organisation;
  }

  /** Gives it its gateway: where it is, its token there, the certificates that it calls with. */
  void connect(GatewayApi gateway, String token, Set<String> certificates) {
    this.account = Optional.of(new Account(gateway, token));
    gatewayCertificates.addAll(certificates);
  }

  /** Begins to listen; until then it is down. */
  void open(X509Certificate authority) throws IOException {
    Predicate<X509Certificate> gateway =
        certificate -> gatewayCertificates.contains(ThrowawayKey.fingerprint(certificate).hex());
    listener = Optional.of(PartnerListener.on(port, key, authority, gateway, this::answer));
  }

  /** Everything that came, oldest first. */
  List<Received> received() {
    return received;
  }

  /** The first message of this event in this case, if it has come. */
  Optional<Received> received(EventCode event, CaseId caseId) {
    return received.stream()
        .filter(r -> r.message().event().equals(Optional.of(event)))
        .filter(r -> r.message().caseId().equals(Optional.of(caseId)))
        .findFirst();
  }

  /** The Acknowledgement of this letter, if it has come. */
  Optional<Received> acknowledgementOf(LetterId letter) {
    return received.stream()
        .filter(
            r ->
                r.message()
                    .acknowledgement()
                    .map(a -> a.acknowledges().equals(letter))
                    .orElse(false))
        .findFirst();
  }

  /** What went wrong on its own side; empty where nothing did. */
  List<String> troubles() {
    return troubles;
  }

  /** How often this letter came. */
  long countOf(LetterId letter) {
    return received.stream().filter(r -> r.message().letterId().equals(letter)).count();
  }

  /** Writes a letter of its own. */
  Payload write(
      LetterId id,
      Organisations receiver,
      CaseId caseId,
      LetterContent content,
      Optional<MessageReading> previous,
      MediaType type) {
    return letters.write(id, receiver, caseId, content, previous, type);
  }

  /** Sends a message to the gateway. */
  GatewayApi.Reply send(Payload message) {
    Account now = account.orElseThrow(() -> new StepFailed(organisation.id() + " has no gateway"));
    return now.gateway().process(now.token(), message);
  }

  @Override
  public void close() {
    listener.ifPresent(PartnerListener::close);
    posts.shutdownNow();
  }

  private PartnerListener.Response answer(byte[] body, String contentType) {
    try {
      return receive(body, contentType);
    } catch (RuntimeException trouble) {
      troubles.add(trouble.toString());
      return PartnerListener.Response.empty(500);
    }
  }

  private PartnerListener.Response receive(byte[] body, String contentType) {
    Optional<MediaType> type = MediaType.parse(contentType);
    if (type.isEmpty()) {
      return PartnerListener.Response.empty(415);
    }
    boolean encrypted = type.get() == MediaType.CMS;
    Payload payload = encrypted ? opened(body) : new Payload(body, type.get());
    MessageReading message = messages.reader().read(payload);
    received.add(new Received(message, encrypted));
    if (message.event().equals(Optional.of(EventCode.ACKNOWLEDGEMENT))) {
      return PartnerListener.Response.empty(200);
    }
    Payload answer = letters.acknowledgement(message);
    if (acknowledging == Acknowledging.IN_THE_RESPONSE) {
      return new PartnerListener.Response(200, answer.mediaType().value(), answer.bytes());
    }
    posts.execute(() -> post(answer));
    return PartnerListener.Response.empty(202);
  }

  private void post(Payload acknowledgement) {
    try {
      GatewayApi.Reply reply = send(acknowledgement);
      if (reply.status() / 100 != 2) {
        troubles.add("an Acknowledgement was answered with " + reply.status());
      }
    } catch (StepFailed unreachable) {
      troubles.add(unreachable.toString());
    }
  }

  private Payload opened(byte[] cms) {
    CmsOpener.Opened opened = opener.open(cms);
    if (!gatewayCertificates.contains(ThrowawayKey.fingerprint(opened.signer()).hex())) {
      throw new StepFailed("a message signed by someone who is not the gateway");
    }
    return opened.content();
  }
}
