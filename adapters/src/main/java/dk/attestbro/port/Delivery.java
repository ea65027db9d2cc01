package dk.attestbro.port;

import dk.attestbro.model.BundleId;
import dk.attestbro.model.Endpoint;
import dk.attestbro.model.Letter;
import dk.attestbro.model.Party;
import dk.attestbro.model.Payload;

/**
 * One attempt to hand a letter to its receiver. {@code endpoint} is where it goes now: the
 * receiver's own or its fallback. {@code body} is what is sent: the message, or CMS for the
 * endpoint's certificate.
 */
public record Delivery(
    Party receiver, Endpoint endpoint, Letter letter, BundleId bundleId, Payload body) {}
