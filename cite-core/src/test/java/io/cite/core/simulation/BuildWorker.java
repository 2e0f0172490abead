package io.cite.core.simulation;

import io.cite.core.domain.build.LogUrl;
import io.cite.core.domain.image.ImageReference;
import io.cite.core.domain.source.CommitId;
import io.cite.core.domain.source.CommitStatus;
import io.cite.core.domain.source.RepositoryName;
import io.cite.core.memory.InMemoryBuilder;
import io.cite.core.memory.InMemoryImageRegistry;
import io.cite.core.memory.InMemorySourceHost;
import io.cite.core.port.BuilderRun;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Builds the commits that the simulated world was asked to build, and reports as Buildbot does. */
final class BuildWorker {
  static final String CONTEXT = "buildbot/cite-build";

  private final InMemorySourceHost source;
  private final InMemoryBuilder builder;
  private final InMemoryImageRegistry registry;
  private final Deque<CommitId> commits = new ArrayDeque<>();
  private final Map<CommitId, Long> begun = new HashMap<>();
  private int asked;
  private final Map<CommitId, RepositoryName> repositories = new HashMap<>();
  private long runs;

  BuildWorker(InMemorySourceHost source, InMemoryBuilder builder, InMemoryImageRegistry registry) {
    this.source = source;
    this.builder = builder;
    this.registry = registry;
    builder.onCancel(this::cancel);
  }

  /** Drops what waits, and stops what has begun. */
  private void cancel(CommitId commit) {
    takeRequests();
    commits.removeIf(commit::equals);
    if (begun.containsKey(commit)) {
      status(commit, CommitStatus.State.ERROR, "Build cancelled.");
    }
  }

  /** The commit is built next time. */
  void ask(RepositoryName repository, CommitId commit) {
    repositories.put(commit, repository);
    commits.add(commit);
  }

  /** Takes over what CITE asked of the builder meanwhile. */
  private void takeRequests() {
    List<InMemoryBuilder.Request> requests = builder.requests();
    while (asked < requests.size()) {
      InMemoryBuilder.Request request = requests.get(asked++);
      ask(request.repository(), request.commit().id());
    }
  }

  /**
   * Carries out all that it was asked for: with success, or without.
   *
   * @param settle what happens between two reports
   */
  void build(boolean success, Runnable settle) {
    takeRequests();
    while (!commits.isEmpty()) {
      CommitId commit = commits.remove();
      status(commit, CommitStatus.State.PENDING, "Build started.");
      settle.run();
      if (success) {
        ImageReference image = image(commit);
        registry.push(image);
        status(commit, CommitStatus.State.SUCCESS, "Build success. imageName:" + image);
      } else {
        String url = "http://builder.invalid/logs/" + commit;
        builder.putLog(new LogUrl(url), "step 1\nno such command\n");
        status(commit, CommitStatus.State.FAILURE, "Build failure. logURL:" + url);
      }
      settle.run();
    }
  }

  /** Reports, and the builder knows of what is reported. */
  void status(CommitId commit, CommitStatus.State state, String description) {
    run(commit, state, description);
    forge(commit, state, description);
  }

  /** A build begins or ends, and nothing is reported of it. */
  void run(CommitId commit, CommitStatus.State state, String description) {
    long number = Optional.ofNullable(begun.remove(commit)).orElseGet(() -> ++runs);
    if (state == CommitStatus.State.PENDING) {
      begun.put(commit, number);
    }
    builder.putRun(
        repository(commit),
        new BuilderRun(
            number,
            World.MAIN,
            commit,
            switch (state) {
              case PENDING -> BuilderRun.State.RUNNING;
              case SUCCESS -> BuilderRun.State.SUCCEEDED;
              case FAILURE -> BuilderRun.State.FAILED;
              case ERROR -> BuilderRun.State.ERRORED;
            },
            fact("imageName:(\\S+)", description).map(ImageReference::parse).orElse(null),
            fact("logURL:(\\S+)", description).flatMap(LogUrl::find).orElse(null)));
  }

  private static Optional<String> fact(String pattern, String description) {
    Matcher matcher = Pattern.compile(pattern).matcher(description);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  /** Somebody writes a status, and the builder knows nothing of it. */
  void forge(CommitId commit, CommitStatus.State state, String description) {
    source.reports().reportStatus(repository(commit), commit, state, CONTEXT, description, null);
  }

  /** The repository that a build of the commit was asked for. */
  private RepositoryName repository(CommitId commit) {
    return repositories.getOrDefault(commit, World.REPOSITORY);
  }

  static ImageReference image(CommitId commit) {
    return ImageReference.parse("registry.invalid/acme/hello:" + commit);
  }
}
