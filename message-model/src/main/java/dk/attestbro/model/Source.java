package dk.attestbro.model;

import java.net.URI;

/**
 * A door, besides HTTPS, that a party sends through: the mail address it writes from ({@code
 * mailto:}), the queue ({@code jms:}) or the folder ({@code file:}, {@code sftp:}) that it puts its
 * letters into. What comes through it counts as this party's only as far as the channel's own proof
 * goes.
 */
public record Source(Endpoint.Channel channel, URI address) {}
