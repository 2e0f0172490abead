package io.cite.core.domain.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cite.core.error.InvalidInput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"acme/hello", "a/b", "A-1/.github", "acme/hello.world_x-y", "emu_corp/x", "0/_"})
  void readsARepositoryAndWritesItAgain(String text) {
    assertThat(RepositoryName.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          hello               | must be written as owner/name, such as acme/hello
          a/b/c               | must be written as owner/name
          https://x.y/a       | must be written as owner/name
          /hello              | is not a GitHub login: letters, digits and dashes
          -acme/hello         | is not a GitHub login
          ac me/hello         | is not a GitHub login
          acme/               | is not one that GitHub allows: letters, digits, '-', '_' and '.'
          acme/..             | is not one that GitHub allows
          acme/.              | is not one that GitHub allows
          acme/hällo          | is not one that GitHub allows
          """)
  void saysHowARepositoryIsWritten(String text, String advice) {
    assertThatThrownBy(() -> RepositoryName.parse(text))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining(advice);
  }

  @Test
  void takesRepositoryNamesUpToGitHubsLimits() {
    String owner = "o".repeat(39);
    String name = "n".repeat(100);
    assertThat(RepositoryName.parse(owner + "/" + name).name()).hasSize(100);
    assertThatThrownBy(() -> RepositoryName.parse(owner + "o/" + name))
        .isInstanceOf(InvalidInput.class);
    assertThatThrownBy(() -> RepositoryName.parse(owner + "/" + name + "n"))
        .hasMessageContaining("at most 100");
  }

  @Test
  void doesNotTellTheCaseOfARepositoryApart() {
    RepositoryName one = RepositoryName.parse("Acme/Hello");
    assertThat(one.sameAs(RepositoryName.parse("acme/hello"))).isTrue();
    assertThat(one.sameAs(RepositoryName.parse("acme/hello2"))).isFalse();
    assertThat(one).hasToString("Acme/Hello");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "main",
        "feature/x",
        "feature/ü+x#1",
        "50%25;a&b=c",
        "日本語/ブランチ",
        "😀",
        "a@b",
        "HEAD",
        "x.y-z_9",
        "dependabot/npm_and_yarn/lodash-4.17.21",
        "<script>alert(1)</script>",
        "a'b\"c",
        "a,b|c!$()"
      })
  void readsABranchThatGitAllows(String text) {
    assertThat(BranchName.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-x",
        "@",
        "a@{1}",
        "a b",
        "a\tb",
        "a\u007fb",
        "a\nb",
        "a\u0000b",
        "a~b",
        "a^b",
        "a:b",
        "a?b",
        "a*b",
        "a[b",
        "a\\b",
        "a..b",
        "a.",
        "/a",
        "a/",
        "a//b",
        ".a",
        "a/.b",
        "a.lock",
        "a.lock/b"
      })
  void refusesABranchThatGitDoesNotAllow(String text) {
    assertThatThrownBy(() -> BranchName.parse(text))
        .isInstanceOf(InvalidInput.class)
        .hasMessageStartingWith("The branch '")
        .hasMessageNotContainingAny("\n", "\t", "\u0000");
  }

  @Test
  void saysHowABranchIsGiven() {
    assertThatThrownBy(() -> BranchName.parse("refs/heads/ma\nin"))
        .isInstanceOf(InvalidInput.class)
        .hasMessageStartingWith("Give the branch without refs/heads/: ma")
        .hasMessageNotContaining("\n");
  }

  @Test
  void refusesABranchThatIsNoText() {
    assertThatThrownBy(() -> BranchName.parse("a\ud83d"))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("half of a surrogate pair");
  }

  @Test
  void countsABranchInBytesAndShowsOnlyItsBeginning() {
    assertThat(BranchName.parse("x".repeat(244)).value()).hasSize(244);
    assertThatThrownBy(() -> BranchName.parse("x".repeat(245)))
        .hasMessageContaining("is longer than 244 bytes")
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(150));
    assertThatThrownBy(() -> BranchName.parse("ä".repeat(123))).isInstanceOf(InvalidInput.class);
  }

  @Test
  void readsACommitInAnyCase() {
    String sha = "0123456789ABCDEF0123456789abcdef01234567";
    CommitId commit = CommitId.parse(sha);
    assertThat(commit).hasToString(sha.toLowerCase(java.util.Locale.ROOT));
    assertThat(commit.abbreviated()).isEqualTo("0123456");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "main", "0123456", "g123456789abcdef0123456789abcdef01234567", "HEAD~1"})
  void refusesWhatIsNoFullCommit(String text) {
    assertThatThrownBy(() -> CommitId.parse(text))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("40 lower-case hexadecimal digits");
  }

  @Test
  void readsADeliverysGuid() {
    String guid = "72d3162e-cc78-11e3-81ab-4c9367dc0958";
    assertThat(DeliveryId.parse(guid)).hasToString(guid);
    assertThat(DeliveryId.parse("x".repeat(100)).value()).hasSize(100);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a/b", "a.b", "../x", "a\nb", "ä"})
  void refusesADeliveryIdThatIsNoGuid(String text) {
    assertThatThrownBy(() -> DeliveryId.parse(text))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("is not a GUID: letters, digits, '-' and '_', at most 100")
        .hasMessageMatching("[ -~]*");
  }

  @Test
  void showsOnlyTheBeginningOfALongDeliveryId() {
    assertThatThrownBy(() -> DeliveryId.parse("x".repeat(101)))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("x".repeat(100) + "...'");
  }

  @Test
  void readsAWebhooksNumber() {
    assertThat(HookId.parse("3000000000")).isEqualTo(new HookId(3_000_000_000L));
    assertThat(new HookId(3)).hasToString("3");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "-1", "1.5", "seven", "9223372036854775808"})
  void refusesAWebhookIdThatIsNoNumber(String text) {
    assertThatThrownBy(() -> HookId.parse(text))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("is not a number of 1 or more");
  }
}
