package io.cite.server.sandbox.github.state;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A deployment of one commit; {@code payload} is what its creator gave, text or object. */
public record Deployment(
    long id,
    long repository,
    String sha,
    String ref,
    String task,
    JsonNode payload,
    String originalEnvironment,
    String environment,
    @Nullable String description,
    boolean transientEnvironment,
    boolean productionEnvironment,
    String creator,
    Instant createdAt,
    Instant updatedAt)
    implements Row {

  public Deployment touched(String nowEnvironment, Instant at) {
    return new Deployment(
        id,
        repository,
        sha,
        ref,
        task,
        payload,
        originalEnvironment,
        nowEnvironment,
        description,
        transientEnvironment,
        productionEnvironment,
        creator,
        createdAt,
        at);
  }
}
