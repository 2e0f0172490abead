package io.cite.core.usecase.operate;

import io.cite.core.domain.build.Build;
import io.cite.core.domain.deploy.Deployment;
import io.cite.core.domain.deploy.TimelineEntry;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.service.EnvironmentSettings;
import io.cite.core.domain.service.ServiceId;
import io.cite.core.domain.source.CommitId;
import io.cite.core.domain.source.Delivery;
import io.cite.core.domain.source.RepositoryName;
import io.cite.core.engine.store.Revisioned;
import io.cite.core.engine.store.Stores;
import io.cite.core.error.NotFound;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Explains what happened to a commit: its deliveries, its builds, the decisions about them and its
 * deployments. If nothing was deployed, the decisions say why. Throws {@link NotFound} if no
 * service is created from the repository.
 */
public final class Explain {
  private final Stores stores;

  /** The use case on these stores. */
  public Explain(Stores stores) {
    this.stores = stores;
  }

  /** Which commit of which repository. */
  public record Command(RepositoryName repository, CommitId commit) {}

  /** What an entry is about. */
  public enum Kind {
    /** A webhook about the commit. */
    DELIVERY,
    /** A build of the commit. */
    BUILD,
    /** Whether a build was deployed. */
    DECISION,
    /** A deployment of the commit. */
    DEPLOYMENT,
    /** Why there is nothing more to tell. */
    CONCLUSION
  }

  /**
   * One thing that happened.
   *
   * @param ref what it is about, such as {@code acme/hello/main#3}
   */
  public record Entry(Instant at, Kind kind, String text, String ref) {}

  /** What happened, the oldest event first. */
  public List<Entry> execute(Command command) {
    List<ServiceId> services = stores.services().madeFrom(command.repository());
    if (services.isEmpty()) {
      throw new NotFound("No service is created from " + command.repository());
    }
    List<Entry> story = new ArrayList<>();
    for (Delivery delivery : stores.deliveries().all()) {
      RepositoryName about = delivery.repository();
      if (command.commit().equals(delivery.commit())
          && about != null
          && about.sameAs(command.repository())) {
        story.add(
            new Entry(
                delivery.receivedAt(),
                Kind.DELIVERY,
                delivery.event() + " " + delivery.disposition(),
                delivery.id().value()));
      }
    }
    for (ServiceId service : services) {
      for (Revisioned<EnvironmentSettings> environment : stores.environments().of(service)) {
        tell(story, environment.value().id(), command.commit());
      }
    }
    if (story.stream().noneMatch(entry -> entry.kind() == Kind.BUILD)) {
      Instant at = story.stream().map(Entry::at).max(Instant::compareTo).orElse(Instant.EPOCH);
      story.add(
          new Entry(
              at,
              Kind.CONCLUSION,
              story.isEmpty()
                  ? "CITE received no push and no status of this commit."
                  : "No environment has a build of this commit.",
              command.repository().toString()));
    }
    story.sort(Comparator.comparing(Entry::at));
    return story;
  }

  private void tell(List<Entry> story, EnvironmentId id, CommitId commit) {
    List<Build> builds =
        stores.builds().of(id).stream().filter(build -> build.commit().equals(commit)).toList();
    Build open = null;
    for (Build build : builds) {
      tell(story, build, open);
      open = build.state().isFinal() ? open : build;
    }
    for (Deployment deployment : stores.deployments().of(id)) {
      if (deployment.commit().equals(commit)) {
        for (TimelineEntry entry : deployment.timeline().entries()) {
          story.add(
              new Entry(
                  entry.at(),
                  Kind.DEPLOYMENT,
                  entry.state() + ": " + entry.text(),
                  id + "#" + deployment.seq()));
        }
      }
    }
  }

  private static String queued(Build build) {
    String by =
        switch (build.request().origin()) {
          case PUSH -> "a push";
          case MANUAL -> "a request";
          case SWEEP -> "the sweep";
          case OBSERVED -> "a build that Buildbot reported";
        };
    return "Build %d was queued by %s (%s).".formatted(build.number(), by, build.request().by());
  }

  private static void tell(List<Entry> story, Build build, @Nullable Build before) {
    String ref = build.environment() + " build " + build.number();
    String queued = queued(build);
    if (before != null && !build.state().isFinal()) {
      queued = queued + " It waits until build " + before.number() + " ends.";
    }
    story.add(new Entry(build.times().requestedAt(), Kind.BUILD, queued, ref));
    if (build.times().startedAt() != null) {
      story.add(
          new Entry(
              build.times().startedAt(), Kind.BUILD, "Build " + build.number() + " started.", ref));
    }
    if (build.state().isFinal()) {
      Instant end =
          Objects.requireNonNullElse(build.times().endedAt(), build.times().requestedAt());
      String text = build.cause() == null ? String.valueOf(build.image()) : build.cause();
      story.add(new Entry(end, Kind.BUILD, build.state() + ": " + text, ref));
      String decision = build.decision();
      if (decision != null) {
        story.add(new Entry(end, Kind.DECISION, decision, ref));
      } else if (build.image() == null) {
        story.add(new Entry(end, Kind.DECISION, "not deployed: the build made no image", ref));
      }
    }
  }
}
