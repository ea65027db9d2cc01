package dk.attestbro.model;

/**
 * The one table of refusals: every reason for which a message is not taken or not brought to its
 * end. The same code and text stand in the API, in an Acknowledgement, on the pages and in the log.
 * Codes are stable; texts never hold a person's data.
 */
public enum RefusalReason {

  // The message as such
  CREDENTIALS_MISSING(
      401,
      "MSG_AUTH_REQUIRED",
      WhoActs.SENDER,
      "Der mangler legitimation: et klientcertifikat eller et adgangstoken.",
      "Credentials are missing: a client certificate or a bearer token."),
  CREDENTIALS_INVALID(
      401,
      "MSG_AUTH_REQUIRED",
      WhoActs.SENDER,
      "Legitimationen er ukendt eller gælder ikke længere.",
      "The credentials are unknown or no longer valid."),
  NOT_ALLOWED(
      403,
      "MSG_AUTH_REQUIRED",
      WhoActs.SENDER,
      "Denne handling er ikke tilladt for den, der kalder.",
      "The caller may not do this."),
  SENDER_NOT_AUTHENTICATED(
      403,
      "MSG_AUTH_REQUIRED",
      WhoActs.SENDER,
      "Beskedens afsender er ikke den, der har legitimeret sig.",
      "The sender in the message is not the authenticated party."),
  PARTY_AMBIGUOUS(
      400,
      "MSG_PARAM_INVALID",
      WhoActs.SENDER,
      "Legitimationen gælder for flere parter; angiv hvilken.",
      "The credentials stand for several parties; say which one."),
  NOT_FOUND(
      404,
      "MSG_NO_EXIST",
      WhoActs.SENDER,
      "Det findes ikke, eller det er ikke dit.",
      "It does not exist, or it is not yours."),
  SENDER_AMBIGUOUS(
      409,
      "MSG_DUPLICATE_ID",
      WhoActs.SENDER,
      "Flere breve har dette id; angiv afsenderen med ?sender=.",
      "Several letters bear this id; name the sender with ?sender=."),
  PARAMETER_INVALID(
      400,
      "MSG_PARAM_INVALID",
      WhoActs.SENDER,
      "En parameter har en værdi, der ikke kan bruges.",
      "A parameter has a value that cannot be used."),
  METHOD_NOT_ALLOWED(
      405,
      "MSG_UNKNOWN_OPERATION",
      WhoActs.SENDER,
      "Adressen kender ikke denne metode.",
      "The address does not know this method."),
  NOT_ACCEPTABLE(
      406,
      "MSG_CANT_PARSE_CONTENT",
      WhoActs.SENDER,
      "Indholdet findes ikke i det ønskede format.",
      "The content does not exist in the format asked for."),
  UNSUPPORTED_MEDIA_TYPE(
      415,
      "MSG_CANT_PARSE_CONTENT",
      WhoActs.SENDER,
      "Medietypen er ikke en af dem, der modtages her.",
      "The media type is not one that is taken here."),
  TOO_LARGE(
      413,
      "MSG_Element_To_Long",
      WhoActs.SENDER,
      "Beskeden er større end grænsen.",
      "The message is larger than the limit."),
  TOO_COMPLEX(
      400,
      "MSG_BAD_SYNTAX",
      WhoActs.SENDER,
      "Beskeden er dybere eller har flere elementer end tilladt.",
      "The message is nested deeper, or has more elements, than is allowed."),
  NOT_READABLE(
      400,
      "MSG_BAD_SYNTAX",
      WhoActs.SENDER,
      "Indholdet kan ikke læses.",
      "The content cannot be read."),
  NOT_FHIR(
      400,
      "MSG_CANT_PARSE_CONTENT",
      WhoActs.SENDER,
      "Indholdet er ikke en FHIR-besked (Bundle af typen message med én MessageHeader med id).",
      "The content is not a FHIR message (a Bundle of type message with one MessageHeader that has an id)."),
  CMS_NOT_READABLE(
      400,
      "MSG_CANT_PARSE_CONTENT",
      WhoActs.SENDER,
      "Den krypterede besked kan ikke åbnes med gatewayens nøgle.",
      "The encrypted message cannot be opened with the gateway's key."),
  CMS_SIGNATURE_INVALID(
      403,
      "MSG_AUTH_REQUIRED",
      WhoActs.SENDER,
      "Underskriften på den krypterede besked holder ikke eller er ikke afsenderens.",
      "The signature on the encrypted message does not hold or is not the sender's."),
  CANNOT_RECORD(
      503,
      "MSG_LOCAL_FAIL",
      WhoActs.OPERATOR,
      "Beskeden kunne ikke registreres; intet er lovet, send igen senere.",
      "The message could not be recorded; nothing was promised, send it again later."),
  INTERNAL_ERROR(
      500,
      "MSG_LOCAL_FAIL",
      WhoActs.OPERATOR,
      "En uventet fejl i gatewayen; intet er lovet, send igen senere.",
      "An unexpected error in the gateway; nothing was promised, send it again later."),

