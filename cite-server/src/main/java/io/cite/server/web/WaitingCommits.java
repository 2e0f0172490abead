package io.cite.server.web;

import io.cite.core.domain.build.Build;
import io.cite.core.domain.build.BuildState;
import io.cite.core.domain.deploy.Deployment;
import io.cite.core.domain.deploy.DeploymentState;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.source.CommitId;
import io.cite.core.engine.store.Stores;
import io.cite.server.web.text.Texts;
import io.cite.server.web.view.Action;
import io.cite.server.web.view.Badge;
import io.cite.server.web.view.EnvironmentPage.Item;
import io.cite.server.web.view.Link;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Newer commits that are not live, each with the one reason why not. Thread-safe. */
final class WaitingCommits {
  private static final int SHOWN = 20;

  private final Stores stores;

  WaitingCommits(Stores stores) {
    this.stores = stores;
  }

  /** The page that explains a commit. */
  Link why(Texts t, EnvironmentId id, CommitId commit) {
    return new Link(
        Hrefs.why(stores.services().get(id.service()).value().settings().repository(), commit),
        t.of("environment.why"));
  }

  /** The commits, the newest first. */
  List<Item> of(Visit visit, EnvironmentFacts facts, List<Build> oldestFirst, boolean mayPush) {
    List<Item> items = new ArrayList<>();
    Set<CommitId> seen = new HashSet<>();
    Deployment live = facts.live();
    if (live != null) {
      seen.add(live.commit());
    }
    CommitId head = facts.state().head();
    if (head != null
        && !seen.contains(head)
        && oldestFirst.stream().noneMatch(build -> build.commit().equals(head))) {
      items.add(unbuilt(visit, facts, head, mayPush));
    }
    long from = live == null || live.identity().build() == null ? 0 : live.identity().build();
    Optional<Duration> usual = Estimates.ofBuild(oldestFirst);
    for (int i = oldestFirst.size() - 1; i >= 0 && items.size() < SHOWN; i--) {
      Build build = oldestFirst.get(i);
      if (build.number() > from && seen.add(build.commit())) {
        items.add(built(visit, facts, build, usual, mayPush));
      }
    }
    return items;
  }

  private Item unbuilt(Visit visit, EnvironmentFacts facts, CommitId head, boolean mayPush) {
    Texts t = visit.t();
    String build = Hrefs.of(facts.id()) + "/build?commit=" + head;
    Link why = why(t, facts.id(), head);
    return new Item(
        new Link(why.href(), head.abbreviated()),
        why,
        new Badge(Badge.Tone.IDLE, t.of("waiting.unbuilt")),
        null,
        t.of("waiting.unbuiltHelp"),
        mayPush ? new Action(build, t.of("order.build"), false) : null);
  }

  private Item built(
      Visit visit, EnvironmentFacts facts, Build build, Optional<Duration> usual, boolean mayPush) {
    Texts t = visit.t();
    return new Item(
        new Link(
            Hrefs.build(facts.id(), build.number()),
            t.of("progress.build", build.number(), build.commit().abbreviated())),
        why(t, facts.id(), build.commit()),
        Badges.of(t, build.state()),
        visit.moment(build.times().requestedAt()),
        reason(visit, facts, build, usual),
        mayPush ? action(t, facts.id(), build) : null);
  }

  private @Nullable String reason(
      Visit visit, EnvironmentFacts facts, Build build, Optional<Duration> usual) {
    Texts t = visit.t();
    if (!build.state().isFinal()) {
      String running =
          t.of(
              build.state() == BuildState.QUEUED ? "waiting.queued" : "waiting.running",
              t.duration(Duration.between(build.times().requestedAt(), visit.now())));
      return usual
          .map(time -> running + " " + t.of("waiting.usual", t.duration(time)))
          .orElse(running);
    }
    if (build.image() == null) {
      return build.cause();
    }
    Deployment last = facts.last();
    if (last != null && last.commit().equals(build.commit())) {
      if (last.state().isUnderWay()) {
        return t.of("waiting.deploying", last.seq());
      }
      if (last.state() == DeploymentState.FAILED) {
        return last.cause();
      }
    }
    if (build.commit().equals(facts.state().quarantined())) {
      return t.of("waiting.rolledBack");
    }
    if (facts.state().pinnedBy() != null) {
      return t.of("waiting.pinned", facts.state().pinnedBy());
    }
    return build.decision() == null ? t.of("waiting.decision") : build.decision();
  }

  private static @Nullable Action action(Texts t, EnvironmentId id, Build build) {
    if (!build.state().isFinal()) {
      return null;
    }
    String href = Hrefs.of(id);
    return build.image() == null
        ? new Action(href + "/build?commit=" + build.commit(), t.of("order.rebuild"), false)
        : new Action(href + "/deploy?build=" + build.number(), t.of("order.deploy"), false);
  }
}
