package io.cite.server.web;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Sends what a browser without scripts sends: it keeps cookies and follows redirects by itself. */
final class Browser {
  private static final Pattern CSRF = Pattern.compile("name=\"csrf\" value=\"([0-9a-f]+)\"");

  private final URI root;
  private final HttpClient client;

  Browser(URI root) {
    this(root, HttpClient.Redirect.ALWAYS);
  }

  Browser(URI root, HttpClient.Redirect redirects) {
    this.root = root;
    this.client =
        HttpClient.newBuilder()
            .cookieHandler(new CookieManager())
            .followRedirects(redirects)
            .build();
  }

  HttpResponse<String> get(String path, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(root.resolve(path));
    request.header("Accept", "text/html,application/xhtml+xml");
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request);
  }

  /** Opens the stream of a page. */
  HttpResponse<Stream<String>> stream(String path) {
    HttpRequest request =
        HttpRequest.newBuilder(root.resolve(path)).header("Accept", "text/event-stream").build();
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofLines());
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Sends a form of a page, with the token that the page has. */
  HttpResponse<String> submit(String page, String action, Map<String, String> fields) {
    Matcher token = CSRF.matcher(get(page).body());
    if (!token.find()) {
      throw new AssertionError(page + " has no form with a token");
    }
    return post(
        action,
        form(fields) + (fields.isEmpty() ? "" : "&") + "csrf=" + token.group(1),
        "Origin",
        root.getScheme() + "://" + root.getRawAuthority());
  }

  /** Sends a form as it is. */
  HttpResponse<String> post(String path, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(root.resolve(path))
            .header("Accept", "text/html")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request);
  }

  /** Signs in with a token. */
  Browser signedIn(String token) {
    HttpResponse<String> answer =
        post("/login", form(Map.of("token", token, "next", "/")), "Sec-Fetch-Site", "same-origin");
    if (answer.statusCode() >= 400) {
      throw new AssertionError(answer.statusCode() + ": " + answer.body());
    }
    return this;
  }

  static String form(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(one -> one.getKey() + "=" + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
