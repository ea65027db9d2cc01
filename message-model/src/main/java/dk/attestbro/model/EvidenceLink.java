package dk.attestbro.model;

/** One entry as it stands in its chain: its number (from 1) and its hash. */
public record EvidenceLink(Evidence entry, long sequence, Digest hash) {}
