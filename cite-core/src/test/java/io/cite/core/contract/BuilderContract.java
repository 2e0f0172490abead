package io.cite.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.cite.core.domain.build.LogUrl;
import io.cite.core.domain.source.BranchName;
import io.cite.core.domain.source.Commit;
import io.cite.core.domain.source.CommitId;
import io.cite.core.domain.source.RepositoryName;
import io.cite.core.port.Builder;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What every {@link Builder} promises. */
public abstract class BuilderContract {
  /** A repository that the builder may be asked for. */
  protected static final RepositoryName REPOSITORY = RepositoryName.parse("acme/hello");

  /** A commit of it. */
  protected static final Commit COMMIT =
      new Commit(
          CommitId.parse("0123456789abcdef0123456789abcdef01234567"),
          "Say hello\n\nWith <b>\"quotes\"</b>.",
          "Ada <ada@example.com>",
          Instant.parse("2026-01-02T03:04:05Z"),
          "https://github.com/acme/hello/commit/0123456789abcdef0123456789abcdef01234567");

  /** The builder under test. */
  protected abstract Builder builder();

  /** Makes a log with these lines and tells its URL. */
  protected abstract LogUrl givenLog(String... lines);

  /** How many requests have reached the builder. */
  protected abstract int requests();

  @Test
  void requestsABuild() {
    builder().request(REPOSITORY, BranchName.parse("feature/x"), COMMIT);

    assertThat(requests()).isEqualTo(1);
  }

  @Test
  void wantsToHearOfPushes() {
    assertThat(builder().hook().events()).containsExactly("push");
    assertThat(builder().hook().url()).startsWith("http");
  }

  @Test
  void readsAWholeLog() {
    assertThat(builder().log(givenLog("one", "", "three"), 10)).contains("one\n\nthree\n");
  }

  @Test
  void readsTheEndOfALog() {
    assertThat(builder().log(givenLog("one", "two", "three"), 2)).contains("two\nthree\n");
  }

  @Test
  void hasNoLogElsewhere() {
    assertThat(builder().log(new LogUrl("http://elsewhere.invalid/api/v2/logs/1/contents"), 10))
        .isEmpty();
  }
}