  // Its shape
  PROFILE_MISSING(
      422,
      "MSG_UNKNOWN_TYPE",
      WhoActs.SENDER,
      "Bundle.meta.profile mangler eller er ikke den, hændelsen kræver.",
      "Bundle.meta.profile is missing or is not the one that the event demands."),
  PROFILE_VIOLATED(
      422,
      "MSG_BAD_FORMAT",
      WhoActs.SENDER,
      "Beskeden følger ikke sin profil.",
      "The message does not conform to its profile."),
  CODE_UNKNOWN(
      422,
      "MSG_VALUESET_VALUE_UNKNOWN",
      WhoActs.SENDER,
      "En kode findes ikke i det værdisæt, profilen kræver.",
      "A code is not in the value set that the profile demands."),
  DEFINITION_UNSUPPORTED(
      422,
      "MSG_UNKNOWN_TYPE",
      WhoActs.SENDER,
      "MessageHeader.definition er ikke en version, der understøttes.",
      "MessageHeader.definition is not a supported version."),
  EVENT_UNKNOWN(
      422,
      "MSG_UNKNOWN_TYPE",
      WhoActs.SENDER,
      "Hændelseskoden er ukendt.",
      "The event code is unknown."),
  EMPTY_MESSAGE(
      422,
      "MSG_UNKNOWN_TYPE",
      WhoActs.SENDER,
      "empty-message modtages ikke.",
      "empty-message is refused."),
  NARRATIVE_MISSING(
      422,
      "MSG_BAD_FORMAT",
      WhoActs.SENDER,
      "En ressource mangler sin læsbare tekst.",
      "A resource lacks its narrative."),
  ACTIVE_CONTENT(
      422,
      "MSG_BAD_FORMAT",
      WhoActs.SENDER,
      "Den læsbare tekst har aktivt indhold.",
      "The narrative has active content."),
  PROVENANCE_MISSING(
      422,
      "MSG_RESOURCE_REQUIRED",
      WhoActs.SENDER,
      "Der mangler en Provenance for denne MessageHeader.",
      "There is no Provenance for this MessageHeader."),
  TIMESTAMP_INVALID(
      422,
      "MSG_DATE_FORMAT",
      WhoActs.SENDER,
      "Bundle.timestamp mangler eller er uden sekunder eller tidszone.",
      "Bundle.timestamp is missing or lacks seconds or a time zone."),
  TIMESTAMP_IN_FUTURE(
      422,
      "MSG_DATE_FORMAT",
      WhoActs.SENDER,
      "Bundle.timestamp er mere end 5 minutter fremme.",
      "Bundle.timestamp is more than 5 minutes ahead."),

