package dk.attestbro.directory;

import dk.attestbro.model.Endpoint.Channel;
import dk.attestbro.model.InboxNews;
import dk.attestbro.model.Recipient;
import dk.attestbro.model.WebAddress;
import dk.attestbro.model.WebhookSecret;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads who is told of what is new in an inbox: {@code notify} of an endpoint. */
final class InboxNewsReader {
  private final YamlSection section;
  private final Path folder;

  /**
   * @param folder that a secret file is named from
   */
  InboxNewsReader(YamlSection section, Path folder) {
    this.section = section;
    this.folder = folder;
  }

  InboxNews read() {
    section.onlyKeys(Set.of("mail", "webhook", "secretFile", "every"));
    List<Recipient> to = new ArrayList<>();
    section
        .readOptional("mail", text -> ChannelAddress.read(Channel.MAIL, text))
        .ifPresent(mail -> to.add(new Recipient.Mail(mail.getSchemeSpecificPart())));
    webhook().ifPresent(to::add);
    if (!section.has("mail") && !section.has("webhook")) {
      section.mistake("mail", "missing: mail, webhook or both");
    }
    Duration every = section.read("every", InboxNews.EVERY, DirectoryReader::duration);
    return new InboxNews(to, every);
  }

  private Optional<Recipient> webhook() {
    Optional<URI> address = section.readOptional("webhook", WebAddress::read);
    Optional<Path> secretFile = section.readOptional("secretFile", this::secretFile);
    if (section.has("webhook") != section.has("secretFile")) {
      section.mistake("secretFile", "a webhook and the file of its secret go together");
    }
    return address.isPresent() && secretFile.isPresent()
        ? Optional.of(new Recipient.Webhook(address.get(), secretFile.get().toString()))
        : Optional.empty();
  }

  private Path secretFile(String name) {
    Path file = folder.resolve(name).normalize();
    try {
      WebhookSecret.read(Files.readString(file));
      return file;
    } catch (IOException unreadable) {
      throw new IllegalArgumentException(
          name + " cannot be read: " + FileTrouble.of(unreadable), unreadable);
    }
  }
}
