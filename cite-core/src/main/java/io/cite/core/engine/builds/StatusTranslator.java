package io.cite.core.engine.builds;

import io.cite.core.domain.audit.AuditAction;
import io.cite.core.domain.audit.AuditEntry;
import io.cite.core.domain.build.Build;
import io.cite.core.domain.build.BuildEvent;
import io.cite.core.domain.build.StatusText;
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
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Translates a commit status into what it means for a build. Anyone with push permission can write
 * a status, so an image is taken only where the repository's images may lie, and as the registry
 * has it.
 */
public final class StatusTranslator {
  private static final int LOG_LINES = 60;

  private final Builder builder;
  private final @Nullable ImageRegistry registry;
  private final AuditTrail audit;
  private final InstantSource clock;
  private final ImagePolicy images;

  public StatusTranslator(
      Builder builder,
      @Nullable ImageRegistry registry,
      AuditTrail audit,
      InstantSource clock,
      ImagePolicy images) {
    this.builder = builder;
    this.registry = registry;
    this.audit = audit;
    this.clock = clock;
    this.images = images;
  }

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
    Optional<String> named = StatusText.image(status.description());
    if (named.isEmpty()) {
      return new BuildEvent.Errored(status.id(), "the success status names no image");
    }
    try {
      ImageReference image = ImageReference.parse(named.get());
      images.check(service.repository(), image);
      return new BuildEvent.Succeeded(status.id(), pinned(image));
    } catch (InvalidInput e) {
      audit.append(
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
    @Nullable String url = StatusText.logUrl(status.description()).orElse(null);
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
