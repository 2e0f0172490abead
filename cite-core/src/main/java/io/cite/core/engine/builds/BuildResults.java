package io.cite.core.engine.builds;

import io.cite.core.domain.build.Build;
import io.cite.core.domain.build.BuildEvent;
import io.cite.core.domain.build.LogUrl;
import io.cite.core.domain.image.Digest;
import io.cite.core.domain.image.ImagePolicy;
import io.cite.core.domain.image.ImageReference;
import io.cite.core.domain.service.ServiceSettings;
import io.cite.core.domain.source.CommitId;
import io.cite.core.domain.source.CommitStatus;
import io.cite.core.domain.source.RepositoryName;
import io.cite.core.error.InvalidInput;
import io.cite.core.error.Upstream;
import io.cite.core.port.Builder;
import io.cite.core.port.BuilderRun;
import io.cite.core.port.ImageRegistry;
import io.cite.core.port.source.Repositories;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a status of the builder means for a build. Anyone with push permission can write a status,
 * so a success counts only if CITE ordered the build or the builder itself confirms it. Its image
 * is taken only if it lies where the repository's images may lie, its tag is the commit, and the
 * registry has it. A failure is believed: it deploys nothing.
 */
public final class BuildResults {
  private static final int LOG_LINES = 60;

  private final Builder builder;
  private final @Nullable ImageRegistry registry;
  private final ImagePolicy images;
  private final ImagePorts ports;

  /**
   * Results of this builder.
   *
   * @param registry resolves images to digests; null if none is configured
   */
  public BuildResults(
      Builder builder,
      @Nullable ImageRegistry registry,
      ImagePolicy images,
      Repositories repositories) {
    this.builder = builder;
    this.registry = registry;
    this.images = images;
    this.ports = new ImagePorts(repositories);
  }

  /**
   * What the status means for the build.
   *
   * @param event what happened to the build
   * @param refusal why the status or its image was not taken; null if it was
   * @param note what somebody should know of what was taken; null for nothing
   */
  record Meaning(BuildEvent event, @Nullable String refusal, @Nullable String note) {
    private static Meaning of(BuildEvent event) {
      return new Meaning(event, null, null);
    }
  }

  /**
   * Reads a status.
   *
   * @throws Upstream if a success cannot be confirmed now
   */
  Meaning meaning(ServiceSettings service, Build build, CommitStatus status) {
    return switch (status.state()) {
      case PENDING -> Meaning.of(new BuildEvent.Pending(status.id()));
      case SUCCESS -> success(service, build, status);
      case FAILURE -> Meaning.of(failure(status));
      case ERROR ->
          Meaning.of(
              new BuildEvent.Errored(
                  status.id(),
                  CommitStatuses.text(status).orElse("the builder reported an error")));
    };
  }

  private Meaning success(ServiceSettings service, Build build, CommitStatus status) {
    Optional<String> named = CommitStatuses.image(status.description());
    if (named.isEmpty()) {
      return refused(status.id(), "the success status names no image");
    }
    Optional<String> doubt =
        wasOrdered(build) ? Optional.empty() : doubt(runs(service, build.commit()), named.get());
    if (doubt.isPresent()) {
      String text =
          "a success status of commit %s was not believed: %s"
              .formatted(build.commit().abbreviated(), doubt.get());
      return new Meaning(new BuildEvent.Rejected(status.id()), text, null);
    }
    return made(service, build, status.id(), named.get());
  }

  private static boolean wasOrdered(Build build) {
    return build.request().origin().isOrdered() && build.request().sent();
  }

  private Meaning made(ServiceSettings service, Build build, long statusId, String name) {
    try {
      ImageReference image = ImageReference.parse(name);
      check(service, build.commit(), image);
      ImageReference made = pinned(image);
      ImagePorts.Found found = ports.of(service, build);
      return new Meaning(
          new BuildEvent.Succeeded(statusId, made, found.ports()), null, found.note());
    } catch (InvalidInput e) {
      return refused(statusId, e.getMessage());
    }
  }

