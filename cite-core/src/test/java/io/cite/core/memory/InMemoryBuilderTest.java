package io.cite.core.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.cite.core.contract.BuilderContract;
import io.cite.core.domain.build.LogUrl;
import io.cite.core.domain.source.BranchName;
import io.cite.core.port.Builder;
import org.junit.jupiter.api.Test;

class InMemoryBuilderTest extends BuilderContract {
  private final InMemoryBuilder builder = new InMemoryBuilder();

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
