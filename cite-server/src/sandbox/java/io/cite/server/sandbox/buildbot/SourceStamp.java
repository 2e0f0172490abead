package io.cite.server.sandbox.buildbot;

import io.cite.core.domain.source.BranchName;
import io.cite.core.domain.source.CommitId;
import io.cite.core.domain.source.RepositoryName;
import io.cite.core.error.InvalidInput;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** One revision to build, as an event to the change hook asks for it. */
record SourceStamp(RepositoryName repository, BranchName branch, CommitId commit) {
  private static final String HEADS = "refs/heads/";

  /**
   * Reads an event.
   *
   * @return empty if the event asks for no build: a tag, a deleted branch, an unknown event
   * @throws InvalidInput if the body is not what the event should have
   */
  static Optional<SourceStamp> parse(String event, JsonNode body) {
    return switch (event) {
      case "push" -> push(body);
      case "cite" ->
          Optional.of(
              new SourceStamp(
                  RepositoryName.parse(body.path("project").asString("")),
                  BranchName.parse(body.path("branch").asString("")),
                  CommitId.parse(body.path("revision").asString(""))));
      default -> Optional.empty();
    };
  }

  /** Of a push with many commits only the last is built. */
  private static Optional<SourceStamp> push(JsonNode body) {
    String ref = body.path("ref").asString("");
    if (!ref.startsWith(HEADS) || body.path("deleted").asBoolean(false)) {
      return Optional.empty();
    }
    return Optional.of(
        new SourceStamp(
            RepositoryName.parse(body.at("/repository/full_name").asString("")),
            BranchName.parse(ref.substring(HEADS.length())),
            CommitId.parse(body.path("after").asString(""))));
  }
}
