package io.cite.server.sandbox;

import io.cite.core.domain.service.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a sandbox starts.
 *
 * @param port CITE's port; what is beside it takes the next three. 0: all take free ones
 * @param data where everything is kept
 * @param token the administrator's, at CITE and at the sandbox GitHub
 * @param webhookSecret of hooks that CITE did not make
 * @param buildDelay how long a simulated build takes
 * @param seeded whether the repository {@code acme/hello} is there from the start
 * @param builds with what and for which registry images are really built; null for
 *     simulated builds
 * @param more configuration keys that differ from the sandbox's own
 */
public record Options(
    int port,
    Path data,
    Secret token,
    Secret webhookSecret,
    Duration buildDelay,
    boolean seeded,
    @Nullable RealBuilds builds,
    Map<String, Object> more) {
  private static final Duration BUILD_DELAY = Duration.ofMillis(300);

  public Options {
    more = Map.copyOf(more);
  }

  /**
   * Real builds.
   *
   * @param tool {@code buildah}, {@code docker} or {@code podman}
   * @param registry host and port of a registry that speaks plain HTTP
   */
  public record RealBuilds(String tool, String registry) {}

  /** Free ports, fresh secrets, the seeded repository. */
  public static Options in(Path data) {
    return new Options(
        0,
        data,
        SandboxSecrets.generate(),
        SandboxSecrets.generate(),
        BUILD_DELAY,
        true,
        null,
        Map.of());
  }

  /** These options with another port. */
  public Options withPort(int number) {
    return new Options(number, data, token, webhookSecret, buildDelay, seeded, builds, more);
  }

  /** These options with another token. */
  public Options withToken(Secret value) {
    return new Options(port, data, value, webhookSecret, buildDelay, seeded, builds, more);
  }

  /** These options with another webhook secret. */
  public Options withWebhookSecret(Secret value) {
    return new Options(port, data, token, value, buildDelay, seeded, builds, more);
  }

  /** These options with builds that take so long. */
  public Options withBuildDelay(Duration time) {
    return new Options(port, data, token, webhookSecret, time, seeded, builds, more);
  }

  /** These options without the seeded repository. */
  public Options unseeded() {
    return new Options(port, data, token, webhookSecret, buildDelay, false, builds, more);
  }

  /** These options with images that are really built. */
  public Options withBuilds(@Nullable RealBuilds real) {
    return new Options(port, data, token, webhookSecret, buildDelay, seeded, real, more);
  }

  /** These options with a configuration key set. */
  public Options with(String key, Object value) {
    Map<String, Object> all = new HashMap<>(more);
    all.put(key, value);
    return new Options(port, data, token, webhookSecret, buildDelay, seeded, builds, all);
  }
}
