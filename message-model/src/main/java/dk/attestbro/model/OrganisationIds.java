package dk.attestbro.model;

/**
 * An organisation as a message names it: SOR and GLN, each empty where absent, and where it stands.
 */
public record OrganisationIds(String sor, String gln, String path) {}
