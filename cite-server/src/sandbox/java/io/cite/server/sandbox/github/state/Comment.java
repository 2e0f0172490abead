package io.cite.server.sandbox.github.state;

import java.time.Instant;

/** A comment on a pull request. */
public record Comment(
    long id,
    long repository,
    int issue,
    String author,
    String body,
    Instant createdAt,
    Instant updatedAt)
    implements Row {

  public Comment edited(String nowBody, Instant at) {
    return new Comment(id, repository, issue, author, nowBody, createdAt, at);
  }
}
