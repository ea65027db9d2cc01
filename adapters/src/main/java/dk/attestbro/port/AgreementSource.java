package dk.attestbro.port;

import dk.attestbro.model.Agreements;
import dk.attestbro.model.WorkCalendar;

/**
 * What is agreed, and on which days authorities work, as it stands now; a bad change of the file
 * leaves the old one in force. What a case has already counted stays as it is.
 */
public interface AgreementSource {
  Agreements current();

  WorkCalendar calendar();
}
