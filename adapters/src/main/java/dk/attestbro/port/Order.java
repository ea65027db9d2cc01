package dk.attestbro.port;

/** By what a list is sorted, and which way round. */
public record Order<B extends Enum<B>>(B by, boolean descending) {}
