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
      "The content is not a FHIR message (a Bundle of type message with one MessageHeader that has"
          + " an id)."),
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
  BUSY(
      503,
      "MSG_LOCAL_FAIL",
      WhoActs.SENDER,
      "Der behandles så mange store beskeder, som der er plads til; intet er lovet, send igen om"
          + " lidt.",
      "As many large messages are in hand as there is room for; nothing was promised, send it"
          + " again soon."),
  SCAN_UNAVAILABLE(
      503,
      "MSG_LOCAL_FAIL",
      WhoActs.OPERATOR,
      "Vedhæftningerne kunne ikke undersøges for skadelig kode; intet er lovet, send igen senere.",
      "The attachments could not be scanned for harmful code; nothing was promised, send it again"
          + " later."),
  EVIDENCE_NOT_ANCHORED(
      503,
      "MSG_LOCAL_FAIL",
      WhoActs.OPERATOR,
      "Beviserne kan for tiden ikke forankres, og nye breve tages ikke imod; send igen senere.",
      "The evidence cannot be anchored right now, and new letters are not taken; send it again"
          + " later."),
  TOKEN_ISSUER_UNREACHABLE(
      503,
      "MSG_LOCAL_FAIL",
      WhoActs.OPERATOR,
      "Udstederen af adgangstokenet svarer ikke, så det kan ikke efterprøves; prøv igen senere.",
      "The issuer of the token does not answer, so it cannot be checked; try again later."),
  INTERNAL_ERROR(
      500,
      "MSG_LOCAL_FAIL",
      WhoActs.OPERATOR,
      "En uventet fejl i gatewayen; intet er lovet, send igen senere.",
      "An unexpected error in the gateway; nothing was promised, send it again later."),

  // A mail
  MAIL_TOO_LARGE(
      413,
      "MSG_Element_To_Long",
      WhoActs.SENDER,
      "Mailen er større end grænsen.",
      "The mail is larger than the limit."),
  MAIL_HEADER_TOO_LARGE(
      413,
      "MSG_Element_To_Long",
      WhoActs.SENDER,
      "Mailens hoved er større end grænsen.",
      "The mail's header is larger than the limit."),
  MAIL_TOO_MANY_PARTS(
      400,
      "MSG_BAD_SYNTAX",
      WhoActs.SENDER,
      "Mailen har flere dele end tilladt.",
      "The mail has more parts than is allowed."),
  MAIL_TOO_DEEP(
      400,
      "MSG_BAD_SYNTAX",
      WhoActs.SENDER,
      "Mailens dele ligger dybere i hinanden end tilladt.",
      "The mail's parts are nested deeper than is allowed."),
  MAIL_NOT_READABLE(
      400,
      "MSG_BAD_SYNTAX",
      WhoActs.SENDER,
      "Mailens opbygning er i stykker, eller den er skåret over.",
      "The mail's structure is broken, or it was cut off."),
  MAIL_FROM_INVALID(
      400,
      "MSG_PARAM_INVALID",
      WhoActs.SENDER,
      "Mailen har ingen brugbar afsenderadresse i From.",
      "The mail has no usable sender address in From."),
  MAIL_FROM_AMBIGUOUS(
      400,
      "MSG_PARAM_INVALID",
      WhoActs.SENDER,
      "Mailen har mere end én afsenderadresse i From.",
      "The mail has more than one sender address in From."),
  MAIL_HEADER_AMBIGUOUS(
      400,
      "MSG_BAD_SYNTAX",
      WhoActs.SENDER,
      "Et felt i mailens hoved står der flere gange.",
      "A field that may stand once in a mail's header stands there more often."),
  MAIL_MESSAGES_AMBIGUOUS(
      400,
      "MSG_BAD_FORMAT",
      WhoActs.SENDER,
      "Mailen har mere end én FHIR-besked; send hver i sin mail.",
      "The mail has more than one FHIR message; send each in a mail of its own."),
  MAIL_SENDER_NOT_PROVEN(
      403,
      "MSG_AUTH_REQUIRED",
      WhoActs.OPERATOR,
      "Mailens afsender er ikke bevist, hverken ved underskrift eller ved afsenderens domæne.",
      "The mail's sender is not proven, neither by a signature nor by the sender's domain."),
  MAIL_SENDER_NOT_LISTED(
      403,
      "MSG_AUTH_REQUIRED",
      WhoActs.OPERATOR,
      "Underskrift og afsenderadresse hører ikke til samme part i adressebogen.",
      "Signature and sender address do not belong to one party of the directory."),
  MAIL_CASE_NOT_TOLD(
      422,
      "MSG_PARAM_INVALID",
      WhoActs.OPERATOR,
      "Det kan ikke ses, hvilken sag mailen hører til; skriv [AB:sagens id] i emnet.",
      "It cannot be told which case the mail belongs to; write [AB:case id] in the subject."),
  MAIL_AUTHOR_NOT_TOLD(
      422,
      "MSG_PARAM_INVALID",
      WhoActs.OPERATOR,
      "Det kan ikke ses, hvilken læge der har skrevet attesten.",
      "It cannot be told which doctor wrote the certificate."),
  MAIL_MEANING_NOT_TOLD(
      422,
      "MSG_UNKNOWN_TYPE",
      WhoActs.OPERATOR,
      "Det kan ikke ses, hvad mailen er.",
      "It cannot be told what the mail is."),
  MAIL_RICH_TEXT(
      422,
      "MSG_UNKNOWN_TYPE",
      WhoActs.SENDER,
      "Mailens indhold ligger i winmail.dat (Outlooks format RTF); send den igen som HTML eller"
          + " almindelig tekst.",
      "The mail's content lies in winmail.dat (Outlook's Rich Text format); send it again as HTML"
          + " or plain text."),
  MAIL_AUTOMATIC_REPLY(
      422,
      "MSG_UNKNOWN_TYPE",
      WhoActs.OPERATOR,
      "Mailen er et automatisk svar.",
      "The mail is an automatic reply."),
  MAIL_NOTICE_UNMATCHED(
      422,
      "MSG_NO_EXIST",
      WhoActs.OPERATOR,
      "Mailen melder om en forsendelse, som ikke er gatewayens.",
      "The mail reports on a transmission that is not the gateway's."),
  SMIME_NOT_READABLE(
      400,
      "MSG_CANT_PARSE_CONTENT",
      WhoActs.SENDER,
      "Mailens S/MIME-indhold kan ikke læses.",
      "The mail's S/MIME content cannot be read."),
  SMIME_NOT_DECRYPTED(
      400,
      "MSG_CANT_PARSE_CONTENT",
      WhoActs.SENDER,
      "Mailen kan ikke åbnes med gatewayens nøgle.",
      "The mail cannot be opened with the gateway's key."),
  SMIME_ALGORITHM_NOT_TAKEN(
      400,
      "MSG_CANT_PARSE_CONTENT",
      WhoActs.SENDER,
      "Mailen er krypteret eller underskrevet med en algoritme eller nøgle, som ikke modtages.",
      "The mail is encrypted or signed with an algorithm or key that is not taken."),
  SMIME_COMPRESSED(
      400,
      "MSG_CANT_PARSE_CONTENT",
      WhoActs.SENDER,
      "Mailen er komprimeret; det modtages ikke.",
      "The mail is compressed, which is not taken."),
  SMIME_TOO_COMPLEX(
      400,
      "MSG_BAD_SYNTAX",
      WhoActs.SENDER,
      "Mailen har flere lag eller underskrifter end tilladt.",
      "The mail has more layers or signatures than is allowed."),
  SMIME_REWRAPPED(
      403,
      "MSG_AUTH_REQUIRED",
      WhoActs.SENDER,
      "En krypteret del ligger mellem andre dele; kun en mail, der er krypteret som helhed, åbnes.",
      "An encrypted part lies among others; only a mail that is encrypted as a whole is opened."),
  SMIME_SIGNATURE_PARTIAL(
      403,
      "MSG_AUTH_REQUIRED",
      WhoActs.SENDER,
      "Underskriften dækker kun en del af mailen.",
      "The signature covers only a part of the mail."),
  SMIME_NOT_SIGNED(
      403,
      "MSG_AUTH_REQUIRED",
      WhoActs.SENDER,
      "Mailen er pakket som S/MIME, men dens indhold er ikke underskrevet.",
      "The mail is wrapped as S/MIME, but its content is not signed."),
  SMIME_SIGNATURE_INVALID(
      403,
      "MSG_AUTH_REQUIRED",
      WhoActs.SENDER,
      "Underskriften på mailen holder ikke.",
      "The signature on the mail does not hold."),
  SMIME_SIGNATURES_DIFFER(
      403,
      "MSG_AUTH_REQUIRED",
      WhoActs.SENDER,
      "Mailen har flere underskrifter, og ikke alle holder.",
      "The mail has several signatures, and not all of them hold."),
  SMIME_CERTIFICATE_MISSING(
      403,
      "MSG_AUTH_REQUIRED",
      WhoActs.SENDER,
      "Underskriverens certifikat er ikke med i mailen.",
      "The signer's certificate is not in the mail."),
  SMIME_SIGNER_NOT_SENDER(
      403,
      "MSG_AUTH_REQUIRED",
      WhoActs.SENDER,
      "Underskriverens certifikat har en anden mailadresse end afsenderens.",
      "The signer's certificate has another mail address than the sender's."),
  SMIME_HEADER_ALTERED(
      403,
      "MSG_AUTH_REQUIRED",
      WhoActs.SENDER,
      "Mailens hoved er et andet end det, der er underskrevet.",
      "The mail's header is another than the one that was signed."),
  // The certificate behind a signature or a connection
  CERTIFICATE_UNTRUSTED(
      403,
      "MSG_AUTH_REQUIRED",
      WhoActs.SENDER,
      "Certifikatet fører ikke til en rod, der er tillid til her.",
      "The certificate does not lead to a root that is trusted here."),
  CERTIFICATE_EXPIRED(
      403,
      "MSG_AUTH_REQUIRED",
      WhoActs.SENDER,
      "Certifikatet eller en af dets udsteders er udløbet.",
      "The certificate or one of its issuers' has expired."),
  CERTIFICATE_NOT_YET_VALID(
      403,
      "MSG_AUTH_REQUIRED",
      WhoActs.SENDER,
      "Certifikatet eller en af dets udsteders gælder ikke endnu.",
      "The certificate or one of its issuers' is not valid yet."),
  CERTIFICATE_REVOKED(
      403,
      "MSG_AUTH_REQUIRED",
      WhoActs.SENDER,
      "Certifikatet eller en af dets udsteders er spærret.",
      "The certificate or one of its issuers' is revoked."),
  CERTIFICATE_STATUS_UNKNOWN(
      503,
      "MSG_LOCAL_FAIL",
      WhoActs.OPERATOR,
      "Det kan ikke afgøres, om certifikatet er spærret; intet er lovet, send igen senere.",
      "Whether the certificate is revoked cannot be told; nothing was promised, send it again"
          + " later."),
  CERTIFICATE_POLICY_NOT_ALLOWED(
      403,
      "MSG_AUTH_REQUIRED",
      WhoActs.SENDER,
      "Certifikatet er ikke udstedt efter en politik, der godtages her.",
      "The certificate was not issued under a policy that is accepted here."),
  CERTIFICATE_NAME_NOT_ALLOWED(
      403,
      "MSG_AUTH_REQUIRED",
      WhoActs.SENDER,
      "Certifikatets navn ligger uden for det, udstederen må udstede til.",
      "The name in the certificate is outside what its issuer may certify."),
  CERTIFICATE_WRONG_USE(
      403,
      "MSG_AUTH_REQUIRED",
      WhoActs.SENDER,
      "Certifikatet må ikke bruges til det, det er brugt til.",
      "The certificate may not be used for what it was used for."),
  CERTIFICATE_WEAK(
      403,
      "MSG_AUTH_REQUIRED",
      WhoActs.SENDER,
      "Certifikatets nøgle eller underskrift er for svag.",
      "The certificate's key or signature is too weak."),
  CERTIFICATE_PATH_INVALID(
      403,
      "MSG_AUTH_REQUIRED",
      WhoActs.SENDER,
      "Kæden af udstedere følger ikke reglerne (RFC 5280).",
      "The chain of issuers does not follow the rules (RFC 5280)."),
  CERTIFICATE_MALFORMED(
      403,
      "MSG_AUTH_REQUIRED",
      WhoActs.SENDER,
      "Certifikatet kan ikke læses.",
      "The certificate cannot be read."),

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
  RESOURCE_UNREADABLE(
      422,
      "MSG_BAD_FORMAT",
      WhoActs.SENDER,
      "En ressource eller dens tekst (narrative) kan ikke læses.",
      "A resource or its narrative cannot be read."),
  REFERENCE_UNRESOLVED(
      422,
      "MSG_NO_EXIST",
      WhoActs.SENDER,
      "En henvisning peger ikke på noget i beskeden.",
      "A reference names nothing in the message."),
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
      "Vedhæftningen er tom, ikke base64 eller ikke af den størrelse eller med den hash, der er angivet.",
      "The attachment is empty, not base64 or not of the size or hash that is stated."),
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
  ATTACHMENT_HARMFUL(
      422,
      "MSG_PARAM_INVALID",
      WhoActs.SENDER,
      "Vedhæftningen indeholder skadelig kode.",
      "The attachment holds harmful code."),
  ATTACHMENT_TOO_LARGE_TO_SCAN(
      422,
      "MSG_Element_To_Long",
      WhoActs.SENDER,
      "Vedhæftningen er for stor til at blive undersøgt for skadelig kode.",
      "The attachment is too large to be scanned for harmful code."),
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
  CITIZEN_DIFFERS(
      422,
      "MSG_NO_MATCH",
      WhoActs.SENDER,
      "Brevet handler om en anden borger end sagen.",
      "The letter is about another citizen than its case."),
  PARTY_DIFFERS(
      422,
      "MSG_NO_MATCH",
      WhoActs.SENDER,
      "Her nævnes en anden organisation end brevets afsender eller modtager eller sagens part.",
      "Another organisation stands here than the letter's sender or receiver, or the case's party."),
  RECEIVER_IS_SENDER(
      422,
      "MSG_PARAM_INVALID",
      WhoActs.SENDER,
      "Afsender og modtager er den samme part.",
      "Sender and receiver are the same party."),
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
      "Der er allerede bedt om denne attest om borgeren; bekræft med confirmDuplicate, hvis den"
          + " skal bruges igen.",
      "This certificate about the citizen was asked for already; confirm by confirmDuplicate where"
          + " it is wanted again."),
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
  NO_WAY(
      409,
      "MSG_LOCAL_FAIL",
      WhoActs.OPERATOR,
      "Kataloget har ingen vej for brevet: modtageren mangler et endpoint eller, ad anden vej,"
          + " en efterfølger eller reserveadresse, der tager imod det.",
      "The directory has no way for the letter: the receiver lacks an endpoint or, by another way,"
          + " a successor or a fallback that takes it."),
  DRAFTS_FULL(
      409,
      "MSG_LOCAL_FAIL",
      WhoActs.SENDER,
      "Der er ikke plads til flere kladder; send eller slet nogle af dem.",
      "There is no room for more drafts; send or delete some of them."),
  BREAK_GLASS_OWN_REQUEST(
      403,
      "MSG_AUTH_REQUIRED",
      WhoActs.OPERATOR,
      "Den, der har bedt om nødadgang, kan ikke selv afgøre det; en anden leder skal gøre det.",
      "Whoever asked for break-glass access cannot decide it; another lead must."),
  BREAK_GLASS_NOT_OPEN(
      403,
      "MSG_AUTH_REQUIRED",
      WhoActs.OPERATOR,
      "Du har ingen åben nødadgang her: den er ikke givet til dig, eller dens tid er gået.",
      "You have no open break-glass access here: it was not given to you, or its time has gone."),

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
      "Brevet blev ikke leveret: modtagerens system afviste det eller svarede ikke. Modtageren har"
          + " ikke fået det.",
      "The letter was not delivered: the receiver's system rejected it or did not answer. The"
          + " receiver does not have it."),
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

  /** Whether nothing was promised and the same may be sent again later. */
  public boolean isForLater() {
    return httpStatus == 503;
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
