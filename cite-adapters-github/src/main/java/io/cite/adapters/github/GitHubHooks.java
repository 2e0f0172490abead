package io.cite.adapters.github;

import static io.cite.adapters.github.GitHubRest.path;

import io.cite.core.domain.source.DeliveryId;
import io.cite.core.domain.source.HookId;
import io.cite.core.domain.source.RepositoryName;
import io.cite.core.error.Upstream;
import io.cite.core.port.HookSpec;
import io.cite.core.port.source.FailedDelivery;
import io.cite.core.port.source.HookAnswer;
import io.cite.core.port.source.Hooks;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/**
 * A repository's webhooks and what became of their deliveries.
 *
 * @see <a href="https://docs.github.com/en/rest/repos/webhooks">Repository webhooks</a>
 */
final class GitHubHooks implements Hooks {
  private static final Set<Integer> ABSENT = Set.of(404);
  private static final int UNPROCESSABLE = 422;

  private final GitHubAccess access;

  GitHubHooks(GitHubAccess access) {
    this.access = access;
  }

  @Override
  public HookAnswer ensure(RepositoryName repository, HookSpec hook) {
    String operation = "set up the webhook " + hook.url() + " of " + repository;
    return access.during(
        operation,
        repository,
        () -> {
          List<HookId> found = find(repository, hook.url());
          if (!found.isEmpty()) {
            return adopt(repository, hook, found);
          }
          try {
            JsonNode made =
                access.rest().send("POST", path(repository) + "/hooks", body(hook, true)).json();
            return new HookAnswer(id(made), true);
          } catch (GitHubRefusal refusal) {
            return refused(repository, hook, operation, refusal);
          }
        });
  }

  /** Somebody made the hook since the hooks were listed, or GitHub takes no more of them. */
  private HookAnswer refused(
      RepositoryName repository, HookSpec hook, String operation, GitHubRefusal refusal) {
    if (refusal.status() == UNPROCESSABLE && refusal.says("already exists")) {
      List<HookId> found = find(repository, hook.url());
      if (!found.isEmpty()) {
        return adopt(repository, hook, found);
      }
    }
    if (refusal.status() == UNPROCESSABLE && refusal.says("more than 20 hooks")) {
      throw Upstream.permanent(
          GitHubFailures.SYSTEM,
          operation,
          "the repository has 20 webhooks for an event, which is GitHub's limit; remove one that"
              + " is not needed in the repository's settings",
          refusal);
    }
    throw refusal;
  }

  /** The secret cannot be read, so it cannot be compared: the hook is always written. */
  private HookAnswer adopt(RepositoryName repository, HookSpec hook, List<HookId> found) {
    HookId kept = found.get(0);
    access.rest().send("PATCH", path(repository) + "/hooks/" + kept, body(hook, false));
    found.stream().skip(1).forEach(surplus -> delete(repository, surplus));
    return new HookAnswer(kept, false);
  }

  private static Map<String, Object> body(HookSpec hook, boolean named) {
    Map<String, Object> config =
        Map.of(
            "url",
            hook.url(),
            "content_type",
            "json",
            "insecure_ssl",
            "0",
            "secret",
            hook.secret().reveal());
    List<String> events = hook.events().stream().sorted().toList();
    return named
        ? Map.of("name", "web", "active", true, "events", events, "config", config)
        : Map.of("active", true, "events", events, "config", config);
  }

  private static HookId id(JsonNode hook) {
    return new HookId(hook.path("id").asLong());
  }

  private List<HookId> find(RepositoryName repository, String url) {
    List<HookId> found = new ArrayList<>();
    each(
        repository,
        hook -> {
          if (url(hook).equals(url)) {
            found.add(id(hook));
          }
        });
    Collections.sort(found);
    return found;
  }

  private void each(RepositoryName repository, Consumer<JsonNode> taken) {
    access
        .rest()
        .pages(
            path(repository) + "/hooks?per_page=100",
            hook -> {
              taken.accept(hook);
              return true;
            });
  }

  private static String url(JsonNode hook) {
    return hook.path("config").path("url").asString("");
  }

  @Override
  public Set<String> urls(RepositoryName repository) {
    return access.during(
        "list the webhooks of " + repository,
        repository,
        () -> {
          Set<String> urls = new HashSet<>();
          each(repository, hook -> urls.add(url(hook)));
          return urls;
        });
  }

  @Override
  public void remove(RepositoryName repository, String url) {
    access.during(
        "remove the webhook " + url + " of " + repository,
        repository,
        () -> {
          find(repository, url).forEach(hook -> delete(repository, hook));
          return true;
        });
  }

  private void delete(RepositoryName repository, HookId hook) {
    try {
      access.rest().send("DELETE", path(repository) + "/hooks/" + hook, null);
    } catch (GitHubRefusal refusal) {
      if (refusal.status() != 404) {
        throw refusal;
      }
    }
  }

  @Override
  public List<FailedDelivery> failedDeliveries(
      RepositoryName repository, HookId hook, Instant since) {
    String operation = "list the deliveries of webhook " + hook + " of " + repository;
    return access
        .inside(
            operation,
            repository,
            ABSENT,
            () -> {
              FailedDeliveries failed = new FailedDeliveries(since);
              access.rest().pages(deliveries(repository, hook) + "?per_page=100", failed::add);
              return failed.oldestFirst();
            })
        .orElseThrow(() -> GitHubAccess.missing(operation, repository, "webhook " + hook));
  }

  @Override
  public void redeliver(RepositoryName repository, HookId hook, long attempt) {
    String operation =
        "redeliver delivery " + attempt + " of webhook " + hook + " of " + repository;
    String url = deliveries(repository, hook) + "/" + attempt + "/attempts";
    if (access
        .inside(operation, repository, ABSENT, () -> access.rest().send("POST", url, null))
        .isEmpty()) {
      throw GitHubAccess.missing(
          operation, repository, "delivery " + attempt + " of webhook " + hook);
    }
  }

  private static String deliveries(RepositoryName repository, HookId hook) {
    return path(repository) + "/hooks/" + hook + "/deliveries";
  }

  /** Reads attempts, newest first: the first one of each GUID says what became of it. */
  private static final class FailedDeliveries {
    private final Instant since;
    private final Set<DeliveryId> seen = new HashSet<>();
    private final List<FailedDelivery> failed = new ArrayList<>();

    FailedDeliveries(Instant since) {
      this.since = since;
    }

    /** Takes an attempt in; false once they are older than asked for. */
    boolean add(JsonNode attempt) {
      Instant at = GitHubRepositories.instant(attempt.path("delivered_at"));
      if (at.isBefore(since)) {
        return false;
      }
      DeliveryId delivery = new DeliveryId(attempt.path("guid").asString(""));
      int code = attempt.path("status_code").asInt(0);
      if (seen.add(delivery) && (code < 200 || code > 299)) {
        long id = attempt.path("id").asLong();
        failed.add(new FailedDelivery(id, delivery, attempt.path("event").asString(""), at));
      }
      return true;
    }

    List<FailedDelivery> oldestFirst() {
      Collections.reverse(failed);
      return List.copyOf(failed);
    }
  }
}
