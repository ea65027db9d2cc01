package dk.attestbro.mail;

import java.util.function.Supplier;

/**
 * How the gateway identifies itself to a mail server.
 *
 * @param secret the password, or the access token; asked for at each connection, so that a new one
 *     counts at once
 * @param oauth2 whether it is an access token (XOAUTH2)
 */
public record MailLogin(String user, Supplier<String> secret, boolean oauth2) {
  /** Never the secret. */
  @Override
  public String toString() {
    return "MailLogin[" + (oauth2 ? "oauth2" : "password") + "]";
  }
}
