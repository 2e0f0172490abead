package io.cite.core.simulation;

import io.cite.core.domain.build.LogUrl;
import io.cite.core.domain.image.ImageReference;
import io.cite.core.domain.source.CommitId;
import io.cite.core.domain.source.CommitStatus;
import io.cite.core.memory.InMemoryBuilder;
import io.cite.core.memory.InMemoryImageRegistry;
import io.cite.core.memory.InMemorySourceHost;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Builds the commits that the simulated world was asked to build, and reports as Buildbot does. */
final class BuildWorker {
  static final String CONTEXT = "buildbot/cite-build";

  private final InMemorySourceHost source;
  private final InMemoryBuilder builder;
  private final InMemoryImageRegistry registry;
  private final Deque<CommitId> commits = new ArrayDeque<>();
  private int asked;

  BuildWorker(InMemorySourceHost source, InMemoryBuilder builder, InMemoryImageRegistry registry) {
    this.source = source;
    this.builder = builder;
    this.registry = registry;
  }

  /** The commit is built next time. */
  void ask(CommitId commit) {
    commits.add(commit);
  }

  /** Takes over what CITE asked of the builder meanwhile. */
  private void takeRequests() {
    List<InMemoryBuilder.Request> requests = builder.requests();
    while (asked < requests.size()) {
      ask(requests.get(asked++).commit().id());
    }
  }

  /** Carries out all that it was asked for: with success, or without. */
  void build(boolean success) {
    takeRequests();
    while (!commits.isEmpty()) {
      CommitId commit = commits.remove();
      status(commit, CommitStatus.State.PENDING, "Build started.");
      if (success) {
        ImageReference image = image(commit);
        registry.push(image);
        status(commit, CommitStatus.State.SUCCESS, "Build success. imageName:" + image);
      } else {
        String url = "http://builder.invalid/logs/" + commit;
        builder.putLog(new LogUrl(url), "step 1\nno such command\n");
        status(commit, CommitStatus.State.FAILURE, "Build failure. logURL:" + url);
      }
    }
  }

  void status(CommitId commit, CommitStatus.State state, String description) {
    source.reports().reportStatus(World.REPOSITORY, commit, state, CONTEXT, description, null);
  }

  static ImageReference image(CommitId commit) {
    return ImageReference.parse("registry.invalid/acme/hello:" + commit);
  }
}
