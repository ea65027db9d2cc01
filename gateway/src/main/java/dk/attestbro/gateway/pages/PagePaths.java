package dk.attestbro.gateway.pages;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;

/** Where the pages are; everything else is the API's. */
public final class PagePaths {
  public static final String FRONT = "/";
  public static final String SIGN_IN = "/sign-in";
  public static final String SIGN_OUT = "/sign-out";
  static final String SIGNED_OUT = "/signed-out";
  public static final String ACCESSIBILITY = "/accessibility";
  public static final String COUNTER = "/counter";
  public static final String DESK = "/desk";
  static final String ASSETS = "/assets";
  static final String REFUSED = "/refused";

  private static final List<String> SINGLE =
      List.of(FRONT, SIGN_IN, SIGN_OUT, SIGNED_OUT, ACCESSIBILITY, REFUSED);
  private static final List<String> TREES =
      List.of(COUNTER, DESK, ASSETS, "/oauth2", "/login/oauth2");

  private PagePaths() {}

  /** Whether a browser with a session asks, rather than a system with a token. */
  public static boolean isPage(HttpServletRequest request) {
    String path = request.getRequestURI().substring(request.getContextPath().length());
    return SINGLE.contains(path)
        || TREES.stream().anyMatch(tree -> path.equals(tree) || path.startsWith(tree + "/"));
  }
}
