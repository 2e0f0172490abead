package io.cite.core.engine.builds;

import io.cite.core.domain.audit.AuditAction;
import io.cite.core.domain.audit.AuditEntry;
import io.cite.core.domain.build.Build;
import io.cite.core.domain.build.BuildEvent;
import io.cite.core.domain.build.BuildMachine;
import io.cite.core.domain.service.EnvironmentState;
import io.cite.core.domain.service.ServiceSettings;
import io.cite.core.domain.source.CommitStatus;
import io.cite.core.engine.outbox.Notices;
import io.cite.core.engine.record.Records;
import io.cite.core.error.Upstream;
import io.cite.core.port.Links;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Brings a build to what its statuses say, as far as that can be confirmed. */
final class StatusReader {
  private final BuildMachine machine;
  private final BuildResults results;
  private final Notices notices;
  private final Links links;

  /**
   * A reader of statuses.
   *
   * @param links where CITE is reached: a status that links there is CITE's own
   */
  StatusReader(BuildMachine machine, BuildResults results, Notices notices, Links links) {
    this.machine = machine;
    this.results = results;
    this.notices = notices;
    this.links = links;
  }

  /**
   * What the statuses made of a build.
   *
   * @param build the build now
   * @param attention what a person should know; null for nothing
   * @param waiting why a result could not be confirmed now; null if none has to be
   */
  record Reading(Build build, @Nullable String attention, @Nullable Upstream waiting) {

    /** The environment's state with what a person should know, if that changed. */
    EnvironmentState note(EnvironmentState state, Build before) {
      if (attention != null) {
        return state.withAttention(attention);
      }
      boolean waited = before.cause() != null && before.cause().equals(state.attention());
      return waited && !build.equals(before) ? state.withAttention(null) : state;
    }

    /** Whether nothing is known of the build except statuses that were not believed. */
    boolean isOnlyDoubt() {
      return attention != null && build.times().startedAt() == null && !build.state().isFinal();
    }
  }

  /** Whether there is something new of the build. */
  boolean hasUpdate(Build build, List<CommitStatus> statuses) {
    return !CommitStatuses.updates(build, statuses, links).isEmpty();
  }

  /**
   * Reads what the statuses say of the build. Queues the notices of each state that it went
   * through, and the audit entries of what was not taken.
   */
  Reading read(
      Records.Write write,
      ServiceSettings service,
      Build build,
      List<CommitStatus> statuses,
      Instant now) {
    Build read = build;
    @Nullable String attention = null;
    List<CommitStatus> updates = CommitStatuses.updates(read, statuses, links);
    while (!updates.isEmpty() && !read.state().isFinal()) {
      for (CommitStatus status : updates) {
        BuildResults.Meaning meaning;
        try {
          meaning = results.meaning(service, read, status);
        } catch (Upstream e) {
          String text =
              "waits for %s to confirm the success of commit %s"
                  .formatted(e.system(), read.commit().abbreviated());
          Build waiting = machine.apply(read, new BuildEvent.Unconfirmed(text), now);
          return new Reading(waiting, text, e);
        }
        if (meaning.refusal() != null || meaning.note() != null) {
          attention = attention(read, meaning);
        }
        Build next = apply(write, service, read, meaning, now);
        read = next;
      }
      updates = CommitStatuses.updates(read, statuses, links);
    }
    return new Reading(read, attention, null);
  }

  private static @Nullable String attention(Build build, BuildResults.Meaning meaning) {
    String text = meaning.refusal() == null ? meaning.note() : meaning.refusal();
    return text == null ? null : "build " + build.number() + ": " + text;
  }

  private Build apply(
      Records.Write write,
      ServiceSettings service,
      Build build,
      BuildResults.Meaning meaning,
      Instant now) {
    Build next = machine.apply(build, meaning.event(), now);
    if (meaning.refusal() != null) {
      String text = "build " + build.number() + ": " + meaning.refusal();
      write.audit(refusal(build, meaning.event(), text, now));
    }
    if (next.state() != build.state()) {
      notices.of(write, service, next, now);
    }
    return next;
  }

  /**
   * Whether the builder knows of a result of the build.
   *
   * @throws Upstream if it cannot be asked now
   */
  boolean hasResult(ServiceSettings service, Build build) {
    return results.found(service, build).isPresent();
  }

  /**
   * Asks the builder about a build whose report is overdue.
   *
   * @throws Upstream if it cannot be asked now
   */
  Reading ask(Records.Write write, ServiceSettings service, Build build, Instant now) {
    Optional<BuildResults.Found> found = results.found(service, build);
    Build asked =
        machine.apply(
            build, new BuildEvent.Asked(found.map(BuildResults.Found::run).orElse(0L)), now);
    if (found.isEmpty()) {
      return new Reading(asked, null, null);
    }
    BuildResults.Meaning meaning = found.get().meaning();
    Build next = apply(write, service, asked, meaning, now);
    @Nullable String attention = attention(build, meaning);
    return new Reading(next, attention, null);
  }

  private static AuditEntry refusal(Build build, BuildEvent event, String text, Instant now) {
    AuditAction action =
        event instanceof BuildEvent.Rejected ? AuditAction.BUILD_REJECT : AuditAction.IMAGE_REJECT;
    return new AuditEntry(
        now, "github", action, build.environment().toString(), AuditEntry.Outcome.DENIED, text);
  }
}
