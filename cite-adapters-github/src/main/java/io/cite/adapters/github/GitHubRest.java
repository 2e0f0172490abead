package io.cite.adapters.github;

import io.cite.core.domain.source.RepositoryName;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The requests that github-api has no call for, or more calls than needed. Safe for use by several
 * threads.
 */
final class GitHubRest {
  static final JsonMapper JSON = JsonMapper.shared();
  private static final Pattern NEXT = Pattern.compile("<([^>]+)>\\s*;\\s*rel=\"next\"");

  private final GitHubHttp http;
  private final GitHubTokens tokens;
  private final Consumer<String> admission;
  private final AnswerCache cache = new AnswerCache();

  GitHubRest(GitHubHttp http, GitHubTokens tokens) {
    this(http, tokens, token -> {});
  }

  /**
   * Requests with a condition.
   *
   * @param admission is asked before each request, with its token, and throws if the request must
   *     not be sent now
   */
  GitHubRest(GitHubHttp http, GitHubTokens tokens, Consumer<String> admission) {
    this.http = http;
    this.tokens = tokens;
    this.admission = admission;
  }

  /** The path of a repository. */
  static String path(RepositoryName repository) {
    return "/repos/" + repository.owner() + "/" + repository.name();
  }

  /**
   * Percent-encodes all but unreserved characters (RFC 3986) and, unless asked to keep them,
   * slashes.
   */
  static String encode(String text, boolean slashes) {
    String form = URLEncoder.encode(text, StandardCharsets.UTF_8);
    String encoded = form.replace("+", "%20").replace("*", "%2A").replace("%7E", "~");
    return slashes ? encoded : encoded.replace("%2F", "/");
  }

  /** Reads. */
  JsonNode get(String path) {
    return send("GET", path, null, Map.of()).json();
  }

  /** Reads with the token that is for another path. */
  JsonNode getAs(String other, String path) {
    return send("GET", path, null, Map.of(), tokens.tokenFor(other)).json();
  }

  /** Reads, if it changed since the tag was given out; status 304 if it did not. */
  Reply getSince(String path, @Nullable String etag) {
    return send("GET", path, null, etag == null ? Map.of() : Map.of("If-None-Match", etag));
  }

  /** Sends a body, or none. */
  Reply send(String method, String path, @Nullable Object body) {
    return send(method, path, body, Map.of());
  }

  /** Reads a list page by page until the last one, or until the predicate has enough. */
  void pages(String path, Predicate<JsonNode> wantsMore) {
    String next = path;
    while (next != null) {
      Reply page = send("GET", next, null, Map.of());
      for (JsonNode item : page.json()) {
        if (!wantsMore.test(item)) {
          return;
        }
      }
      next = next(page.headers());
    }
  }

  private @Nullable String next(HttpHeaders headers) {
    for (String link : headers.allValues("Link")) {
      Matcher matcher = NEXT.matcher(link);
      if (matcher.find()) {
        URI url = http.url("/").resolve(matcher.group(1));
        if (!http.sameOrigin(url)) {
          return null;
        }
        return http.path(url) + (url.getRawQuery() == null ? "" : "?" + url.getRawQuery());
      }
    }
    return null;
  }

  private Reply send(String method, String path, @Nullable Object body, Map<String, String> extra) {
    return send(method, path, body, extra, tokens.tokenFor(path));
  }

  private Reply send(
      String method, String path, @Nullable Object body, Map<String, String> extra, String token) {
    Map<String, String> headers = new LinkedHashMap<>(extra);
    headers.put("Accept", "application/vnd.github+json");
    byte[] bytes = null;
    if (body != null) {
      headers.put("Content-Type", "application/json");
      bytes = JSON.writeValueAsBytes(body);
    }
    admission.accept(token);
    boolean cached = method.equals("GET") && !extra.containsKey("If-None-Match");
    if (cached) {
      cache.etag(path).ifPresent(etag -> headers.put("If-None-Match", etag));
    }
    GitHubHttp.Answer answer = http.send(method, http.url(path), headers, bytes, token);
    Reply reply = new Reply(answer.status(), answer.headers(), answer.body());
    return cached ? cache.resolve(path, reply) : reply;
  }

  /** An answer with a status below 400. */
  record Reply(int status, HttpHeaders headers, byte[] body) {
    JsonNode json() {
      return JSON.readTree(body);
    }
  }
}
