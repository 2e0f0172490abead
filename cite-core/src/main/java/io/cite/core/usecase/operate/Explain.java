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
import io.cite.core.domain.source.SourceEvent;
import io.cite.core.engine.store.Revisioned;
import io.cite.core.engine.store.Stores;
import io.cite.core.error.NotFound;
import io.cite.core.port.InstantSource;
import io.cite.core.port.source.Repositories;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Explains what happened to a commit: its deliveries, its builds, the decisions about them and its
 * deployments. If nothing was deployed, the decisions say why. Of a commit that has no build of its
 * own it says which push carried it, which build or deployment contains it, and what to do. Throws
 * {@link NotFound} if no service is created from the repository.
 */
public final class Explain {
  private final Stores stores;
  private final Containment containment;

  /** The use case on these stores. */
  public Explain(Stores stores, Repositories repositories, InstantSource clock) {
    this.stores = stores;
    this.containment = new Containment(stores, repositories, clock);
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
   * @param buildIn the environment in which the commit can be built by itself, if the text says so;
   *     null if it does not
   */
  public record Entry(
      Instant at, Kind kind, String text, String ref, @Nullable EnvironmentId buildIn) {
    /** One thing that happened, with nothing to do. */
    public Entry(Instant at, Kind kind, String text, String ref) {
      this(at, kind, text, ref, null);
    }
  }

  /** What happened, the oldest event first. */
  public List<Entry> execute(Command command) {
    List<ServiceId> services = stores.services().madeFrom(command.repository());
    if (services.isEmpty()) {
      throw new NotFound("No service is created from " + command.repository());
    }
    List<Entry> story = new ArrayList<>();
    List<SourceEvent.Pushed> carriers = new ArrayList<>();
    for (Delivery delivery : stores.deliveries().of(command.repository())) {
      if (command.commit().equals(delivery.commit())) {
        story.add(entry(delivery, ""));
      } else if (delivery.carried(command.commit())
          && delivery.content() instanceof SourceEvent.Pushed push) {
        story.add(entry(delivery, carried(push)));
        carriers.add(push);
      }
    }
    List<EnvironmentId> environments = new ArrayList<>();
    for (ServiceId service : services) {
      for (Revisioned<EnvironmentSettings> environment : stores.environments().of(service)) {
        tell(story, environment.value().id(), command.commit());
        environments.add(environment.value().id());
      }
    }
    story.sort(Comparator.comparing(Entry::at));
    if (story.stream().noneMatch(entry -> entry.kind() == Kind.BUILD)) {
      boolean pushed = story.stream().anyMatch(entry -> entry.kind() == Kind.DELIVERY);
      story.addAll(containment.of(command, environments, carriers, pushed));
    }
    return story;
  }

  private static Entry entry(Delivery delivery, String more) {
    return new Entry(
        delivery.receivedAt(),
        Kind.DELIVERY,
        delivery.event() + " " + delivery.disposition() + more,
        delivery.id().value());
  }

  private static String carried(SourceEvent.Pushed push) {
    int others = push.commits().size();
    return " The push carried this commit, with %d %s%s. The newest is %s."
        .formatted(
            others,
            others == 1 ? "other" : "others",
            push.pusher() == null ? "" : ", by " + push.pusher(),
            push.after() == null ? "none" : push.after().abbreviated());
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
