package io.cite.server.sandbox;

import io.cite.core.domain.service.Secret;
import io.cite.server.sandbox.buildbot.SandboxBuildbot;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/** The configuration that points CITE at the parts of a sandbox. */
final class SandboxConfiguration {
  private static final Duration TOKEN_LIFE = Duration.ofDays(89);

  /** The OAuth App that CITE is at the sandbox GitHub. */
  static final String CLIENT_ID = "cite-sandbox";

  private SandboxConfiguration() {}

  /** The text of a configuration file; JSON is YAML too. */
  static String yaml(
      Options options,
      URI cite,
      URI github,
      SandboxBuildbot buildbot,
      String kubernetes,
      Secret buildbotSecret)
      throws IOException {
    Path data = options.data().toAbsolutePath();
    Map<String, Object> keys = new TreeMap<>();
    keys.put("http.host", cite.getHost());
    keys.put("http.port", cite.getPort());
    keys.put("http.publicUrl", cite.toString());
    keys.put("http.limits.api", 100_000);
    keys.put("api.tokens", List.of(administrator(options.token())));
    keys.put("github.api", github.toString());
    keys.put("github.url", github.toString());
    keys.put("github.token", options.token().reveal());
    keys.put("github.webhookSecret", options.webhookSecret().reveal());
    keys.put("github.collaborator", Sandbox.CITE_ACCOUNT);
    keys.put(
        "github.collaboratorToken", SandboxSecrets.kept(data.resolve("cite-bot.token")).reveal());
    keys.put("github.oauth.clientId", CLIENT_ID);
    keys.put("github.oauth.clientSecret", clientSecret(data).reveal());
    keys.put("http.limits.signIn", 10_000);
    keys.put("buildbot.hook", buildbot.hook().toString());
    keys.put("buildbot.url", buildbot.url().toString());
    keys.put("buildbot.secret", buildbotSecret.reveal());
    keys.put("kubernetes.api", kubernetes);
    Options.RealBuilds real = options.builds();
    keys.put(
        "registry.url", real == null ? buildbot.url().toString() : "http://" + real.registry());
    keys.put("store.type", "embedded");
    keys.put("store.embedded.file", data.resolve("cite").toString());
    keys.put("audit.jdbcUrl", "jdbc:sqlite:" + data.resolve("audit.db"));
    keys.put("notifications.privateTargets", true);
    keys.put("security.key", sealingKey(data));
    keys.putAll(options.more());
    return JsonMapper.shared().writeValueAsString(keys);
  }

  /** The secret of the OAuth App that CITE is at the sandbox GitHub. */
  static Secret clientSecret(Path data) throws IOException {
    return SandboxSecrets.kept(data.resolve("oauth.secret"));
  }

  private static String sealingKey(Path data) throws IOException {
    byte[] key =
        HexFormat.of().parseHex(SandboxSecrets.kept(data.resolve("security.key")).reveal());
    return Base64.getEncoder().encodeToString(key);
  }

  private static Map<String, Object> administrator(Secret token) {
    return Map.of(
        "name",
        Sandbox.ADMINISTRATOR,
        "sha256",
        sha256(token.reveal()),
        "scopes",
        List.of(Map.of("services", List.of("*"), "verbs", List.of("admin"))),
        "expires",
        Instant.now().plus(TOKEN_LIFE).toString());
  }

  private static String sha256(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
