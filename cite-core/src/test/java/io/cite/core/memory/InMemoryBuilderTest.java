package io.cite.core.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.cite.core.contract.BuilderContract;
import io.cite.core.domain.build.LogUrl;
import io.cite.core.domain.image.ImageReference;
import io.cite.core.domain.source.BranchName;
import io.cite.core.port.Builder;
import io.cite.core.port.BuilderRun;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class InMemoryBuilderTest extends BuilderContract {
  private final InMemoryBuilder builder = new InMemoryBuilder();
  private int runs;

  @Override
  protected Builder builder() {
    return builder;
  }

  @Override
  protected LogUrl givenLog(String... lines) {
    LogUrl url = new LogUrl("http://builder.invalid/logs/1");
    builder.putLog(url, String.join("\n", lines));
    return url;
  }

  @Override
  protected Optional<ImageReference> givenRun(BuilderRun.State state) {
    runs++;
    Optional<ImageReference> image =
        state == BuilderRun.State.SUCCEEDED ? Optional.of(IMAGE) : Optional.empty();
    @Nullable LogUrl log = state == BuilderRun.State.FAILED ? givenLog("Error: 1") : null;
    builder.putRun(
        REPOSITORY,
        new BuilderRun(
            runs, BranchName.parse("main"), COMMIT.id(), state, image.orElse(null), log));
    return image;
  }

  @Override
  protected int requests() {
    return builder.requests().size();
  }

  @Test
  void remembersWhatItWasAskedFor() {
    BranchName main = BranchName.parse("main");

    builder.request(REPOSITORY, main, COMMIT);

    assertThat(builder.requests())
        .containsExactly(new InMemoryBuilder.Request(REPOSITORY, main, COMMIT));
  }
}
