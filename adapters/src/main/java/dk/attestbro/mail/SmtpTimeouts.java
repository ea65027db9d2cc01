package dk.attestbro.mail;

import java.time.Duration;

/**
 * Limits of one attempt.
 *
 * @param connect until the connection stands
 * @param answer for each answer of the server; it may take its time after the last line of a mail
 *     (RFC 5321, 4.5.3.2)
 */
public record SmtpTimeouts(Duration connect, Duration answer) {}
