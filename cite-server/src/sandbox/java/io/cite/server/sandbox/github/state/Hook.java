package io.cite.server.sandbox.github.state;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A webhook of a repository, with what its last delivery was answered. */
public record Hook(
    long id,
    long repository,
    boolean active,
    List<String> events,
    Config config,
    @Nullable Integer lastCode,
    String lastStatus,
    @Nullable String lastMessage,
    Instant createdAt,
    Instant updatedAt)
    implements Row {

  public Hook {
    events = List.copyOf(events);
  }

  /** Where and how to deliver. {@code contentType} is {@code json} or {@code form}. */
  public record Config(
      String url, String contentType, @Nullable String secret, String insecureSsl) {}

  public boolean wants(String event) {
    return active && (events.contains("*") || events.contains(event));
  }

  public Hook edited(boolean nowActive, List<String> nowEvents, Config nowConfig, Instant at) {
    return new Hook(
        id,
        repository,
        nowActive,
        nowEvents,
        nowConfig,
        lastCode,
        lastStatus,
        lastMessage,
        createdAt,
        at);
  }

  public Hook answered(int code, String status, String message) {
    return new Hook(
        id, repository, active, events, config, code, status, message, createdAt, updatedAt);
  }
}
