package io.cite.server.sandbox.buildbot;

import static org.assertj.core.api.Assertions.assertThat;

import io.cite.core.contract.Servers;
import io.cite.core.domain.image.ImageReference;
import io.cite.core.domain.service.Secret;
import io.cite.core.domain.source.BranchName;
import io.cite.core.domain.source.CommitId;
import io.cite.core.domain.source.RepositoryName;
import io.cite.server.adapter.registry.HttpImageRegistry;
import io.cite.server.adapter.registry.RegistrySettings;
import java.io.File;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.lib.PersonIdent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Builds with a real program, if this machine has one. */
class RealImagesTest {
  private static final RepositoryName NAME = RepositoryName.parse("cite-test/real-build");

  @TempDir private Path directory;
  private final BuildLog log = new BuildLog(1);

  @Test
  void buildsAndPushesAnImage() throws Exception {
    String registry = Servers.require("CITE_REGISTRY");
    requireBuildah();

    Optional<ImageReference> image = make(registry, "FROM scratch\nCOPY Dockerfile /\n");

    assertThat(image).as(log.raw()).isPresent();
    assertThat(
            new HttpImageRegistry(new RegistrySettings(URI.create("http://" + registry)))
                .resolve(image.orElseThrow()))
        .isPresent();
  }

  @Test
  void failsWithTheToolsWords() throws Exception {
    String registry = Servers.require("CITE_REGISTRY");
    requireBuildah();

    assertThat(make(registry, "COPY nothing /\n")).isEmpty();
    assertThat(log.raw()).contains("program finished with exit code").containsIgnoringCase("from");
  }

  private Optional<ImageReference> make(String registry, String dockerfile) throws Exception {
    Path repository = directory.resolve(NAME + ".git");
    CommitId commit;
    try (Git git = Git.init().setDirectory(repository.toFile()).call()) {
      Files.writeString(repository.resolve("Dockerfile"), dockerfile);
      git.add().addFilepattern("Dockerfile").call();
      // Always the same commit, so that the registry gets no new tag each time.
      PersonIdent author = new PersonIdent("Ada", "ada@example.com", Instant.EPOCH, ZoneOffset.UTC);
      commit =
          CommitId.parse(
              git.commit()
                  .setMessage("Say hello")
                  .setAuthor(author)
                  .setCommitter(author)
                  .setSign(false)
                  .call()
                  .name());
    }
    Options.Tool tool = new Options.Tool("buildah", registry, directory.toUri());
    try (RealImages images = new RealImages(tool, Secret.of("unused"))) {
      return images.make(new SourceStamp(NAME, BranchName.parse("main"), commit), log);
    }
  }

  private static void requireBuildah() {
    if (Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .noneMatch(path -> Files.isExecutable(Path.of(path, "buildah")))) {
      Servers.missing("There is no buildah on the PATH");
    }
  }
}
