package io.cite.adapters.github;

import io.cite.core.domain.source.BranchName;
import io.cite.core.domain.source.CommitId;
import io.cite.core.domain.source.CommitStatus;
import io.cite.core.domain.source.HookId;
import io.cite.core.domain.source.RepositoryName;
import io.cite.core.domain.source.SourceEvent;
import io.cite.core.error.InvalidInput;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads what a webhook says. It takes fields it does not know, nulls and missing parts as they
 * come, and never throws: what cannot be read becomes {@link SourceEvent.Unreadable}.
 *
 * @see <a href="https://docs.github.com/en/webhooks/webhook-events-and-payloads">Webhook events</a>
 */
public final class WebhookParser {
  private static final int MAX_DEPTH = 64;
  private static final int MAX_SHOWN = 100;
  private static final int MAX_COMMITS = SourceEvent.Pushed.MAX_COMMITS + 1;
  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");
  private static final Pattern LOGIN =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,38}(?:\\[bot\\])?");
  private static final String HEADS = "refs/heads/";
  private static final String TAGS = "refs/tags/";
  private static final String NO_COMMIT = "0".repeat(40);
  private static final List<String> CHANGES = List.of("added", "removed", "modified");

  /** Of a push of more, some hosts name only a part. */
  private static final int FEW_COMMITS = 20;

  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
                  .build())
          .build();

  private WebhookParser() {}

  /**
   * The JSON of a webhook's body, which hooks of content type {@code form} send in a field {@code
   * payload}. The signature is over the body, not over this.
   */
  public static byte[] json(@Nullable String contentType, byte[] body) {
    String type = contentType == null ? "" : contentType.toLowerCase(Locale.ROOT).strip();
    if (!type.startsWith("application/x-www-form-urlencoded")) {
      return body;
    }
    for (String field : new String(body, StandardCharsets.UTF_8).split("&")) {
      if (field.startsWith("payload=")) {
        try {
          String value = field.substring("payload=".length());
          return URLDecoder.decode(value, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
          return new byte[0];
        }
      }
    }
    return new byte[0];
  }

  /**
   * What the webhook says.
   *
   * @param event value of the header {@code X-GitHub-Event}
   * @param body JSON
   */
  public static SourceEvent parse(String event, byte[] body) {
    try {
      JsonNode json = JSON.readTree(body);
      if (!json.isObject()) {
        return new SourceEvent.Unreadable("the body is not a JSON object");
      }
      return switch (event) {
        case "push" -> push(json);
        case "status" -> status(json);
        case "delete" -> delete(json);
        case "pull_request" -> pullRequest(json);
        case "repository" -> repositoryEvent(json);
        case "ping" -> ping(json);
        default ->
            new SourceEvent.Irrelevant(
                optionalRepository(json), "event " + shown(event) + " is not one CITE acts on");
      };
    } catch (JacksonException malformed) {
      return new SourceEvent.Unreadable("the body is not JSON that CITE can read");
    } catch (InvalidInput invalid) {
      return new SourceEvent.Unreadable(invalid.getMessage());
    }
  }

  private static SourceEvent push(JsonNode json) {
    RepositoryName repository = repository(json);
    String ref = text(json, "ref");
    if (ref.startsWith(TAGS)) {
      return new SourceEvent.Irrelevant(
          repository, "tag " + shown(ref.substring(TAGS.length())) + " was pushed, not a branch");
    }
    if (!ref.startsWith(HEADS)) {
      return new SourceEvent.Irrelevant(repository, "ref " + shown(ref) + " is not a branch");
    }
    BranchName branch = new BranchName(ref.substring(HEADS.length()));
    String after = text(json, "after");
    boolean deleted = json.path("deleted").asBoolean(false) || after.equals(NO_COMMIT);
    return new SourceEvent.Pushed(
        repository,
        repositoryId(json),
        branch,
        deleted ? null : CommitId.parse(after),
        json.path("forced").asBoolean(false),
        commits(json.path("commits"), after),
        pusher(json),
        deleted ? null : sameDockerfileAs(json));
  }

  /** The commits of a push below its head; what is not a commit's id is left out. */
  private static List<CommitId> commits(JsonNode list, String head) {
    List<CommitId> commits = new ArrayList<>();
    for (int i = Math.max(0, list.size() - MAX_COMMITS); i < list.size(); i++) {
      String id = list.path(i).path("id").asString("");
      if (COMMIT.matcher(id).matches() && !id.equals(head)) {
        commits.add(new CommitId(id));
      }
    }
    return commits;
  }

  /** Who pushed, if that is a login: of a deploy key only the key's name is known. */
  private static @Nullable String pusher(JsonNode json) {
    String sender = json.path("sender").path("login").asString("");
    String login = sender.isEmpty() ? json.path("pusher").path("name").asString("") : sender;
    return LOGIN.matcher(login).matches() ? login : null;
  }

  /** The former head, if all files that the push changed are known and none is a Dockerfile. */
  private static @Nullable CommitId sameDockerfileAs(JsonNode json) {
    String before = json.path("before").asString("");
    JsonNode commits = json.path("commits");
    if (before.isEmpty()
        || before.equals(NO_COMMIT)
        || json.path("forced").asBoolean(true)
        || json.path("created").asBoolean(true)
        || commits.isEmpty()
        || commits.size() >= FEW_COMMITS) {
      return null;
    }
    for (JsonNode commit : commits) {
      for (String change : CHANGES) {
        if (!commit.path(change).isArray() || namesADockerfile(commit.path(change))) {
          return null;
        }
      }
    }
    return CommitId.parse(before);
  }

  /** Also one of another folder or with a longer name: the Dockerfile may be a link to it. */
  private static boolean namesADockerfile(JsonNode files) {
    for (JsonNode file : files) {
      if (file.asString("").toLowerCase(Locale.ROOT).contains("dockerfile")) {
        return true;
      }
    }
    return false;
  }

  private static SourceEvent status(JsonNode json) {
    return new SourceEvent.StatusChanged(
        repository(json),
        repositoryId(json),
        CommitId.parse(text(json, "sha")),
        number(json, "id"),
        state(text(json, "state")),
        text(json, "context"),
        branches(json.path("branches")));
  }

  private static CommitStatus.State state(String text) {
    for (CommitStatus.State state : CommitStatus.State.values()) {
      if (state.name().equalsIgnoreCase(text)) {
        return state;
      }
    }
    throw new InvalidInput("The status has an unknown state '" + shown(text) + "'");
  }

  private static List<BranchName> branches(JsonNode list) {
    List<BranchName> branches = new ArrayList<>();
    for (JsonNode branch : list) {
      try {
        branches.add(new BranchName(branch.path("name").asString("")));
      } catch (InvalidInput unusable) {
        // a branch that CITE cannot serve is none of its environments
      }
    }
    return branches;
  }

  private static SourceEvent delete(JsonNode json) {
    RepositoryName repository = repository(json);
    String ref = text(json, "ref");
    String type = text(json, "ref_type");
    if (!type.equals("branch")) {
      return new SourceEvent.Irrelevant(
          repository, shown(type) + " " + shown(ref) + " was deleted, not a branch");
    }
    return new SourceEvent.BranchDeleted(repository, repositoryId(json), new BranchName(ref));
  }

  private static SourceEvent pullRequest(JsonNode json) {
    RepositoryName repository = repository(json);
    long id = repositoryId(json);
    JsonNode head = json.path("pull_request").path("head");
    if (head.path("repo").path("id").asLong(0) != id) {
      return new SourceEvent.Irrelevant(repository, "the pull request comes from a fork");
    }
    return new SourceEvent.PullRequestChanged(
        repository,
        id,
        text(json, "action"),
        number(json, "number"),
        new BranchName(text(head, "ref")));
  }

  private static SourceEvent repositoryEvent(JsonNode json) {
    String action = text(json, "action");
    return action.equals("renamed") || action.equals("transferred")
        ? new SourceEvent.Renamed(repository(json), repositoryId(json), action)
        : new SourceEvent.Irrelevant(repository(json), "the repository was " + shown(action));
  }

  private static SourceEvent ping(JsonNode json) {
    return new SourceEvent.Pinged(optionalRepository(json), new HookId(number(json, "hook_id")));
  }

  private static RepositoryName repository(JsonNode json) {
    RepositoryName repository = optionalRepository(json);
    if (repository == null) {
      throw new InvalidInput("The webhook names no repository");
    }
    return repository;
  }

  private static @Nullable RepositoryName optionalRepository(JsonNode json) {
    String name = json.path("repository").path("full_name").asString("");
    return name.isEmpty() ? null : RepositoryName.parse(name);
  }

  private static long repositoryId(JsonNode json) {
    return number(json.path("repository"), "id");
  }

  private static long number(JsonNode json, String field) {
    JsonNode value = json.path(field);
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw new InvalidInput("The webhook's field '" + field + "' is not a number");
    }
    return value.asLong();
  }

  private static String text(JsonNode json, String field) {
    JsonNode value = json.path(field);
    if (!value.isString()) {
      throw new InvalidInput("The webhook's field '" + field + "' is not a text");
    }
    return value.asString();
  }

  private static String shown(String text) {
    String clean = text.replaceAll("\\p{Cntrl}", "?");
    return clean.length() > MAX_SHOWN ? clean.substring(0, MAX_SHOWN) + "..." : clean;
  }
}
