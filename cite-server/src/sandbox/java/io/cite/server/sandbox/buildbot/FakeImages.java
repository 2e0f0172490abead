package io.cite.server.sandbox.buildbot;

import io.cite.core.domain.image.ImagePolicy;
import io.cite.core.domain.image.ImageReference;
import java.util.List;
import java.util.Optional;

/**
 * Reads the Dockerfile and writes the log that a build of it would write. It fails if there is no Dockerfile
 * or no {@code FROM}, and at {@code RUN false} or {@code RUN exit N}.
 */
final class FakeImages implements ImageMaker {
  private final GitHubCalls github;
  private final SandboxRegistry registry;
  private final ImagePolicy names;

  FakeImages(GitHubCalls github, SandboxRegistry registry, String host) {
    this.github = github;
    this.registry = registry;
    this.names = new ImagePolicy(host);
  }

  @Override
  public Optional<ImageReference> make(SourceStamp request, BuildLog log) {
    ImageReference image =
        ImageReference.parse(names.expected(request.repository()) + ":" + request.commit());
    log.header("buildah bud --layers --force-rm -t " + image + " .");
    List<String> steps =
        github
            .dockerfile(request.repository(), request.commit())
            .map(FakeImages::steps)
            .orElse(List.of());
    if (steps.isEmpty()) {
      return failed(log, "Error: no contents in \"Dockerfile\"", 125);
    }
    if (steps.stream()
        .noneMatch(step -> step.toUpperCase(java.util.Locale.ROOT).startsWith("FROM "))) {
      return failed(log, "Error: no FROM statement found", 125);
    }
    for (int i = 0; i < steps.size(); i++) {
      String step = steps.get(i);
      log.output("STEP " + (i + 1) + "/" + steps.size() + ": " + step);
      if (step.matches("RUN\\s+(false|exit\\s+[1-9][0-9]*)")) {
        String command = step.substring(3).strip();
        int code = command.equals("false") ? 1 : Integer.parseInt(command.substring(4).strip());
        return failed(
            log,
            "Error: building at STEP \"" + step + "\": while running runtime: exit status " + code,
            code);
      }
    }
    log.output("COMMIT " + image);
    registry.push(image);
    log.header("program finished with exit code 0");
    return Optional.of(image);
  }

  private static List<String> steps(String dockerfile) {
    return dockerfile
        .replace("\r", "")
        .replaceAll("\\\\\n", " ")
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .toList();
  }

  private static Optional<ImageReference> failed(BuildLog log, String why, int code) {
    log.error(why);
    log.header("program finished with exit code " + code);
    return Optional.empty();
  }
}
