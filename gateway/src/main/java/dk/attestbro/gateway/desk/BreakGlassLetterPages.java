package dk.attestbro.gateway.desk;

import dk.attestbro.gateway.api.AccessNotes;
import dk.attestbro.gateway.journey.BreakGlass;
import dk.attestbro.gateway.journey.BreakGlass.Seen;
import dk.attestbro.gateway.pages.Documents;
import dk.attestbro.gateway.pages.PageInput;
import dk.attestbro.model.AccessAct;
import dk.attestbro.model.LetterId;
import dk.attestbro.model.MediaType;
import dk.attestbro.model.MessageReader;
import dk.attestbro.model.MessageReading;
import dk.attestbro.model.MessageWriter;
import dk.attestbro.port.Staff;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;

/**
 * What one letter says, for the person who was given break-glass access to it, while it lasts. Each
 * look is in the evidence and in the access log before anything is shown.
 */
@Controller
@ConditionalOnBooleanProperty(BreakGlassPages.ENABLED)
@RequestMapping(BreakGlassPages.PATH + "/{id}")
final class BreakGlassLetterPages {
  private final BreakGlass breakGlass;
  private final AccessNotes access;
  private final MessageReader reader;
  private final MessageWriter writer;
  private final BreakGlassSheet sheet;

  BreakGlassLetterPages(
      BreakGlass breakGlass,
      AccessNotes access,
      MessageReader reader,
      MessageWriter writer,
      BreakGlassSheet sheet) {
    this.breakGlass = breakGlass;
    this.access = access;
    this.reader = reader;
    this.writer = writer;
    this.sheet = sheet;
  }

  @GetMapping
  String letter(@AuthenticationPrincipal Staff staff, @PathVariable("id") String id, Model model) {
    Seen seen = see(staff, id);
    MessageReading read = reader.read(seen.content());
    model.addAttribute("opened", seen.request());
    model.addAttribute("letter", seen.letter());
    model.addAttribute("groups", sheet.of(seen.letter(), read));
    model.addAttribute("documents", Documents.of(read.attachments()));
    return "desk/break-glass-letter";
  }

  @GetMapping("/fhir")
  ResponseEntity<byte[]> fhir(@AuthenticationPrincipal Staff staff, @PathVariable("id") String id) {
    Seen seen = see(staff, id);
    byte[] message = writer.as(seen.content(), MediaType.FHIR_JSON).bytes();
    LetterId letter = seen.letter().ref().id();
    return Documents.download(message, MediaType.FHIR_JSON.value(), letter + ".json");
  }

  @GetMapping("/documents/{number}")
  ResponseEntity<byte[]> document(
      @AuthenticationPrincipal Staff staff,
      @PathVariable("id") String id,
      @PathVariable("number") int number) {
    Seen seen = see(staff, id);
    return Documents.download(
        reader.read(seen.content()).attachments(), number, seen.letter().ref().id());
  }

  private Seen see(Staff staff, String id) {
    Seen seen = breakGlass.see(PageInput.uuid(id), DeskRoles.person(staff));
    access.noteBreakGlass(
        DeskRoles.caller(staff), AccessAct.BREAK_GLASS_READ, seen.letter(), seen.request().id());
    return seen;
  }
}
