package io.cite.server.sandbox.github.state;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A pull request within one repository; {@code head} and {@code base} are branch names. */
public record Pull(
    long id,
    long repository,
    int number,
    String title,
    @Nullable String body,
    String author,
    String head,
    String headSha,
    String base,
    String baseSha,
    boolean draft,
    Instant createdAt,
    Instant updatedAt,
    @Nullable Instant closedAt,
    @Nullable Instant mergedAt)
    implements Row {

  public boolean open() {
    return closedAt == null;
  }

  public Pull edited(String nowTitle, @Nullable String nowBody, Instant at) {
    return new Pull(
        id,
        repository,
        number,
        nowTitle,
        nowBody,
        author,
        head,
        headSha,
        base,
        baseSha,
        draft,
        createdAt,
        at,
        closedAt,
        mergedAt);
  }

  public Pull synchronizedTo(String sha, Instant at) {
    return new Pull(
        id,
        repository,
        number,
        title,
        body,
        author,
        head,
        sha,
        base,
        baseSha,
        draft,
        createdAt,
        at,
        closedAt,
        mergedAt);
  }

  public Pull closed(boolean merged, Instant at) {
    return new Pull(
        id,
        repository,
        number,
        title,
        body,
        author,
        head,
        headSha,
        base,
        baseSha,
        draft,
        createdAt,
        at,
        at,
        merged ? at : null);
  }

  public Pull reopened(Instant at) {
    return new Pull(
        id,
        repository,
        number,
        title,
        body,
        author,
        head,
        headSha,
        base,
        baseSha,
        draft,
        createdAt,
        at,
        null,
        null);
  }
}
