package io.cite.server.sandbox.github.event;

import io.cite.server.sandbox.github.git.GitReader;
import io.cite.server.sandbox.github.git.RefChange;
import io.cite.server.sandbox.github.git.Repositories;
import io.cite.server.sandbox.github.state.Account;
import io.cite.server.sandbox.github.state.Pull;
import io.cite.server.sandbox.github.state.Repo;
import io.cite.server.sandbox.github.state.State;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.lib.ObjectId;

/** What follows from refs that moved, however they were moved. Thread-safe. */
public final class Pushes {

  /** GitHub tells nobody of tags when more than these come in one push. */
  private static final int MAX_TAGS = 3;

  private final State state;
  private final Repositories repositories;
  private final Events events;
  private final InstantSource clock;

  public Pushes(State state, Repositories repositories, Events events, InstantSource clock) {
    this.state = state;
    this.repositories = repositories;
    this.events = events;
    this.clock = clock;
  }

  /** Updates the repository and its pull requests, then tells the hooks. */
  public void after(Repo pushedTo, List<RefChange> changes, Account by) {
    if (changes.isEmpty()) {
      return;
    }
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    Repo repo =
        state
            .repositories()
            .change(pushedTo.id(), row -> row.pushed(defaultBranch(row, changes), now))
            .orElse(pushedTo);
    boolean tellTags = changes.stream().filter(RefChange::tag).count() <= MAX_TAGS;
    for (RefChange change : changes) {
      if (change.branch() || (change.tag() && tellTags)) {
        events.pushed(repo, change, by);
      }
      if (change.branch()) {
        updatePulls(repo, change, by, now);
      }
    }
  }

  /** In an empty repository the first branch becomes the default one. */
  private String defaultBranch(Repo repo, List<RefChange> changes) {
    GitReader reader = repositories.reader(repo);
    List<String> born =
        changes.stream()
            .filter(change -> change.branch() && change.created())
            .map(RefChange::shortName)
            .toList();
    if (born.isEmpty()
        || born.size() < reader.branches().size()
        || reader.branch(repo.defaultBranch()).isPresent()) {
      return repo.defaultBranch();
    }
    repositories.writer(repo).pointHeadAt(born.get(0));
    return born.get(0);
  }

  private void updatePulls(Repo repo, RefChange change, Account by, Instant now) {
    for (Pull pull : state.pulls().of(repo.id())) {
      if (!pull.open()) {
        continue;
      }
      if (pull.head().equals(change.shortName())) {
        if (change.deleted()) {
          change(pull, pull.closed(false, now), repo, "closed", Map.of(), by);
        } else {
          change(
              pull,
              pull.synchronizedTo(change.after().name(), now),
              repo,
              "synchronize",
              Map.of("before", change.before().name(), "after", change.after().name()),
              by);
        }
      } else if (pull.base().equals(change.shortName()) && !change.deleted()) {
        ObjectId head = ObjectId.fromString(pull.headSha());
        if (repositories.reader(repo).contains(change.after(), head)) {
          change(pull, pull.closed(true, now), repo, "closed", Map.of(), by);
        }
      }
    }
  }

  private void change(
      Pull before, Pull after, Repo repo, String action, Map<String, String> more, Account by) {
    state.pulls().change(before.id(), row -> after);
    events.pull(repo, after, action, more, by);
  }
}
