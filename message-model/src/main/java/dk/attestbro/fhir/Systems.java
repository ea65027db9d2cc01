package dk.attestbro.fhir;

/** The identifiers and code systems that messages are read by. */
final class Systems {
  static final String CANONICAL = "https://attestbro.dk/fhir";
  static final String SOR = "urn:oid:1.2.208.176.1.1";
  static final String GLN = "https://www.gs1.org/gln";

  /** dk-core writes it so; both are met. */
  static final String GLN_HTTP = "http://www.gs1.org/gln";

  static final String CPR = "urn:oid:1.2.208.176.1.2";
  static final String X_ECPR = "urn:oid:1.2.208.176.1.6.1.1";
  static final String D_ECPR = "urn:oid:1.2.208.176.1.6.1.3";
  static final String FORM = CANONICAL + "/CodeSystem/form";
  static final String DESTINATION_USE =
      "http://medcomfhir.dk/ig/messaging/StructureDefinition/medcom-messaging-destinationUseExtension";
  static final String ACTIVITY =
      "http://medcomfhir.dk/ig/terminology/CodeSystem/medcom-messaging-activityCodes";

  private Systems() {}

  /** The Bundle profile of one of our events. */
  static String profile(String event) {
    return CANONICAL + "/StructureDefinition/" + event;
  }
}
