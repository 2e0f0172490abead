package io.cite.core.usecase.operate;

import io.cite.core.domain.build.Build;
import io.cite.core.domain.deploy.Deployment;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.service.EnvironmentState;
import io.cite.core.domain.source.CommitId;
import io.cite.core.domain.source.CommitRelation;
import io.cite.core.domain.source.RepositoryName;
import io.cite.core.domain.source.SourceEvent;
import io.cite.core.engine.store.Revisioned;
import io.cite.core.engine.store.Stores;
import io.cite.core.error.NotFound;
import io.cite.core.error.Upstream;
import io.cite.core.port.InstantSource;
import io.cite.core.port.source.Repositories;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a commit is that no build was made of: a newer commit of the same push, or of its branch,
 * may be built or live. What the deliveries do not tell, the source host is asked.
 */
final class Containment {
  private static final int ENVIRONMENTS = 10;

  private final Stores stores;
  private final Repositories repositories;
  private final InstantSource clock;

  Containment(Stores stores, Repositories repositories, InstantSource clock) {
    this.stores = stores;
    this.repositories = repositories;
    this.clock = clock;
  }

  /**
   * What is to be said of such a commit, at this moment.
   *
   * @param carriers the pushes that it came with, as one of several commits
   * @param delivered whether a delivery reported it
   */
  List<Explain.Entry> of(
      Explain.Command about,
      List<EnvironmentId> environments,
      List<SourceEvent.Pushed> carriers,
      boolean delivered) {
    List<Explain.Entry> entries = new ArrayList<>();
    Instant now = clock.instant();
    try {
      for (EnvironmentId id : environments.stream().limit(ENVIRONMENTS).toList()) {
        in(id, about, carriers).ifPresent(found -> entries.add(found.at(now, id)));
      }
      if (entries.isEmpty()) {
        entries.add(conclusion(now, nowhere(about, delivered), about.repository().toString()));
      } else if (!delivered) {
        String before =
            "CITE received no push of this commit. It was pushed before the service was created,"
                + " or so long ago that the delivery is not kept.";
        entries.add(0, conclusion(now, before, about.repository().toString()));
      }
    } catch (Upstream e) {
      String text =
          "No build was made of this commit. Whether a newer build contains it cannot be said now: "
              + e.getMessage();
      entries.add(conclusion(now, text, about.repository().toString()));
    }
    return entries;
  }

  /**
   * What contains the commit.
   *
   * @param unbuilt whether a build of the commit by itself would add something
   */
  private record Container(String text, boolean unbuilt) {
    Explain.Entry at(Instant now, EnvironmentId id) {
      return new Explain.Entry(
          now,
          Explain.Kind.CONCLUSION,
          unbuilt ? text + " To run this commit by itself, build it and deploy the build." : text,
          id.toString(),
          unbuilt ? id : null);
    }
  }

  private static Explain.Entry conclusion(Instant at, String text, String ref) {
    return new Explain.Entry(at, Explain.Kind.CONCLUSION, text, ref);
  }

  private String nowhere(Explain.Command about, boolean delivered) {
    if (repositories.commit(about.repository(), about.commit()).isEmpty()) {
      return "The repository " + about.repository() + " has no commit " + about.commit() + ".";
    }
    return (delivered ? "" : "CITE received no push of this commit. ")
        + "No branch with an environment contains it. To run it, add an environment for a branch"
        + " that does.";
  }

  private Optional<Container> in(
      EnvironmentId id, Explain.Command about, List<SourceEvent.Pushed> carriers) {
    Optional<EnvironmentState> state = stores.environments().findState(id).map(Revisioned::value);
    if (state.isEmpty()) {
      return Optional.empty();
    }
    List<CommitId> newer =
        carriers.stream()
            .filter(push -> push.branch().equals(id.branch()))
            .map(SourceEvent.Pushed::after)
            .filter(Objects::nonNull)
            .toList();
    @Nullable Deployment live = live(id, state.get());
    if (live != null && contains(about, newer, live.commit())) {
      String text =
          "Deployment %d of %s is live and contains it, as part of commit %s."
              .formatted(live.seq(), id, live.commit().abbreviated());
      return Optional.of(new Container(text, false));
    }
    List<Build> builds = stores.builds().of(id);
    Optional<Build> carrier =
        builds.stream()
            .filter(build -> newer.contains(build.commit()))
            .reduce((first, second) -> second);
    if (carrier.isPresent()) {
      return Optional.of(built(id, carrier.get()));
    }
    @Nullable CommitId head = state.get().head();
    if (head == null || !contains(about, newer, head)) {
      return Optional.empty();
    }
    return Optional.of(
        builds.stream()
            .filter(build -> build.commit().equals(head))
            .reduce((first, second) -> second)
            .map(build -> built(id, build))
            .orElseGet(
                () ->
                    new Container(
                        "The branch "
                            + id.branch()
                            + " of "
                            + id.service()
                            + " contains it, and no build does.",
                        true)));
  }

  private static Container built(EnvironmentId id, Build build) {
    String text =
        "Build %d of %s contains it, as part of commit %s: %s."
            .formatted(
                build.number(),
                id,
                build.commit().abbreviated(),
                build.decision() == null ? build.state() : build.decision());
    return new Container(text, true);
  }

  private @Nullable Deployment live(EnvironmentId id, EnvironmentState state) {
    @Nullable Long seq = state.live();
    return seq == null
        ? null
        : stores.deployments().find(id, seq).map(Revisioned::value).orElse(null);
  }

  private boolean contains(Explain.Command about, List<CommitId> newer, CommitId tip) {
    if (newer.contains(tip)) {
      return true;
    }
    RepositoryName repository = about.repository();
    try {
      return repositories
          .compare(repository, about.commit(), tip)
          .filter(r -> r == CommitRelation.AHEAD || r == CommitRelation.IDENTICAL)
          .isPresent();
    } catch (NotFound e) {
      return false;
    }
  }
}
