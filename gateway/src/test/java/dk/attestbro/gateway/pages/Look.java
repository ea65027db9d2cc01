package dk.attestbro.gateway.pages;

import com.deque.html.axecore.args.AxeRunOptions;
import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ScreenshotType;
import com.microsoft.playwright.options.ViewportSize;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** A look at a page as it stands in the browser. */
public final class Look {
  /** Whether people want to see the pages too: a quarter of the browser's work. */
  private static final boolean TAKES_PICTURES = Boolean.getBoolean("pictures");

  private static final Path PICTURES = Path.of("target", "screenshots");

  /** WCAG 1.4.10: at this width nobody has to scroll sideways. */
  private static final int NARROW = 320;

  private static final String SCROLLS_SIDEWAYS =
      "() => document.documentElement.scrollWidth > document.documentElement.clientWidth";

  private Look() {}

  /**
   * Every rule of axe-core that the page breaks, with the elements that do; and whether it scrolls
   * sideways in a narrow window. Contrast, most of axe-core's work, is the same in every language:
   * it is looked at in Danish.
   */
  public static List<String> broken(Page page) {
    AxeRunOptions violations = new AxeRunOptions();
    violations.setResultTypes(List.of("violations"));
    // Our pages have no frames. With some, axe-core would collect its answer in a page of its own.
    AxeBuilder axe = new AxeBuilder(page).options(violations).setLegacyMode(true);
    if ("en".equals(page.locator("html").getAttribute("lang"))) {
      axe.disableRules(List.of("color-contrast"));
    }
    List<String> broken = new ArrayList<>();
    for (Rule rule : axe.analyze().getViolations()) {
      TreeSet<String> elements = new TreeSet<>();
      rule.getNodes().forEach(node -> elements.add(String.valueOf(node.getHtml())));
      broken.add(rule.getId() + " " + elements);
    }
    if (scrollsSideways(page)) {
      broken.add("scrolls sideways");
    }
    return broken;
  }

  private static boolean scrollsSideways(Page page) {
    ViewportSize wide = page.viewportSize();
    page.setViewportSize(NARROW, wide.height);
    boolean scrolls = page.evaluate(SCROLLS_SIDEWAYS).equals(true);
    page.setViewportSize(wide.width, wide.height);
    return scrolls;
  }

  /** With {@code -Dpictures=true}, a picture of the whole page in {@code target/screenshots}. */
  public static void picture(Page page, String name) {
    if (TAKES_PICTURES) {
      page.screenshot(
          new Page.ScreenshotOptions()
              .setPath(PICTURES.resolve(name + ".jpg"))
              .setType(ScreenshotType.JPEG)
              .setFullPage(true));
    }
  }
}
