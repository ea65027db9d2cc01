package dk.attestbro.model;

/**
 * One issue of an Acknowledgement: a code of MedCom's value set {@code
 * medcom-acknowledgement-issue-details} (MSG_*), and a text that never holds a person's data when
 * the gateway wrote it.
 */
public record AcknowledgementIssue(String code, String text) {}
