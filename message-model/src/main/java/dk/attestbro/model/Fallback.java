package dk.attestbro.model;

import java.time.Duration;

/**
 * Where a letter goes instead, once {@code after} has passed since it was recorded and it is proven
 * that the party's own endpoint never had it.
 */
public record Fallback(Duration after, Endpoint endpoint) {}
