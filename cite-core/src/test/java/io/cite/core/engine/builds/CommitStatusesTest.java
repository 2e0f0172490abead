package io.cite.core.engine.builds;

import static org.assertj.core.api.Assertions.assertThat;

import io.cite.core.domain.build.LogUrl;
import io.cite.core.domain.source.CommitStatus;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CommitStatusesTest {
  private static final io.cite.core.port.Links CITE =
      io.cite.core.TestLinks.at("https://cite.test");

  @Test
  void findsTheImage() {
    assertThat(CommitStatuses.image("Build success. imageName:r.io/acme/hello:1 in 3 s"))
        .contains("r.io/acme/hello:1");
    assertThat(CommitStatuses.image("imageName:r.io/x@sha256:12")).contains("r.io/x@sha256:12");
  }

  @Test
  void findsTheLog() {
    assertThat(CommitStatuses.logUrl("Build failure. logURL:http://b.invalid/#/builders/1"))
        .contains(new LogUrl("http://b.invalid/#/builders/1"));
  }

  @Test
  void takesOnlyAWebAddressForTheLog() {
    assertThat(CommitStatuses.logUrl("Build failure. logURL:javascript:alert(1)")).isEmpty();
    assertThat(CommitStatuses.logUrl("Build failure. logURL:file:///etc/passwd")).isEmpty();
  }

  @Test
  void findsNothingWhereThereIsNothing() {
    assertThat(CommitStatuses.image(null)).isEmpty();
    assertThat(CommitStatuses.image("")).isEmpty();
    assertThat(CommitStatuses.image("imageName:")).isEmpty();
    assertThat(CommitStatuses.image("notimageName:r.io/x")).isEmpty();
    assertThat(CommitStatuses.logUrl("imageName:r.io/x")).isEmpty();
  }

  @Test
  void knowsItsOwnStatusesByTheirLink() {
    assertThat(own("any words", CITE.root() + "/v1/services/acme/hello/environments/main"))
        .isTrue();
    assertThat(own("Given up by CITE: late", "https://builds.example/1")).isFalse();
    assertThat(own("any words", CITE.root() + ".example/1")).isFalse();
    assertThat(own("any words", null)).isFalse();
  }

  @Test
  void knowsStatusesOfEarlierVersionsThatHaveNoLink() {
    assertThat(own("Given up by CITE: late", null)).isTrue();
    assertThat(own(null, null)).isFalse();
  }

  @Test
  void takesTheNewestStatusThatTheBuilderWrote() {
    List<CommitStatus> statuses =
        List.of(
            status(7, "ok", null), status(3, "ok", null), status(9, "late", CITE.root() + "/v1/x"));

    assertThat(CommitStatuses.newestOfBuilder(statuses, CITE)).isEqualTo(7);
    assertThat(CommitStatuses.newestOfBuilder(List.of(), CITE)).isZero();
  }

  private static boolean own(@Nullable String description, @Nullable String link) {
    return CommitStatuses.isOwn(status(1, description, link), CITE);
  }

  private static CommitStatus status(long id, @Nullable String description, @Nullable String link) {
    return new CommitStatus(
        id, CommitStatus.State.ERROR, "buildbot/cite-build", description, link, Instant.EPOCH);
  }
}
