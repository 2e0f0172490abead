package io.cite.core.engine.environment;

import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.service.EnvironmentState;
import io.cite.core.domain.service.EnvironmentState.Waiting;
import io.cite.core.domain.service.ServiceSettings;
import io.cite.core.engine.record.Records;
import io.cite.core.engine.record.StaleRead;
import io.cite.core.engine.record.Versioned;
import io.cite.core.engine.record.schema.Keys;
import io.cite.core.engine.store.EnvironmentSnapshot;
import io.cite.core.engine.store.EnvironmentStep;
import io.cite.core.error.Upstream;
import io.cite.core.port.InstantSource;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Brings an environment to where its records say it should be. Each step is tried even if another
 * one fails, so that a failing system holds up only what needs it.
 */
public final class EnvironmentReconciler {
  private final Records records;
  private final EnvironmentRemover remover;
  private final List<EnvironmentStep> steps;
  private final InstantSource clock;

  /**
   * A reconciler of these steps.
   *
   * @param steps in the order in which they are tried
   */
  public EnvironmentReconciler(
      Records records,
      EnvironmentRemover remover,
      List<EnvironmentStep> steps,
      InstantSource clock) {
    this.records = records;
    this.clock = clock;
    this.remover = remover;
    this.steps = List.copyOf(steps);
  }

  /**
   * What came of a round.
   *
   * @param next when to check again without any event; empty if only an event can bring work
   * @param seen revisions of the records that changed during the round, by their keys: each step
   *     has seen them so, and had nothing to do
   */
  public record Outcome(Optional<Instant> next, Map<String, Long> seen) {
    private static final Outcome NOTHING = new Outcome(Optional.empty(), Map.of());
  }

  /** Works until nothing can be done now. */
  public Outcome reconcile(EnvironmentId id) {
    Optional<Versioned<EnvironmentState>> state = records.get(Keys.environmentState(id));
    if (state.isEmpty()) {
      remover.forgetChecks(id);
      return Outcome.NOTHING;
    }
    if (state.get().value().deleting()) {
      Optional<Versioned<ServiceSettings>> service = records.get(Keys.service(id.service()));
      if (service.isPresent()) {
        remover.remove(state.get(), service.get().value().repository());
      }
      return Outcome.NOTHING;
    }
    Round round = new Round(id, state.get());
    round.run();
    round.noteWaiting();
    if (round.failure != null) {
      throw round.failure;
    }
    return round
        .view
        .map(view -> new Outcome(next(view), round.changedIn(view)))
        .orElse(Outcome.NOTHING);
  }

  private Optional<Instant> next(EnvironmentSnapshot view) {
    return steps.stream()
        .map(step -> step.nextDeadline(view))
        .flatMap(Optional::stream)
        .min(Instant::compareTo);
  }

  /**
   * One round over an environment. The view is read again only after a step changed something. The
   * round ends when all steps in turn changed nothing, so nobody has to check again because of what
   * the round itself has written.
   */
  private final class Round {
    private final EnvironmentId id;
    private final long newestAtFirst;
    private Optional<EnvironmentSnapshot> view;
    private @Nullable RuntimeException failure;

    Round(EnvironmentId id, Versioned<EnvironmentState> state) {
      this.id = id;
      this.view = EnvironmentSnapshot.read(records, id, state);
      this.newestAtFirst =
          view.stream()
              .flatMap(EnvironmentSnapshot::records)
              .mapToLong(Versioned::revision)
              .max()
              .orElse(0);
    }

    private Map<String, Long> changedIn(EnvironmentSnapshot last) {
      return last.records()
          .filter(stored -> stored.revision() > newestAtFirst)
          .collect(Collectors.toMap(stored -> stored.key().path(), Versioned::revision));
    }

    void run() {
      boolean changed = true;
      while (changed && failure == null) {
        changed = false;
        for (EnvironmentStep step : steps) {
          changed |= attempt(step);
        }
      }
    }

    /** A person can see what the work waits for, since when and until when. */
    void noteWaiting() {
      if (view.isEmpty()) {
        return;
      }
      Versioned<EnvironmentState> stored = view.get().state();
      Waiting before = stored.value().waiting();
      Waiting now = waiting(view.get(), before);
      Waiting noted = before == null || now == null ? now : before.then(now);
      if (!Objects.equals(noted, before)) {
        // where somebody else has written, the next round notes it
        records.write().replace(stored, stored.value().waitingFor(noted)).commit();
      }
    }

    private @Nullable Waiting waiting(EnvironmentSnapshot last, @Nullable Waiting before) {
      if (failure instanceof Upstream limited && limited.retryAfter().isPresent()) {
        Instant now = clock.instant();
        String what = limited.system() + "'s limit";
        return new Waiting(what, now, now.plus(limited.retryAfter().get()));
      }
      return failure != null
          ? before
          : steps.stream()
              .map(step -> step.waiting(last))
              .flatMap(Optional::stream)
              .findFirst()
              .orElse(null);
    }

    private boolean attempt(EnvironmentStep step) {
      boolean changed = false;
      try {
        while (view.isPresent() && step.step(view.get())) {
          changed = true;
          view = EnvironmentSnapshot.read(records, id);
        }
      } catch (StaleRead e) {
        throw e;
      } catch (RuntimeException e) {
        if (failure == null) {
          failure = e;
        } else {
          failure.addSuppressed(e);
        }
        view = EnvironmentSnapshot.read(records, id);
      }
      return changed;
    }
  }
}
