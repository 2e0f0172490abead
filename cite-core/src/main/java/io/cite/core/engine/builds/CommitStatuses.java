package io.cite.core.engine.builds;

import io.cite.core.domain.build.Build;
import io.cite.core.domain.build.LogUrl;
import io.cite.core.domain.source.CommitStatus;
import io.cite.core.port.Links;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the statuses of a commit say about its builds. Statuses carry no build number, so they are
 * read in the host's order: those above a build's floor speak of it until the first final one. The
 * builder's description carries {@code imageName:<image>} on success and {@code logURL:<url>} on
 * failure. Anyone with push permission can write a status: {@link BuildResults} checks what it
 * says.
 */
public final class CommitStatuses {
  private static final Pattern IMAGE = Pattern.compile("\\bimageName:(\\S+)");
  private static final Pattern LOG = Pattern.compile("\\blogURL:(\\S+)");
  private static final String GIVEN_UP = "Given up by CITE: ";

  private CommitStatuses() {}

  /**
   * What is new of the build, in order: its newest report of progress, so that a start is reported
   * even if the end came before it was checked, and then the status that ends it.
   *
   * @param links where CITE is reached
   */
  static List<CommitStatus> updates(Build build, List<CommitStatus> statuses, Links links) {
    List<CommitStatus> mine =
        statuses.stream()
            .filter(status -> status.id() > build.statuses().seen())
            .filter(status -> !isOwn(status, links))
            .sorted(Comparator.comparingLong(CommitStatus::id))
            .toList();
    List<CommitStatus> alive = mine.stream().takeWhile(status -> !isFinal(status)).toList();
    List<CommitStatus> updates = new ArrayList<>();
    alive.stream().reduce((first, second) -> second).ifPresent(updates::add);
    mine.stream().filter(CommitStatuses::isFinal).findFirst().ifPresent(updates::add);
    return updates;
  }

  /**
   * Whether a status speaks of a build of this commit that no known build accounts for. If the
   * commit has an image already it does not matter: a commit is built once, and another image of it
   * goes live only if a person asks.
   */
  static boolean tellsOfAnotherBuild(List<Build> builds, List<CommitStatus> statuses) {
    long seen = floor(builds);
    boolean settled =
        builds.stream().anyMatch(b -> !b.state().isFinal() || b.awaitsStop() || b.image() != null);
    return !settled
        && statuses.stream().anyMatch(s -> s.id() > seen && s.state() != CommitStatus.State.ERROR);
  }

  /** The highest number among the statuses that known builds account for. */
  static long floor(List<Build> builds) {
    return builds.stream().mapToLong(build -> build.statuses().seen()).max().orElse(0);
  }

  /**
   * The highest number among the statuses that the builder wrote; 0 if there is none.
   *
   * @param links where CITE is reached
   */
  public static long newestOfBuilder(List<CommitStatus> statuses, Links links) {
    return statuses.stream()
        .filter(status -> !isOwn(status, links))
        .mapToLong(CommitStatus::id)
        .max()
        .orElse(0);
  }

  /** Whether the last status of the builder above a number says that a build ended. */
  static boolean tellEnd(List<CommitStatus> statuses, long above, Links links) {
    return statuses.stream()
        .filter(status -> status.id() > above && !isOwn(status, links))
        .max(Comparator.comparingLong(CommitStatus::id))
        .filter(CommitStatuses::isFinal)
        .isPresent();
  }

  /** What CITE says of a build that it gave up. */
  static String givenUp(String cause) {
    return GIVEN_UP + cause;
  }

  /**
   * Whether CITE wrote the status, and not the builder: CITE's link to CITE. Versions before that
   * link wrote none, so only a status without a link is known by its description.
   */
  static boolean isOwn(CommitStatus status, Links links) {
    String link = status.targetUrl();
    String description = status.description();
    return link == null
        ? description != null && description.startsWith(GIVEN_UP)
        : links.leadsToCite(link);
  }

  /** The name of the image; empty if the description has none. */
  static Optional<String> image(@Nullable String description) {
    return find(IMAGE, description);
  }

  /** Where the log is; empty if the description does not say, which is legal, or names no URL. */
  static Optional<LogUrl> logUrl(@Nullable String description) {
    return find(LOG, description).flatMap(LogUrl::find);
  }

  private static Optional<String> find(Pattern pattern, @Nullable String description) {
    Matcher matcher = pattern.matcher(description == null ? "" : description);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  private static boolean isFinal(CommitStatus status) {
    return status.state() != CommitStatus.State.PENDING;
  }

  /** What people can read of the status; empty if it has no words. */
  static Optional<String> text(CommitStatus status) {
    String description = status.description();
    return Optional.ofNullable(description)
        .map(words -> words.replaceAll("\\b(?:logURL|imageName):\\S+", "").strip())
        .filter(words -> !words.isEmpty());
  }
}
