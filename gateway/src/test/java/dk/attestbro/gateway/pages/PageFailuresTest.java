package dk.attestbro.gateway.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dk.attestbro.gateway.api.ApiServer;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.thymeleaf.IEngineConfiguration;
import org.thymeleaf.templateresolver.StringTemplateResolver;
import org.thymeleaf.templateresource.ITemplateResource;

/** What is told of a page that breaks while it is drawn. */
@ExtendWith(OutputCaptureExtension.class)
class PageFailuresTest {
  private static final String SEED = "Seedname Elmer 2509479989";

  @Test
  void logsTheTemplateAndNoValueOfIt(CapturedOutput output) throws Exception {
    try (ApiServer server =
        new ApiServer(List.of(PagesTest.Parts.class, BrokenPages.class), List.of())) {
      HttpResponse<String> seen = new Browser(server.port()).get("/assets/broken-page");

      assertThat(seen.statusCode()).isEqualTo(500);
      assertThat(seen.body()).contains("INTERNAL_ERROR").doesNotContain(SEED);
    }
    assertThat(output.getAll())
        .contains("INTERNAL_ERROR: the page broken-template line 1 cannot be drawn")
        .doesNotContain("Seedname", "2509479989");
  }

  /** A page whose template asks for what its value has not. */
  @Import(BrokenPages.Pages.class)
  static class BrokenPages {
    @Bean
    StringTemplateResolver brokenTemplates() {
      StringTemplateResolver templates =
          new StringTemplateResolver() {
            @Override
            protected ITemplateResource computeTemplateResource(
                IEngineConfiguration configuration,
                String owner,
                String template,
                Map<String, Object> attributes) {
              return super.computeTemplateResource(
                  configuration, owner, "<p th:text=\"${value.read()}\">x</p>", attributes);
            }
          };
      templates.setResolvablePatterns(Set.of("broken-template"));
      templates.setOrder(0);
      return templates;
    }

    /** What a page shows, and cannot read. */
    public static final class Value {
      public String read() {
        throw new IllegalStateException("cannot read " + SEED);
      }
    }

    @Controller
    static class Pages {
      @GetMapping("/assets/broken-page")
      String page(Model model) {
        model.addAttribute("value", new Value());
        return "broken-template";
      }
    }
  }
}
