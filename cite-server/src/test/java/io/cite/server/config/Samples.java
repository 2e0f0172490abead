package io.cite.server.config;

import java.time.Instant;
import java.util.Map;

/** The least configuration that is complete. */
public final class Samples {
  /** When the samples are read. */
  public static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");

  /** What has to be set. */
  public static final String LEAST =
      """
      http:
        publicUrl: https://cite.example.com/
      github:
        token: t0ken
        webhookSecret: hush
        collaborator: cite-bot
      buildbot:
        hook: https://buildbot.example.com/change_hook/github
        url: https://buildbot.example.com
        secret: hush-hush
      security:
        key: AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=
      """;

  private Samples() {}

  /** The least configuration and some lines more. */
  public static Configuration configuration(String more) {
    return Configuration.parse(LEAST + more, Map.of(), NOW);
  }
}
