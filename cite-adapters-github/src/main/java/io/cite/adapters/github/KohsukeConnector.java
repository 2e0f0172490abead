package io.cite.adapters.github;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.kohsuke.github.connector.GitHubConnector;
import org.kohsuke.github.connector.GitHubConnectorRequest;
import org.kohsuke.github.connector.GitHubConnectorResponse;

/**
 * Lets github-api send through {@link GitHubHttp}: one timeout, one token, one kind of failure for
 * its requests and ours, and none of its silent retries, which could make a deployment twice.
 */
final class KohsukeConnector implements GitHubConnector {
  private final GitHubHttp http;
  private final GitHubTokens tokens;

  KohsukeConnector(GitHubHttp http, GitHubTokens tokens) {
    this.http = http;
    this.tokens = tokens;
  }

  @Override
  public GitHubConnectorResponse send(GitHubConnectorRequest request) throws IOException {
    URI url = URI.create(request.url().toString());
    if (!http.sameOrigin(url)) {
      throw new IOException("GitHub named a URL outside of its API: " + url.getHost());
    }
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Accept", "application/vnd.github+json");
    byte[] body = null;
    if (request.hasBody()) {
      headers.put("Content-Type", "application/json");
      try (InputStream in = request.body()) {
        body = in == null ? null : in.readAllBytes();
      }
    }
    GitHubHttp.Answer answer =
        http.send(request.method(), url, headers, body, tokens.tokenFor(http.path(url)));
    return new Response(request, answer);
  }

  private static final class Response extends GitHubConnectorResponse {
    private final byte[] body;

    Response(GitHubConnectorRequest request, GitHubHttp.Answer answer) {
      super(request, answer.status(), copy(answer.headers().map()));
      this.body = answer.body();
    }

    private static Map<String, List<String>> copy(Map<String, List<String>> headers) {
      return new LinkedHashMap<>(headers);
    }

    @Override
    public InputStream bodyStream() {
      return new ByteArrayInputStream(body);
    }

    @Override
    public void close() {}
  }
}
