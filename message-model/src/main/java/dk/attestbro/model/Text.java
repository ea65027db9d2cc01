package dk.attestbro.model;

/** One text in the two languages of the product: Danish and English. */
public record Text(String da, String en) {}