  /** An image lies where those of the repository lie, or lay before it was renamed. */
  private void check(ServiceSettings service, CommitId commit, ImageReference image) {
    for (RepositoryName former : service.formerNames()) {
      try {
        images.check(former, commit, image);
        return;
      } catch (InvalidInput e) {
        // it is not one of that name
      }
    }
    images.check(service.repository(), commit, image);
  }

  /** What the builder knows of a commit, also what it began before the repository was renamed. */
  private List<BuilderRun> runs(ServiceSettings service, CommitId commit) {
    return service.names().stream()
        .flatMap(name -> builder.runs(name, commit).stream())
        .sorted(Comparator.comparingLong(BuilderRun::number))
        .toList();
  }

  private static Meaning refused(long statusId, String why) {
    return new Meaning(new BuildEvent.Errored(statusId, why), why, null);
  }

  /**
   * What the builder itself knows of a build.
   *
   * @param run the builder's number of it
   */
  record Found(Meaning meaning, long run) {}

  /**
   * The result of a build that no status has reported; empty if the builder has none.
   *
   * @throws Upstream if it cannot be asked now
   */
  Optional<Found> found(ServiceSettings service, Build build) {
    return runs(service, build.commit()).stream()
        .filter(run -> run.number() > build.statuses().runs())
        .reduce((first, second) -> second)
        .filter(run -> run.state() != BuilderRun.State.RUNNING)
        .map(run -> new Found(meaning(service, build, run), run.number()));
  }

  private Meaning meaning(ServiceSettings service, Build build, BuilderRun run) {
    long seen = build.statuses().seen();
    return switch (run.state()) {
      case RUNNING ->
          throw new IllegalArgumentException("Build " + run.number() + " has not ended");
      case SUCCEEDED ->
          run.image() == null
              ? refused(seen, "the builder does not say which image the build made")
              : made(service, build, seen, run.image().toString());
      case FAILED -> Meaning.of(failed(seen, "the build failed", run.log()));
      case ERRORED -> Meaning.of(new BuildEvent.Errored(seen, "the builder stopped the build"));
    };
  }

  /** The number of the newest build of a commit that the builder has begun; 0 if there is none. */
  long newestRun(ServiceSettings service, CommitId commit) {
    return runs(service, commit).stream().mapToLong(BuilderRun::number).max().orElse(0);
  }

  /** Why the builder does not confirm a success with this image; empty if it does. */
  private static Optional<String> doubt(List<BuilderRun> runs, String named) {
    if (runs.isEmpty()) {
      return Optional.of("the builder knows of no build of it");
    }
    List<BuilderRun> successes =
        runs.stream().filter(run -> run.state() == BuilderRun.State.SUCCEEDED).toList();
    if (successes.isEmpty()) {
      return Optional.of("the builder has no successful build of it");
    }
    return successes.stream().anyMatch(run -> made(run, named))
        ? Optional.empty()
        : Optional.of("the builder has no build of it that made the image " + named);
  }

  private static boolean made(BuilderRun run, String named) {
    return run.image() != null && run.image().toString().equals(named);
  }

  private ImageReference pinned(ImageReference image) {
    if (registry == null) {
      return image;
    }
    Digest digest =
        registry
            .resolve(image)
            .orElseThrow(() -> new InvalidInput("The registry has no image " + image));
    return image.pinned(digest);
  }

  private BuildEvent failure(CommitStatus status) {
    return failed(
        status.id(),
        CommitStatuses.text(status).orElse("the build failed"),
        CommitStatuses.logUrl(status.description()).orElse(null));
  }

  private BuildEvent failed(long statusId, String words, @Nullable LogUrl url) {
    @Nullable String tail = null;
    String cause = words;
    if (url != null) {
      try {
        tail = builder.log(url, LOG_LINES).orElse(null);
      } catch (Upstream e) {
        cause = cause + " (its log could not be read: " + e.getMessage() + ")";
      }
    }
    return new BuildEvent.Failed(statusId, cause, url, tail);
  }
}
