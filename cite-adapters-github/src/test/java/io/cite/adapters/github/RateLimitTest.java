package io.cite.adapters.github;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import io.cite.core.domain.source.BranchName;
import io.cite.core.domain.source.HookId;
import io.cite.core.error.Upstream;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls are spent by priority as GitHub's limit nears its end. */
class RateLimitTest extends WithGitHub {
  private static final BranchName MAIN = new BranchName("main");
  private static final String HEAD = REPO + "/git/ref/heads/main";
  private static final String REF = "{\"object\":{\"sha\":\"" + ONE + "\"}}";

  private Instant now = NOW;
  private final List<String> observed = new ArrayList<>();

  @BeforeEach
  void observe() {
    host =
        new GitHubSourceHost(
            settings(), () -> now, (kind, status) -> observed.add(status + " " + kind));
  }

  private static ResponseDefinitionBuilder left(int remaining) {
    return limited(json(200, REF), remaining);
  }

  private static ResponseDefinitionBuilder limited(
      ResponseDefinitionBuilder answer, int remaining) {
    return answer
        .withHeader(
            "Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(NOW.atOffset(ZoneOffset.UTC)))
        .withHeader("X-RateLimit-Limit", "5000")
        .withHeader("X-RateLimit-Remaining", "" + remaining)
        .withHeader("X-RateLimit-Resource", "core")
        .withHeader("X-RateLimit-Reset", "" + NOW.plusSeconds(1200).getEpochSecond());
  }

  private void head() {
    host.repositories().head(HELLO, MAIN);
  }

  @Test
  void keepsAFifthOfTheLimitForLiveWork() {
    answer(get(urlEqualTo("/api/v3" + HEAD)), left(1000));
    head();
    assertThat(host.remainingCalls()).contains(1000L);

    assertThatThrownBy(() -> host.backgroundRepositories().headSince(HELLO, MAIN, null))
        .isInstanceOfSatisfying(
            Upstream.class, e -> assertThat(e.retryAfter()).contains(Duration.ofMinutes(20)))
        .hasMessageContaining("until 10:20 UTC")
        .hasMessageContaining(
            "the last 1000 calls of the hour are kept for builds and deployments");
    assertThatThrownBy(() -> host.backgroundHooks().failedDeliveries(HELLO, new HookId(1), NOW))
        .isInstanceOf(Upstream.class);
    head();
    assertThat(requests()).containsExactly("GET " + HEAD, "GET " + HEAD);
  }

  @Test
  void letsTheSweepsGoOnWhileEnoughIsLeftAndAfterTheHour() {
    answer(get(urlEqualTo("/api/v3" + HEAD)), left(1001));
    host.backgroundRepositories().headSince(HELLO, MAIN, null);
    host.backgroundRepositories().headSince(HELLO, MAIN, null);
    answer(get(urlEqualTo("/api/v3" + HEAD)), left(5));
    head();
    now = NOW.plusSeconds(1200);

    host.backgroundRepositories().headSince(HELLO, MAIN, null);
    assertThat(requests()).hasSize(4);
  }

  @Test
  void sendsNothingOnceTheLimitIsUsedUp() {
    answer(get(urlEqualTo("/api/v3" + HEAD)), left(0));
    head();

    assertThatThrownBy(this::head)
        .isInstanceOfSatisfying(
            Upstream.class, e -> assertThat(e.retryAfter()).contains(Duration.ofMinutes(20)))
        .hasMessageContaining("GitHub's rate limit is used up until 10:20 UTC");
    assertThatThrownBy(() -> host.repositories().permission(HELLO, "ada"))
        .isInstanceOf(Upstream.class);
    assertThat(requests()).hasSize(1);
    assertThat(host.remainingCalls()).contains(0L);

    now = NOW.plusSeconds(1200);
    head();
    assertThat(requests()).hasSize(2);
    assertThat(host.remainingCalls()).contains(0L);
  }

  @Test
  void waitsAsLongAsGitHubAsksTo() {
    answer(
        get(urlEqualTo("/api/v3" + HEAD)),
        json(403, "{\"message\":\"You have exceeded a secondary rate limit.\"}")
            .withHeader("Retry-After", "90"));
    assertThatThrownBy(this::head).isInstanceOf(Upstream.class);
    answer(get(urlEqualTo("/api/v3" + HEAD)), json(200, REF));

    now = NOW.plusSeconds(30);
    assertThatThrownBy(this::head)
        .isInstanceOfSatisfying(
            Upstream.class, e -> assertThat(e.retryAfter()).contains(Duration.ofMinutes(1)));
    now = NOW.plusSeconds(90);
    head();
    assertThat(requests()).hasSize(2);
  }

  @Test
  void takesNoNoticeOfTheLimitsOfOtherResources() {
    answer(
        get(urlEqualTo("/api/v3" + HEAD)),
        json(200, REF)
            .withHeader("X-RateLimit-Limit", "30")
            .withHeader("X-RateLimit-Remaining", "0")
            .withHeader("X-RateLimit-Resource", "search")
            .withHeader("X-RateLimit-Reset", "" + NOW.plusSeconds(60).getEpochSecond()));
    head();
    head();

    assertThat(host.remainingCalls()).isEmpty();
  }

  @Test
  void asksOnlyForWhatHasChanged() {
    answer(get(urlEqualTo("/api/v3" + HEAD)), json(200, REF).withHeader("ETag", "\"1\""));
    head();
    answer(
        get(urlEqualTo("/api/v3" + HEAD))
            .withHeader(
                "If-None-Match", com.github.tomakehurst.wiremock.client.WireMock.equalTo("\"1\"")),
        json(304, ""));

    assertThat(host.repositories().head(HELLO, MAIN)).contains(ONE);
    assertThat(observed)
        .containsExactly("200 GET /{repository}/git/ref", "304 GET /{repository}/git/ref");
  }

  @Test
  void tellsKindsOfRequestsApartNotNames() {
    assertThat(RequestKind.of("GET", REPO)).isEqualTo("GET /{repository}");
    assertThat(RequestKind.of("GET", "/repositories/7/hooks/8/deliveries"))
        .isEqualTo("GET /{repository}/hooks/{number}/deliveries");
    assertThat(RequestKind.of("GET", REPO + "/compare/" + ONE + "..." + TWO))
        .isEqualTo("GET /{repository}/compare");
    assertThat(RequestKind.of("GET", REPO + "/contents/a/b%20c"))
        .isEqualTo("GET /{repository}/contents");
    assertThat(RequestKind.of("GET", REPO + "/collaborators/ada/permission"))
        .isEqualTo("GET /{repository}/collaborators/{login}/permission");
    assertThat(RequestKind.of("POST", REPO + "/statuses/" + ONE))
        .isEqualTo("POST /{repository}/statuses/{commit}");
    assertThat(RequestKind.of("GET", "/users/Some.Name-1")).isEqualTo("GET other");
  }
}
