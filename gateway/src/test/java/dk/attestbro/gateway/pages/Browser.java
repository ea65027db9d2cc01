package dk.attestbro.gateway.pages;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** One person's browser: keeps cookies, and fills in the hidden fields of the page it saw last. */
public final class Browser {
  private static final Pattern HIDDEN =
      Pattern.compile("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"");

  private static final String BOUNDARY = "between-the-parts";

  private final CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL);
  private final HttpClient client = HttpClient.newBuilder().cookieHandler(cookies).build();
  private final String base;
  private Map<String, String> hidden = Map.of();

  public Browser(int port) {
    this.base = "http://127.0.0.1:" + port;
  }

  public HttpResponse<String> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base).resolve(path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return remembered(client.send(request.build(), BodyHandlers.ofString()));
  }

  /** A page or a file as its bytes; anything but 200 fails. */
  public byte[] bytes(String path) throws Exception {
    HttpResponse<byte[]> seen =
        client.send(
            HttpRequest.newBuilder(URI.create(base + path)).build(), BodyHandlers.ofByteArray());
    if (seen.statusCode() != 200) {
      throw new IOException(path + " answers " + seen.statusCode());
    }
    return seen.body();
  }

  /** Sends a form with the hidden fields of the last page, then these. */
  public HttpResponse<String> post(String path, Map<String, String> fields) throws Exception {
    Map<String, String> all = new LinkedHashMap<>(hidden);
    all.putAll(fields);
    return remembered(send(path, all));
  }

  /** Sends a form with a document, the hidden fields of the last page among its fields. */
  public HttpResponse<String> post(
      String path, Map<String, String> fields, String document, byte[] data) throws Exception {
    Map<String, String> all = new LinkedHashMap<>(hidden);
    all.putAll(fields);
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (Map.Entry<String, String> field : all.entrySet()) {
      body.write(part(field.getKey(), "").getBytes(StandardCharsets.UTF_8));
      body.write(field.getValue().getBytes(StandardCharsets.UTF_8));
    }
    body.write(
        part(document, "; filename=\"a.pdf\"\r\nContent-Type: application/pdf")
            .getBytes(StandardCharsets.UTF_8));
    body.write(data);
    body.write(("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
    return remembered(
        client.send(
            HttpRequest.newBuilder(URI.create(base + path))
                .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                .POST(BodyPublishers.ofByteArray(body.toByteArray()))
                .build(),
            BodyHandlers.ofString()));
  }

  private static String part(String name, String more) {
    return "\r\n--"
        + BOUNDARY
        + "\r\nContent-Disposition: form-data; name=\""
        + name
        + "\""
        + more
        + "\r\n\r\n";
  }

  /** Sends a form without what the page had hidden. */
  public HttpResponse<String> postBare(String path, Map<String, String> fields) throws Exception {
    return send(path, fields);
  }

  public HttpResponse<String> signIn(String user, String password) throws Exception {
    get("/sign-in");
    return post("/sign-in", Map.of("user", user, "password", password));
  }

  public String cookie(String name) {
    return cookies.getCookieStore().getCookies().stream()
        .filter(cookie -> cookie.getName().equals(name))
        .map(cookie -> cookie.getValue())
        .collect(Collectors.joining());
  }

  private HttpResponse<String> send(String path, Map<String, String> fields)
      throws IOException, InterruptedException {
    String body =
        fields.entrySet().stream()
            .map(e -> encoded(e.getKey()) + "=" + encoded(e.getValue()))
            .collect(Collectors.joining("&"));
    return client.send(
        HttpRequest.newBuilder(URI.create(base + path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  private HttpResponse<String> remembered(HttpResponse<String> seen) {
    Map<String, String> found = new LinkedHashMap<>();
    Matcher matcher = HIDDEN.matcher(seen.body());
    while (matcher.find()) {
      found.put(matcher.group(1), matcher.group(2));
    }
    if (!found.isEmpty()) {
      hidden = found;
    }
    return seen;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
