package io.cite.adapters.github;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cite.core.domain.source.BranchName;
import io.cite.core.domain.source.Commit;
import io.cite.core.domain.source.CommitId;
import io.cite.core.domain.source.CommitRelation;
import io.cite.core.domain.source.Permission;
import io.cite.core.domain.source.Repository;
import io.cite.core.error.ErrorCode;
import io.cite.core.error.InvalidInput;
import io.cite.core.error.NotFound;
import io.cite.core.error.Upstream;
import io.cite.core.port.source.HeadAnswer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GitHubRepositoriesTest extends WithGitHub {
  private static final BranchName MAIN = new BranchName("main");

  private static String ref(CommitId commit) {
    return "{\"ref\":\"refs/heads/x\",\"object\":{\"type\":\"commit\",\"sha\":\"" + commit + "\"}}";
  }

  @Test
  void makesNoRequestWhenConstructed() {
    assertThat(requests()).isEmpty();
  }

  @Test
  void tellsWhoseTheTokenIs() {
    on("GET", "/user", 200, "{\"login\":\"cite-bot\",\"id\":5}");
    assertThat(host.check()).isEqualTo("cite-bot");
    assertThat(requests()).containsExactly("GET /user");
    assertThat(events().get(0).getRequest().getHeader("Authorization")).isEqualTo("Bearer t0ken");
  }

  @Test
  void readsARepositoryInOneRequest() {
    on("GET", REPO, 200, repositoryJson());
    assertThat(host.repositories().get(HELLO))
        .isEqualTo(
            new Repository(HELLO, 7, MAIN, true, Permission.PUSH, "https://github.com/acme/hello"));
    assertThat(requests()).containsExactly("GET " + REPO);
  }

  @Test
  void followsARenamedRepositoryWithoutLosingTheToken() {
    answer(
        get(urlEqualTo("/api/v3" + REPO)),
        json(301, "{\"message\":\"Moved Permanently\"}")
            .withHeader("Location", api() + "/repositories/7"));
    on("GET", "/repositories/7", 200, repositoryJson());
    assertThat(host.repositories().get(HELLO).id()).isEqualTo(7);
    assertThat(events().get(1).getRequest().getHeader("Authorization")).isEqualTo("Bearer t0ken");
  }

  @Test
  void doesNotFollowARedirectToAnotherHost() {
    answer(
        get(urlEqualTo("/api/v3" + REPO)),
        json(302, "{}").withHeader("Location", "http://localhost:" + SERVER.getPort() + "/x"));
    assertThatThrownBy(() -> host.repositories().get(HELLO)).isInstanceOf(Upstream.class);
    assertThat(requests()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"admin,ADMIN", "write,PUSH", "read,READ", "none,NONE", "novel,NONE"})
  void readsAPermissionInOneRequest(String word, Permission expected) {
    on(
        "GET",
        REPO + "/collaborators/ann/permission",
        200,
        "{\"permission\":\"" + word + "\",\"user\":{\"login\":\"ann\"}}");
    assertThat(host.repositories().permission(HELLO, "ann")).isEqualTo(expected);
    assertThat(requests()).hasSize(1);
  }

  @Test
  void givesNoPermissionToAnUnknownAccount() {
    on("GET", REPO, 200, repositoryJson());
    assertThat(host.repositories().permission(HELLO, "nobody")).isEqualTo(Permission.NONE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "../..", "a/b", "ann?x=", "ann%2f"})
  void putsNothingIntoAUrlThatIsNoLogin(String login) {
    assertThat(host.repositories().permission(HELLO, login)).isEqualTo(Permission.NONE);
    assertThat(requests()).isEmpty();
  }

  @Test
  void tellsAMissingRepositoryFromAMissingAccount() {
    assertThatThrownBy(() -> host.repositories().permission(HELLO, "ann"))
        .isInstanceOfSatisfying(
            NotFound.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.REPOSITORY_NOT_FOUND));
  }

  @ParameterizedTest
  @CsvSource({
    "main,main",
    "feature/x,feature/x",
    "'feature/ü+x#1','feature/%C3%BC%2Bx%231'",
    "'50%25/a&b;c','50%2525/a%26b%3Bc'",
    "'a\u0308','a%CC%88'"
  })
  void asksForAHeadInOneRequestWhateverTheBranchIsCalled(String branch, String encoded) {
    on("GET", REPO + "/git/ref/heads/" + encoded, 200, ref(ONE));
    assertThat(host.repositories().head(HELLO, new BranchName(branch))).contains(ONE);
    assertThat(requests()).hasSize(1);
  }

  @Test
  void findsNoHeadWhereTheBranchIsMissing() {
    on("GET", REPO, 200, repositoryJson());
    assertThat(host.repositories().head(HELLO, MAIN)).isEmpty();
  }

  @Test
  void findsNoHeadInAnEmptyRepository() {
    on("GET", REPO + "/git/ref/heads/main", 409, "{\"message\":\"Git Repository is empty.\"}");
    assertThat(host.repositories().head(HELLO, MAIN)).isEmpty();
    assertThat(requests()).hasSize(1);
  }

  @Test
  void saysThatTheRepositoryIsMissingRatherThanTheBranch() {
    assertThatThrownBy(() -> host.repositories().head(HELLO, MAIN)).isInstanceOf(NotFound.class);
  }

  @Test
  void asksForAChangedHeadConditionally() {
    String url = REPO + "/git/ref/heads/main";
    answer(get(urlEqualTo("/api/v3" + url)), json(200, ref(ONE)).withHeader("ETag", "W/\"a\""));
    HeadAnswer first = host.repositories().headSince(HELLO, MAIN, null);
    assertThat(first).isEqualTo(new HeadAnswer(false, ONE, "W/\"a\""));
    answer(
        get(urlEqualTo("/api/v3" + url)).withHeader("If-None-Match", equalTo("W/\"a\"")),
        json(304, ""));
    assertThat(host.repositories().headSince(HELLO, MAIN, first.etag()))
        .isEqualTo(new HeadAnswer(true, null, "W/\"a\""));
    assertThat(requests()).hasSize(2);
  }

  @Test
  void readsACommitInOneRequest() {
    on(
        "GET",
        REPO + "/commits/" + ONE + "?per_page=1",
        200,
        """
        {"sha":"%s","html_url":"https://github.com/acme/hello/commit/1","author":null,
         "commit":{"message":"Say hello\\n\\nbody","author":{"name":"Ann","email":"ann@example.com",
          "date":"2026-02-03T04:05:06+01:00"}}}"""
            .formatted(ONE));
    assertThat(host.repositories().commit(HELLO, ONE))
        .contains(
            new Commit(
                ONE,
                "Say hello\n\nbody",
                "Ann <ann@example.com>",
                Instant.parse("2026-02-03T03:05:06Z"),
                "https://github.com/acme/hello/commit/1"));
    assertThat(requests()).hasSize(1);
  }

  @Test
  void findsNoCommitThatGitHubCannotResolve() {
    on(
        "GET",
        REPO + "/commits/" + ONE + "?per_page=1",
        422,
        "{\"message\":\"No commit found for SHA\"}");
    assertThat(host.repositories().commit(HELLO, ONE)).isEmpty();
  }

  @Test
  void readsAFileAsOfACommitInOneRequest() {
    String text = "FROM scratch\n# ä\n";
    String content =
        Base64.getMimeEncoder(12, new byte[] {'\n'})
            .encodeToString(text.getBytes(StandardCharsets.UTF_8))
            .replace("\n", "\\n");
    on(
        "GET",
        REPO + "/contents/a%20dir/Dockerfile?ref=" + ONE,
        200,
        "{\"type\":\"file\",\"size\":18,\"encoding\":\"base64\",\"content\":\"" + content + "\"}");
    assertThat(host.repositories().file(HELLO, ONE, "a dir/Dockerfile")).contains(text);
    assertThat(requests()).hasSize(1);
  }

  @Test
  void takesADirectoryForNoFile() {
    on("GET", REPO + "/contents/dir?ref=" + ONE, 200, "[{\"type\":\"file\",\"name\":\"a\"}]");
    assertThat(host.repositories().file(HELLO, ONE, "dir")).isEmpty();
  }

  @Test
  void findsNoFileWhereThereIsNone() {
    on("GET", REPO, 200, repositoryJson());
    assertThat(host.repositories().file(HELLO, ONE, "Dockerfile")).isEmpty();
  }

  /** As GitHub answers for more than 1 MB, and for more than 100 MB. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "200|{\"type\":\"file\",\"size\":1048577,\"encoding\":\"none\",\"content\":\"\"}",
        "200|{\"type\":\"file\",\"size\":1000001,\"encoding\":\"none\",\"content\":\"\"}",
        "403|{\"message\":\"The blob is too large.\",\"errors\":[{\"code\":\"too_large\"}]}"
      })
  void refusesAFileThatIsTooLarge(int status, String answer) {
    on("GET", REPO + "/contents/big?ref=" + ONE, status, answer);
    assertThatThrownBy(() -> host.repositories().file(HELLO, ONE, "big"))
        .isInstanceOfSatisfying(
            InvalidInput.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNREADABLE_FILE))
        .hasMessageContaining("larger than 1 MiB");
    assertThat(requests()).hasSize(1);
  }

  @Test
  void saysWhyGitHubDoesNotShowAFile() {
    on("GET", REPO + "/contents/x?ref=" + ONE, 403, "{\"message\":\"No access to it\"}");
    assertThatThrownBy(() -> host.repositories().file(HELLO, ONE, "x"))
        .isInstanceOf(Upstream.class)
        .hasMessageContaining("No access to it");
  }

  @ParameterizedTest
  @ValueSource(strings = {"identical", "ahead", "behind", "diverged"})
  void comparesInOneRequest(String status) {
    on(
        "GET",
        REPO + "/compare/" + ONE + "..." + TWO + "?per_page=1&page=2",
        200,
        "{\"status\":\"" + status + "\",\"commits\":[]}");
    assertThat(host.repositories().compare(HELLO, ONE, TWO).map(CommitRelation::name))
        .contains(status.toUpperCase(java.util.Locale.ROOT));
    assertThat(requests()).hasSize(1);
  }

  @Test
  void comparesNothingWithACommitThatIsGone() {
    on("GET", REPO, 200, repositoryJson());
    assertThat(host.repositories().compare(HELLO, ONE, TWO)).isEmpty();
  }
}