  // Its parties
  DESTINATION_MISSING(
      422,
      "MSG_Receiver_Identifier_MISSING",
      WhoActs.SENDER,
      "Der er ingen primær modtager.",
      "There is no primary destination."),
  DESTINATION_UNKNOWN_USE(
      422,
      "MSG_VALUESET_VALUE_UNKNOWN",
      WhoActs.SENDER,
      "En modtager er hverken primary eller cc.",
      "A destination is neither primary nor cc."),
  DESTINATION_AMBIGUOUS(
      422,
      "MSG_BAD_FORMAT",
      WhoActs.SENDER,
      "Der er mere end én primær modtager.",
      "There is more than one primary destination."),
  COPY_NOT_ALLOWED(
      422,
      "MSG_BAD_FORMAT",
      WhoActs.SENDER,
      "Hændelsen tillader ikke kopimodtagere.",
      "The event allows no copies."),
  COPY_AMBIGUOUS(
      422,
      "MSG_BAD_FORMAT",
      WhoActs.SENDER,
      "En kopi skal have præcis én cc-modtager.",
      "A copy must have exactly one cc destination."),
  SENDER_UNKNOWN(
      422,
      "MSG_PARAM_INVALID",
      WhoActs.SENDER,
      "Afsenderen findes ikke i kartoteket.",
      "The sender is not in the directory."),
  SENDER_EXPIRED(
      422,
      "MSG_PARAM_INVALID",
      WhoActs.SENDER,
      "Afsenderen gælder ikke i dag.",
      "The sender is not valid today."),
  RECEIVER_UNKNOWN(
      422,
      "MSG_Receiver_Identifier_UNKNOWN",
      WhoActs.SENDER,
      "Modtageren findes ikke i kartoteket.",
      "The receiver is not in the directory."),
  RECEIVER_EXPIRED(
      422,
      "MSG_Receiver_Identifier_UNKNOWN",
      WhoActs.SENDER,
      "Modtageren gælder ikke i dag; brug efterfølgeren, hvis den er nævnt.",
      "The receiver is not valid today; use the successor where one is named."),
  RECEIVER_DOES_NOT_TAKE_EVENT(
      422,
      "MSG_RECEIVER_UNABLE_TO_RECEIVE_MSG_TYPE",
      WhoActs.SENDER,
      "Modtageren tager ikke imod denne hændelse.",
      "The receiver does not take this event."),
  IDENTIFIER_MISSING(
      422,
      "MSG_Receiver_Identifier_MISSING",
      WhoActs.SENDER,
      "En organisation mangler SOR-kode eller GLN.",
      "An organisation lacks its SOR code or GLN."),
  IDENTIFIER_INVALID(
      422,
      "MSG_INVALID_ID",
      WhoActs.SENDER,
      "En SOR-kode eller et GLN har forkert form eller kontrolciffer.",
      "A SOR code or GLN has a wrong shape or check digit."),
  GLN_NOT_LISTED(
      422,
      "MSG_Receiver_Identifier_UNKNOWN",
      WhoActs.SENDER,
      "GLN er ikke det, der er registreret for SOR-koden.",
      "The GLN is not the one listed for that SOR code."),

