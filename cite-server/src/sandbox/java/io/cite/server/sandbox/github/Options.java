package io.cite.server.sandbox.github;

import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a sandbox GitHub starts.
 *
 * @param port 0 for a free one
 * @param data where repositories and all else are kept; what lies there is taken up again
 * @param createOnPush whether pushing to a repository that does not exist makes it
 * @param anonymousPush whether git may push to public repositories without a token
 * @param users who is known from the start; they administer every repository made by a push
 * @param publicUrl under which answers and webhooks name the sandbox, where that is not where it
 *     listens
 * @param rateLimit API calls that each caller has per hour
 */
public record Options(
    String host,
    int port,
    Path data,
    boolean createOnPush,
    boolean anonymousPush,
    List<User> users,
    Optional<URI> publicUrl,
    int rateLimit,
    InstantSource clock) {

  private static final int GITHUB_RATE_LIMIT = 5_000;

  public Options {
    users = List.copyOf(users);
  }

  /** Loopback, a free port, no users, pushes welcome. */
  public static Options in(Path data) {
    return new Options(
        "127.0.0.1",
        0,
        data,
        true,
        true,
        List.of(),
        Optional.empty(),
        GITHUB_RATE_LIMIT,
        InstantSource.system());
  }

  public Options withHost(String name) {
    return new Options(
        name, port, data, createOnPush, anonymousPush, users, publicUrl, rateLimit, clock);
  }

  public Options withPort(int number) {
    return new Options(
        host, number, data, createOnPush, anonymousPush, users, publicUrl, rateLimit, clock);
  }

  public Options withUser(String login, String token) {
    List<User> more = new ArrayList<>(users);
    more.add(new User(login, token));
    return new Options(
        host, port, data, createOnPush, anonymousPush, more, publicUrl, rateLimit, clock);
  }

  public Options withCreateOnPush(boolean create) {
    return new Options(host, port, data, create, anonymousPush, users, publicUrl, rateLimit, clock);
  }

  public Options withAnonymousPush(boolean allowed) {
    return new Options(host, port, data, createOnPush, allowed, users, publicUrl, rateLimit, clock);
  }

  public Options withPublicUrl(URI url) {
    return new Options(
        host, port, data, createOnPush, anonymousPush, users, Optional.of(url), rateLimit, clock);
  }

  public Options withRateLimit(int callsAnHour) {
    return new Options(
        host, port, data, createOnPush, anonymousPush, users, publicUrl, callsAnHour, clock);
  }
}
