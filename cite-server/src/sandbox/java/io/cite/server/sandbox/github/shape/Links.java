package io.cite.server.sandbox.github.shape;

import io.cite.server.sandbox.github.state.Repo;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Addresses within the sandbox. The API, the pages and the git repositories share one root, which
 * is known once the server listens. Thread-safe.
 */
public final class Links {

  private volatile String base = "";

  /** Says where the sandbox answers, without a slash at its end. */
  public void listensAt(String root) {
    base = root;
  }

  public String base() {
    return base;
  }

  String user(String login) {
    return base + "/users/" + login;
  }

  /** The repository in the API. */
  public String api(Repo repo) {
    return base + "/repos/" + repo.fullName();
  }

  /** The repository's page. */
  public String page(Repo repo) {
    return base + "/" + repo.fullName();
  }

  /** The address that git clones. */
  public String git(Repo repo) {
    return page(repo) + ".git";
  }

  /** A path with everything but its slashes percent-encoded. */
  public static String path(String path) {
    return Arrays.stream(path.split("/", -1)).map(Links::segment).collect(Collectors.joining("/"));
  }

  /** Text percent-encoded so that it is one segment of a path. */
  public static String segment(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