  // Its content
  CPR_INVALID(
      422,
      "MSG_INVALID_ID",
      WhoActs.SENDER,
      "CPR-nummeret har ikke ti cifre med en gyldig dato.",
      "The CPR number is not ten digits with a valid date."),
  CITIZEN_ID_INVALID(
      422,
      "MSG_INVALID_ID",
      WhoActs.SENDER,
      "Borgerens erstatningsnummer har forkert form eller system.",
      "The citizen's replacement number has a wrong shape or system."),
  CITIZEN_MISSING(
      422,
      "MSG_RESOURCE_REQUIRED",
      WhoActs.SENDER,
      "Borgeren mangler, eller der er mere end én identifikation.",
      "The citizen is missing, or has more than one identification."),
  CONSENT_MISSING(
      422,
      "MSG_RESOURCE_REQUIRED",
      WhoActs.SENDER,
      "Samtykke eller hjemmel mangler eller er ufuldstændig.",
      "Consent or legal basis is missing or incomplete."),
  CONSENT_EXPIRED(
      422,
      "MSG_PARAM_INVALID",
      WhoActs.SENDER,
      "Samtykket er udløbet.",
      "The consent has expired."),
  CONSENT_IN_FUTURE(
      422,
      "MSG_PARAM_INVALID",
      WhoActs.SENDER,
      "Samtykket er dateret ude i fremtiden.",
      "The consent is dated in the future."),
  CONSENT_TOO_LONG(
      422,
      "MSG_PARAM_INVALID",
      WhoActs.SENDER,
      "Samtykket gælder i mere end et år.",
      "The consent is valid for more than one year."),
  FORM_UNKNOWN(
      422,
      "MSG_VALUESET_VALUE_UNKNOWN",
      WhoActs.SENDER,
      "Blanketten er ukendt.",
      "The form is unknown."),
  FORM_NOT_VALID(
      422,
      "MSG_VALUESET_VALUE_UNKNOWN",
      WhoActs.SENDER,
      "Blanketten gælder ikke på datoen.",
      "The form is not valid on the date."),
  PURPOSE_MISSING(
      422,
      "MSG_RESOURCE_REQUIRED",
      WhoActs.SENDER,
      "Formålet med anmodningen mangler.",
      "The purpose of the request is missing."),
  CONTACT_MISSING(
      422,
      "MSG_RESOURCE_REQUIRED",
      WhoActs.SENDER,
      "Kontaktpersonen mangler.",
      "The contact person is missing."),
  PHONE_MISSING(
      422,
      "MSG_RESOURCE_REQUIRED",
      WhoActs.SENDER,
      "Kontaktpersonens telefonnummer mangler eller kan ikke bruges.",
      "The contact's phone number is missing or cannot be used."),
  AUTHOR_MISSING(
      422,
      "MSG_RESOURCE_REQUIRED",
      WhoActs.SENDER,
      "Besvarelsen mangler en læge med autorisations-id som forfatter.",
      "The reply lacks a doctor with an authorisation id as its author."),
  ANSWERS_MISSING(
      422,
      "MSG_RESOURCE_REQUIRED",
      WhoActs.SENDER,
      "Besvarelsen har hverken svar, PDF eller oplysning om utilstrækkeligt kendskab.",
      "The reply has no answers, no PDF and no statement of insufficient knowledge."),
  ANSWER_MISSING(
      422,
      "MSG_RESOURCE_REQUIRED",
      WhoActs.SENDER,
      "Et obligatorisk svar mangler.",
      "A required answer is missing."),
  ANSWER_UNKNOWN(
      422,
      "MSG_PARAM_UNKNOWN",
      WhoActs.SENDER,
      "Svaret hører ikke til noget spørgsmål i blanketten.",
      "The answer belongs to no question of the form."),
  ANSWER_WRONG_TYPE(
      422,
      "MSG_Datatype_Wrong",
      WhoActs.SENDER,
      "Svaret har ikke spørgsmålets type.",
      "The answer is not of the question's type."),
  ATTACHMENT_INVALID(
      422,
      "MSG_Damaged_durin_transport",
      WhoActs.SENDER,
      "Vedhæftningen er tom eller ikke base64.",
      "The attachment is empty or not base64."),
  ATTACHMENT_TYPE_NOT_ALLOWED(
      422,
      "MSG_VALUESET_VALUE_UNKNOWN",
      WhoActs.SENDER,
      "Vedhæftningens type er ikke tilladt.",
      "The attachment's type is not allowed."),
  ATTACHMENT_TYPE_MISMATCH(
      422,
      "MSG_Damaged_durin_transport",
      WhoActs.SENDER,
      "Vedhæftningens bytes er ikke den angivne type.",
      "The attachment's bytes are not of its content type."),
  FIELD_MISSING(
      422,
      "MSG_RESOURCE_REQUIRED",
      WhoActs.SENDER,
      "Et krævet felt mangler.",
      "A required field is missing."),
  FIELD_INVALID(
      422,
      "MSG_PARAM_INVALID",
      WhoActs.SENDER,
      "Et felt har en værdi, der ikke kan bruges.",
      "A field has a value that cannot be used."),
  FIELD_UNKNOWN(
      422, "MSG_PARAM_UNKNOWN", WhoActs.SENDER, "Et felt er ukendt.", "A field is unknown."),
  RECEIVER_DOES_NOT_TAKE_FORM(
      422,
      "MSG_RECEIVER_UNABLE_TO_RECEIVE_MSG_TYPE",
      WhoActs.SENDER,
      "Modtageren udfylder ikke denne blanket.",
      "The receiver does not answer this form."),
  REASON_UNKNOWN(
      422,
      "MSG_VALUESET_VALUE_UNKNOWN",
      WhoActs.SENDER,
      "Årsagskoden er ukendt.",
      "The reason code is unknown."),
  DATES_IN_WRONG_ORDER(
      422,
      "MSG_PARAM_INVALID",
      WhoActs.SENDER,
      "En dato ligger før eller efter den dag, den skal forholde sig til.",
      "A date is before or after the day that it must be measured by."),

