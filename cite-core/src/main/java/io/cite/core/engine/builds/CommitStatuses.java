package io.cite.core.engine.builds;

import io.cite.core.domain.audit.AuditAction;
import io.cite.core.domain.audit.AuditEntry;
import io.cite.core.domain.build.Build;
import io.cite.core.domain.build.BuildEvent;
import io.cite.core.domain.build.LogUrl;
import io.cite.core.domain.image.Digest;
import io.cite.core.domain.image.ImagePolicy;
import io.cite.core.domain.image.ImageReference;
import io.cite.core.domain.service.ServiceSettings;
import io.cite.core.domain.source.CommitStatus;
import io.cite.core.error.InvalidInput;
import io.cite.core.error.Upstream;
import io.cite.core.port.AuditTrail;
import io.cite.core.port.Builder;
import io.cite.core.port.ImageRegistry;
import io.cite.core.port.InstantSource;
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
 * failure. Anyone with push permission can write a status, so an image is taken only if it lies
 * where the repository's images may lie, its tag is the commit, and the registry has it.
 */
public final class CommitStatuses {
  private static final int LOG_LINES = 60;
  private static final Pattern IMAGE = Pattern.compile("\\bimageName:(\\S+)");
  private static final Pattern LOG = Pattern.compile("\\blogURL:(\\S+)");
  private static final String GIVEN_UP = "Given up by CITE: ";

  private final Builder builder;
  private final @Nullable ImageRegistry registry;
  private final AuditTrail audit;
  private final InstantSource clock;
  private final ImagePolicy images;
  private final Links links;

  /**
   * Statuses of the builder's commits.
   *
   * @param registry resolves images to digests; null if none is configured
   * @param links where CITE is reached: a status that links there is CITE's own
   */
  public CommitStatuses(
      Builder builder,
      @Nullable ImageRegistry registry,
      AuditTrail audit,
      InstantSource clock,
      ImagePolicy images,
      Links links) {
    this.builder = builder;
    this.registry = registry;
    this.audit = audit;
    this.clock = clock;
    this.images = images;
    this.links = links;
  }

  /**
   * What is new of the build, in order: its newest report of progress, so that a start is reported
   * even if the end came before it was checked, and then the status that ends it.
   */
  List<CommitStatus> updates(Build build, List<CommitStatus> statuses) {
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
        builds.stream().anyMatch(build -> !build.state().isFinal() || build.image() != null);
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

  /** What the status means for the build. */
  BuildEvent event(ServiceSettings service, Build build, CommitStatus status) {
    return switch (status.state()) {
      case PENDING -> new BuildEvent.Pending(status.id());
      case SUCCESS -> success(service, build, status);
      case FAILURE -> failure(status);
      case ERROR ->
          new BuildEvent.Errored(status.id(), text(status, "the builder reported an error"));
    };
  }

  private BuildEvent success(ServiceSettings service, Build build, CommitStatus status) {
    Optional<String> named = image(status.description());
    if (named.isEmpty()) {
      return new BuildEvent.Errored(status.id(), "the success status names no image");
    }
    try {
      ImageReference image = ImageReference.parse(named.get());
      images.check(service.repository(), build.commit(), image);
      return new BuildEvent.Succeeded(status.id(), pinned(image));
    } catch (InvalidInput e) {
      audit.append(
          "image.reject " + build.environment() + "#" + build.number() + " " + status.id(),
          new AuditEntry(
              clock.instant(),
              "github",
              AuditAction.IMAGE_REJECT,
              build.environment().toString(),
              AuditEntry.Outcome.DENIED,
              "build " + build.number() + ": " + e.getMessage()));
      return new BuildEvent.Errored(status.id(), e.getMessage());
    }
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
    @Nullable LogUrl url = logUrl(status.description()).orElse(null);
    @Nullable String tail = null;
    String cause = text(status, "the build failed");
    if (url != null) {
      try {
        tail = builder.log(url, LOG_LINES).orElse(null);
      } catch (Upstream e) {
        cause = cause + " (its log could not be read: " + e.getMessage() + ")";
      }
    }
    return new BuildEvent.Failed(status.id(), cause, url, tail);
  }

  private static String text(CommitStatus status, String otherwise) {
    String description = status.description();
    if (description == null) {
      return otherwise;
    }
    String words = description.replaceAll("\\b(?:logURL|imageName):\\S+", "").strip();
    return words.isEmpty() ? otherwise : words;
  }
}
