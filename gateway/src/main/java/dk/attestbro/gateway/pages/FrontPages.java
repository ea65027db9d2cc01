package dk.attestbro.gateway.pages;

import dk.attestbro.port.StaffDirectory;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The pages that anyone may see. */
@Controller
final class FrontPages {
  private final StaffDirectory users;
  private final PagesSettings settings;

  FrontPages(StaffDirectory users, PagesSettings settings) {
    this.users = users;
    this.settings = settings;
  }

  @GetMapping(PagePaths.FRONT)
  String front() {
    return "pages/front";
  }

  @GetMapping(PagePaths.ACCESSIBILITY)
  String accessibility() {
    return "pages/accessibility";
  }

  @GetMapping(PagePaths.SIGN_IN)
  String signIn(
      @RequestParam("refused") Optional<String> refused,
      @RequestParam("out") Optional<String> out,
      Model model) {
    model.addAttribute("byPassword", !users.isEmpty());
    model.addAttribute("byProvider", settings.oidc().isConfigured());
    model.addAttribute("providerLink", PagesConfiguration.PROVIDER_LINK);
    model.addAttribute("refused", refused.map(FrontPages::known).orElse(""));
    model.addAttribute("out", out.isPresent());
    return "pages/sign-in";
  }

  /** Leads on to the identity provider; whoever comes by the address alone, to the sign-in. */
  @RequestMapping(PagePaths.SIGNED_OUT)
  String signedOut(
      @RequestAttribute(name = ProviderSignOut.ADDRESS, required = false) @Nullable String address,
      Model model) {
    if (address == null) {
      return "redirect:" + PagePaths.SIGN_IN;
    }
    model.addAttribute("address", address);
    return "pages/signed-out";
  }

  private static String known(String refused) {
    return switch (refused) {
      case "wait", "role", "provider" -> refused;
      default -> "wrong";
    };
  }
}