  // Its case and its history
  CASE_MISSING(
      422,
      "MSG_RESOURCE_REQUIRED",
      WhoActs.SENDER,
      "Sagens id mangler eller er ikke et urn:uuid.",
      "The case id is missing or is not a urn:uuid."),
  CASE_UNKNOWN(
      422, "MSG_NO_EXIST", WhoActs.SENDER, "Sagen findes ikke.", "The case does not exist."),
  CASE_NOT_YOURS(
      422,
      "MSG_NO_EXIST",
      WhoActs.SENDER,
      "Sagen findes ikke, eller den er åbnet af en anden.",
      "The case does not exist, or another party opened it."),
  CASE_STATE_FORBIDS(
      422,
      "MSG_LOCAL_FAIL",
      WhoActs.SENDER,
      "Sagens tilstand tillader ikke denne besked.",
      "The state of the case does not allow this message."),
  CASE_PARTY_WRONG(
      422,
      "MSG_LOCAL_FAIL",
      WhoActs.SENDER,
      "Beskeden skal gå fra og til sagens egne parter.",
      "The message must go between the case's own parties."),
  REPLY_UNKNOWN(
      422,
      "MSG_NO_EXIST",
      WhoActs.SENDER,
      "Det brev, der rettes eller trækkes tilbage, er ikke et svar i denne sag.",
      "The letter to be corrected or retracted is not a reply in this case."),
  DUPLICATE_REQUEST(
      409,
      "MSG_DUPLICATE_ID",
      WhoActs.SENDER,
      "Der er allerede bedt om denne attest om borgeren; bekræft med confirmDuplicate, hvis den skal bruges igen.",
      "This certificate about the citizen was asked for already; confirm by confirmDuplicate where it is wanted again."),
  CONTENT_CHANGED(
      409,
      "MSG_DUPLICATE_ID",
      WhoActs.SENDER,
      "Id'et er brugt før med andet indhold.",
      "The id was used before with other content."),
  BUNDLE_ID_REUSED(
      422,
      "MSG_DUPLICATE_ID",
      WhoActs.SENDER,
      "Bundle.id er brugt før til et andet brev.",
      "The Bundle.id was used before for another letter."),
  ACKNOWLEDGEMENT_INVALID(
      422,
      "MSG_BAD_FORMAT",
      WhoActs.SENDER,
      "Kvitteringen følger ikke MedComs profil.",
      "The acknowledgement does not conform to MedCom's profile."),
  ACKNOWLEDGEMENT_UNMATCHED(
      422,
      "MSG_NO_MATCH",
      WhoActs.SENDER,
      "Kvitteringen svarer ikke til et brev, som denne part har modtaget.",
      "The acknowledgement matches no letter that this party received."),
  ACKNOWLEDGEMENT_CONTRADICTED(
      409,
      "MSG_LOCAL_FAIL",
      WhoActs.OPERATOR,
      "Kvitteringen modsiger en endelig kvittering og sendes ikke videre.",
      "The acknowledgement contradicts a final one and is not passed on."),
  STATE_CONFLICT(
      409,
      "MSG_LOCAL_FAIL",
      WhoActs.SENDER,
      "Det kan ikke gøres i den tilstand, der er nu; hent den og se efter.",
      "This cannot be done in the state that it is in now; fetch it and look."),

  CONTENT_DELETED(
      410,
      "MSG_NO_EXIST",
      WhoActs.SENDER,
      "Indholdet er slettet efter sin tid; id'er, tidspunkter og kvitteringer er bevaret.",
      "The content was deleted after its time; ids, times and receipts are kept."),

  // What became of a letter
  NEVER_DELIVERED(
      409,
      "MSG_Mailbox_Out_Of_Operation",
      WhoActs.OPERATOR,
      "Brevet blev ikke leveret: modtagerens system afviste det eller svarede ikke. Modtageren har ikke fået det.",
      "The letter was not delivered: the receiver's system rejected it or did not answer. The receiver does not have it."),
  PERHAPS_DELIVERED(
      409,
      "MSG_Mailbox_Out_Of_Operation",
      WhoActs.OPERATOR,
      "Forbindelsen brød, efter at brevet var sendt. Modtageren har det måske.",
      "The connection broke after the letter was sent. The receiver perhaps has it."),
  NOT_ACKNOWLEDGED(
      409,
      "MSG_Mailbox_Out_Of_Operation",
      WhoActs.OPERATOR,
      "Brevet blev leveret, men modtageren kvitterede ikke i tide.",
      "The letter was delivered, but the receiver did not acknowledge it in time."),
  TIME_TO_LIVE_ENDED(
      409,
      "MSG_Mailbox_Out_Of_Operation",
      WhoActs.OPERATOR,
      "Brevets levetid udløb, før det blev leveret og kvitteret.",
      "The letter's time to live ended before it was delivered and acknowledged."),
  CLOSED_BY_OPERATOR(
      409,
      "MSG_LOCAL_FAIL",
      WhoActs.SENDER,
      "Driften har lukket brevet, som aldrig blev leveret.",
      "Operations closed the letter, which was never delivered.");

  private final int httpStatus;
  private final String acknowledgementCode;
  private final WhoActs whoActs;
  private final Text text;

  RefusalReason(int httpStatus, String acknowledgementCode, WhoActs whoActs, String da, String en) {
    this.httpStatus = httpStatus;
    this.acknowledgementCode = acknowledgementCode;
    this.whoActs = whoActs;
    this.text = new Text(da, en);
  }

  /** The HTTP status that answers it (RFC 9110). */
  public int httpStatus() {
    return httpStatus;
  }

  /**
   * The code in {@code OperationOutcome.issue.details} (MedCom's acknowledgement issue details).
   */
  public String acknowledgementCode() {
    return acknowledgementCode;
  }

  /** Who must act. */
  public WhoActs whoActs() {
    return whoActs;
  }

  /** The cause in Danish and English. */
  public Text text() {
    return text;
  }
}
