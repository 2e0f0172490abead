package io.cite.adapters.github;

import static io.cite.adapters.github.GitHubRest.encode;
import static io.cite.adapters.github.GitHubRest.path;

import io.cite.core.domain.source.BranchName;
import io.cite.core.domain.source.Commit;
import io.cite.core.domain.source.CommitId;
import io.cite.core.domain.source.CommitRelation;
import io.cite.core.domain.source.Permission;
import io.cite.core.domain.source.Repository;
import io.cite.core.domain.source.RepositoryName;
import io.cite.core.error.ErrorCode;
import io.cite.core.error.InvalidInput;
import io.cite.core.port.source.HeadAnswer;
import io.cite.core.port.source.Repositories;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.kohsuke.github.GHPermissionType;
import tools.jackson.databind.JsonNode;

/** What can be read of a repository. Each method makes one request if all is well. */
final class GitHubRepositories implements Repositories {
  private static final Set<Integer> ABSENT = Set.of(404);
  private static final Set<Integer> NO_SUCH_BRANCH = Set.of(404, 409);
  private static final Pattern LOGIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,99}(\\[bot])?");
  private static final int MAX_FILE_BYTES = 1 << 20;
  private static final int NOT_MODIFIED = 304;

  private final GitHubAccess access;

  GitHubRepositories(GitHubAccess access) {
    this.access = access;
  }

  /** Whether a text can be an account's name; what cannot is never put into a URL. */
  static boolean isLogin(String text) {
    return LOGIN.matcher(text).matches();
  }

  @Override
  public Repository get(RepositoryName name) {
    return access.during(
        "read the repository " + name, name, () -> repository(access.rest().get(path(name))));
  }

  private static Repository repository(JsonNode found) {
    return new Repository(
        RepositoryName.parse(found.path("full_name").asString("")),
        found.path("id").asLong(),
        new BranchName(found.path("default_branch").asString("")),
        found.path("archived").asBoolean(false),
        permission(found.path("permissions")),
        found.path("html_url").asString(""));
  }

  @Override
  public Optional<Repository> byId(RepositoryName known, long id) {
    return access.during(
        "find the repository with the number " + id,
        () -> {
          try {
            JsonNode found = access.rest().getAs(path(known), "/repositories/" + id);
            return Optional.of(repository(found));
          } catch (GitHubRefusal refusal) {
            if (refusal.status() == HttpURLConnection.HTTP_NOT_FOUND) {
              return Optional.empty();
            }
            throw refusal;
          }
        });
  }

  private static Permission permission(JsonNode permissions) {
    if (permissions.path("admin").asBoolean(false)) {
      return Permission.ADMIN;
    }
    if (permissions.path("push").asBoolean(false)) {
      return Permission.PUSH;
    }
    return permissions.path("pull").asBoolean(false) ? Permission.READ : Permission.NONE;
  }

  @Override
  public Permission permission(RepositoryName repository, String login) {
    if (!isLogin(login)) {
      return Permission.NONE;
    }
    return access
        .inside(
            "read the permission of " + login + " on " + repository,
            repository,
            ABSENT,
            () -> permission(access.named(repository).getPermission(login)))
        .orElse(Permission.NONE);
  }

  private static Permission permission(GHPermissionType type) {
    return switch (type) {
      case ADMIN -> Permission.ADMIN;
      case WRITE -> Permission.PUSH;
      case READ -> Permission.READ;
      default -> Permission.NONE;
    };
  }

  @Override
  public Optional<CommitId> head(RepositoryName repository, BranchName branch) {
    return Optional.ofNullable(headSince(repository, branch, null).head());
  }

  @Override
  public HeadAnswer headSince(RepositoryName repository, BranchName branch, @Nullable String etag) {
    String url = path(repository) + "/git/ref/heads/" + encode(branch.value(), false);
    return access
        .inside(
            "read the head of branch " + branch + " of " + repository,
            repository,
            NO_SUCH_BRANCH,
            () -> {
              GitHubRest.Reply reply = access.rest().getSince(url, etag);
              if (reply.status() == NOT_MODIFIED) {
                return new HeadAnswer(true, null, etag);
              }
              CommitId head = CommitId.parse(reply.json().path("object").path("sha").asString(""));
              return new HeadAnswer(false, head, reply.headers().firstValue("ETag").orElse(null));
            })
        .orElse(new HeadAnswer(false, null, null));
  }

  @Override
  public Optional<Commit> commit(RepositoryName repository, CommitId commit) {
    // One file a page at most: nothing here reads them.
    String url = path(repository) + "/commits/" + commit + "?per_page=1";
    return access.inside(
        "read the commit " + commit + " of " + repository,
        repository,
        GitHubAccess.NO_SUCH_COMMIT,
        () -> commit(repository, access.rest().get(url)));
  }

  @Override
  public Optional<CommitId> find(RepositoryName repository, String beginning) {
    String url = path(repository) + "/commits/" + beginning + "?per_page=1";
    return access
        .inside(
            "find the commit " + beginning + " of " + repository,
            repository,
            GitHubAccess.NO_SUCH_COMMIT,
            () -> CommitId.parse(access.rest().get(url).path("sha").asString("")))
        // GitHub takes the name of a branch as well
        .filter(commit -> commit.value().startsWith(beginning));
  }

  private static Commit commit(RepositoryName repository, JsonNode json) {
    JsonNode author = json.path("commit").path("author");
    CommitId id = CommitId.parse(json.path("sha").asString(""));
    return new Commit(
        id,
        json.path("commit").path("message").asString(""),
        author.path("name").asString("") + " <" + author.path("email").asString("") + ">",
        instant(author.path("date")),
        json.path("html_url").asString("https://github.com/" + repository + "/commit/" + id));
  }

  /** A time as GitHub writes it; the epoch if it has none. */
  static Instant instant(JsonNode node) {
    try {
      return OffsetDateTime.parse(node.asString("")).toInstant();
    } catch (DateTimeException none) {
      return Instant.EPOCH;
    }
  }

  @Override
  public Optional<String> file(RepositoryName repository, CommitId commit, String file) {
    String operation = "read the file " + file + " of " + repository + " at " + commit;
    String url = path(repository) + "/contents/" + encode(file, false) + "?ref=" + commit;
    return access
        .inside(
            operation,
            repository,
            GitHubAccess.NO_SUCH_COMMIT,
            () -> contents(repository, file, url))
        .filter(json -> json.path("type").asString("").equals("file"))
        .map(json -> content(repository, file, json));
  }

  /** GitHub refuses to show a file over 100 MB, and shows a smaller one without its content. */
  private JsonNode contents(RepositoryName repository, String file, String url) throws IOException {
    try {
      return access.rest().get(url);
    } catch (GitHubRefusal refusal) {
      if (refusal.status() == HttpURLConnection.HTTP_FORBIDDEN && refusal.says("too_large")) {
        throw tooLarge(repository, file);
      }
      throw refusal;
    }
  }

  private static InvalidInput tooLarge(RepositoryName repository, String file) {
    return new InvalidInput(
        ErrorCode.UNREADABLE_FILE,
        "The file " + file + " of " + repository + " is larger than 1 MiB");
  }

  private static String content(RepositoryName repository, String file, JsonNode json) {
    boolean left = json.path("encoding").asString("").equals("none");
    if (left || json.path("size").asLong(0) > MAX_FILE_BYTES) {
      throw tooLarge(repository, file);
    }
    byte[] bytes = Base64.getMimeDecoder().decode(json.path("content").asString(""));
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Override
  public Optional<CommitRelation> compare(RepositoryName repository, CommitId base, CommitId head) {
    // The first page carries the changed files, which nothing here reads.
    String url = path(repository) + "/compare/" + base + "..." + head + "?per_page=1&page=2";
    return access.inside(
        "compare " + base + " with " + head + " in " + repository,
        repository,
        GitHubAccess.NO_SUCH_COMMIT,
        () ->
            CommitRelation.valueOf(
                access.rest().get(url).path("status").asString("").toUpperCase(Locale.ROOT)));
  }
}
