package io.cite.core.memory;

import io.cite.core.domain.build.LogUrl;
import io.cite.core.domain.service.Secret;
import io.cite.core.domain.source.BranchName;
import io.cite.core.domain.source.Commit;
import io.cite.core.domain.source.CommitId;
import io.cite.core.domain.source.RepositoryName;
import io.cite.core.error.Upstream;
import io.cite.core.port.Builder;
import io.cite.core.port.BuilderRun;
import io.cite.core.port.HookSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A {@link Builder} that builds nothing and remembers what it was asked for. Thread-safe. */
public final class InMemoryBuilder implements Builder {

  /** A build that was asked for. */
  public record Request(RepositoryName repository, BranchName branch, Commit commit) {}

  private record Known(RepositoryName repository, BuilderRun run) {}

  private final Map<Long, Known> runs = new ConcurrentSkipListMap<>();
  private volatile boolean away;
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private volatile Consumer<Request> notified = request -> {};
  private volatile Consumer<CommitId> cancelled = commit -> {};
  private final Map<LogUrl, String> logs = new ConcurrentHashMap<>();

  @Override
  public void request(RepositoryName repository, BranchName branch, Commit commit) {
    Request request = new Request(repository, branch, commit);
    requests.add(request);
    notified.accept(request);
  }

  @Override
  public List<BuilderRun> runs(RepositoryName repository, CommitId commit) {
    if (away) {
      throw Upstream.retryable("the builder", "read builds", "it is away", null);
    }
    return runs.values().stream()
        .filter(known -> known.repository().equals(repository))
        .map(Known::run)
        .filter(run -> run.commit().equals(commit))
        .toList();
  }

  @Override
  public boolean cancel(RepositoryName repository, BranchName branch, CommitId commit, String why) {
    for (BuilderRun run : runs(repository, commit)) {
      if (run.state() == BuilderRun.State.RUNNING && branch.equals(run.branch())) {
        BuilderRun.State stopped = BuilderRun.State.ERRORED;
        putRun(repository, new BuilderRun(run.number(), branch, commit, stopped, null, run.log()));
      }
    }
    cancelled.accept(commit);
    return true;
  }

  @Override
  public Optional<String> log(LogUrl url, int maxLines) {
    return Optional.ofNullable(logs.get(url))
        .map(
            text -> {
              List<String> lines = text.lines().toList();
              List<String> end = lines.subList(Math.max(0, lines.size() - maxLines), lines.size());
              return end.isEmpty() ? "" : String.join("\n", end) + "\n";
            });
  }

  @Override
  public HookSpec hook() {
    return new HookSpec(
        "http://builder.invalid/change_hook/github", Set.of("push"), Secret.of("in-memory"));
  }

  /** The builds that were asked for, in order. */
  public List<Request> requests() {
    return List.copyOf(requests);
  }

  /** Who is notified of each build that is asked for, by the thread that asks. */
  public void onRequest(Consumer<Request> newNotified) {
    notified = newNotified;
  }

  /** Who is notified of each commit whose builds are cancelled, by the thread that cancels. */
  public void onCancel(Consumer<CommitId> newCancelled) {
    cancelled = newCancelled;
  }

  /** Whether the builder does not answer when it is asked what it knows. */
  public void away(boolean yes) {
    away = yes;
  }

  /** Makes the builder know of a build; one with the same number is replaced. */
  public void putRun(RepositoryName repository, BuilderRun run) {
    runs.put(run.number(), new Known(repository, run));
  }

  /** Puts a log where its URL finds it. */
  public void putLog(LogUrl url, String text) {
    logs.put(url, text);
  }
}
