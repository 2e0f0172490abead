package io.cite.adapters.github;

import static org.assertj.core.api.Assertions.assertThat;

import io.cite.core.contract.Servers;
import io.cite.core.domain.source.BranchName;
import io.cite.core.domain.source.CommitId;
import io.cite.core.domain.source.CommitStatus;
import io.cite.core.domain.source.HookId;
import io.cite.core.domain.source.RepositoryName;
import io.cite.core.domain.source.SourceEvent;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookParserTest {
  private static final RepositoryName HELLO = RepositoryName.parse("acme/hello");
  private static final String REPO = "\"repository\":{\"id\":7,\"full_name\":\"acme/hello\"}";
  private static final String SHA = "a".repeat(40);
  private static final String NONE = "0".repeat(40);

  private static SourceEvent parse(String event, String body) {
    return WebhookParser.parse(event, body.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void readsAPushToABranch() {
    assertThat(
            parse(
                "push",
                "{\"ref\":\"refs/heads/feature/ü\",\"after\":\""
                    + SHA
                    + "\",\"forced\":true,\"deleted\":false,\"head_commit\":null,\"new\":[1],"
                    + REPO
                    + "}"))
        .isEqualTo(
            new SourceEvent.Pushed(HELLO, 7, new BranchName("feature/ü"), new CommitId(SHA), true));
  }

  private static @Nullable CommitId sameDockerfileAs(String more) {
    String body = "{\"ref\":\"refs/heads/x\",\"after\":\"%s\",%s,%s}".formatted(SHA, REPO, more);
    return ((SourceEvent.Pushed) parse("push", body.replace('\'', '"'))).sameDockerfileAs();
  }

  private static String pushed(String before, String flags, String... commits) {
    return "'before':'%s',%s,'commits':[%s]".formatted(before, flags, String.join(",", commits));
  }

  private static String commit(String added, String removed, String modified) {
    return "{'added':[%s],'removed':[%s],'modified':[%s]}".formatted(added, removed, modified);
  }

  @Test
  void tellsThatAPushChangedNoDockerfile() {
    String old = "b".repeat(40);
    String usual = "'forced':false,'created':false";
    String harmless = commit("'a'", "'b/c'", "'Docker'");

    assertThat(sameDockerfileAs(pushed(old, usual, harmless, harmless)))
        .isEqualTo(new CommitId(old));
    for (String change :
        List.of(
            commit("'Dockerfile'", "", ""),
            commit("", "'Dockerfile'", ""),
            commit("'a'", "", "'b','Dockerfile'"),
            commit("", "", "'docker/dockerfile.prod'"),
            "{'added':[],'removed':[]}",
            "{}",
            "null")) {
      assertThat(sameDockerfileAs(pushed(old, usual, harmless, change))).as(change).isNull();
    }
  }

  @Test
  void knowsNothingOfADockerfileIfNotAllChangesAreThere() {
    String old = "b".repeat(40);
    String usual = "'forced':false,'created':false";
    String harmless = commit("'a'", "", "");

    assertThat(sameDockerfileAs(pushed(NONE, usual, harmless))).isNull();
    assertThat(sameDockerfileAs(pushed(old, usual))).isNull();
    assertThat(sameDockerfileAs(pushed(old, "'forced':true,'created':false", harmless))).isNull();
    assertThat(sameDockerfileAs(pushed(old, "'forced':false,'created':true", harmless))).isNull();
    assertThat(sameDockerfileAs(pushed(old, "'forced':false", harmless))).isNull();
    String[] many = Collections.nCopies(20, harmless).toArray(String[]::new);
    assertThat(sameDockerfileAs(pushed(old, usual, many))).isNull();
    assertThat(sameDockerfileAs("'x':1")).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "false", "null"})
  void readsAPushThatDeletesABranch(String deleted) {
    assertThat(
            parse(
                "push",
                "{\"ref\":\"refs/heads/x\",\"after\":\""
                    + NONE
                    + "\",\"deleted\":"
                    + deleted
                    + ","
                    + REPO
                    + "}"))
        .isEqualTo(new SourceEvent.Pushed(HELLO, 7, new BranchName("x"), null, false));
  }

  @Test
  void keepsWhoPushedAndTheOtherCommitsOfAPush() {
    String older = "b".repeat(40);
    assertThat(
            parse(
                "push",
                "{\"ref\":\"refs/heads/x\",\"after\":\""
                    + SHA
                    + "\",\"commits\":[{\"id\":\""
                    + older
                    + "\"},{\"id\":7},{\"id\":\"x\"},null,{\"id\":\""
                    + SHA
                    + "\"}],\"pusher\":{\"name\":\"kim-pusher\"},\"sender\":{\"login\":\"kim\"},"
                    + REPO
                    + "}"))
        .isEqualTo(
            new SourceEvent.Pushed(
                HELLO,
                7,
                new BranchName("x"),
                new CommitId(SHA),
                false,
                List.of(new CommitId(older)),
                "kim"));
  }

  @Test
  void keepsTheNewestCommitsOfALargePushOnly() {
    String commits =
        IntStream.range(0, 2_000)
            .mapToObj(i -> "{\"id\":\"%040x\"}".formatted(i))
            .collect(Collectors.joining(","));
    SourceEvent.Pushed push =
        (SourceEvent.Pushed)
            parse(
                "push",
                "{\"ref\":\"refs/heads/x\",\"after\":\"%040x\",\"commits\":[%s],%s}"
                    .formatted(1_999, commits, REPO));

    assertThat(push.commits()).hasSize(SourceEvent.Pushed.MAX_COMMITS);
    assertThat(push.commits().get(49).value()).isEqualTo("%040x".formatted(1_998));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "<script>", "-kim", "kim\\u0007"})
  void takesNoPusherWhoseNameIsNoLogin(String login) {
    SourceEvent.Pushed push =
        (SourceEvent.Pushed)
            parse(
                "push",
                "{\"ref\":\"refs/heads/x\",\"after\":\"%s\",\"sender\":{\"login\":\"%s\"},%s}"
                    .formatted(SHA, login, REPO));

    assertThat(push.pusher()).isNull();
  }

  @Test
  void takesATagForIrrelevant() {
    assertThat(parse("push", "{\"ref\":\"refs/tags/v1\",\"after\":\"" + SHA + "\"," + REPO + "}"))
        .isEqualTo(new SourceEvent.Irrelevant(HELLO, "tag v1 was pushed, not a branch"));
    assertThat(parse("delete", "{\"ref\":\"v1\",\"ref_type\":\"tag\"," + REPO + "}"))
        .isEqualTo(new SourceEvent.Irrelevant(HELLO, "tag v1 was deleted, not a branch"));
  }

  @Test
  void readsAStatusWithoutDescriptionTargetOrBranches() {
    assertThat(
            parse(
                "status",
                "{\"id\":6805126730,\"sha\":\""
                    + SHA
                    + "\",\"name\":\"acme/hello\",\"state\":"
                    + "\"success\",\"context\":\"default\",\"description\":null,"
                    + "\"target_url\":null,\"branches\":[],"
                    + REPO
                    + "}"))
        .isEqualTo(
            new SourceEvent.StatusChanged(
                HELLO,
                7,
                new CommitId(SHA),
                6805126730L,
                CommitStatus.State.SUCCESS,
                "default",
                List.of()));
  }

  @Test
  void readsAStatusOfACommitOnSeveralBranches() {
    SourceEvent event =
        parse(
            "status",
            "{\"id\":1,\"sha\":\""
                + SHA
                + "\",\"state\":\"pending\",\"context\":\"c\",\"branches\":"
                + "[{\"name\":\"a\"},{\"name\":\"b/c\"},{\"name\":null},7],"
                + REPO
                + "}");
    assertThat(((SourceEvent.StatusChanged) event).branches())
        .containsExactly(new BranchName("a"), new BranchName("b/c"));
  }

  @Test
  void readsADeletedBranch() {
    assertThat(parse("delete", "{\"ref\":\"feature/x\",\"ref_type\":\"branch\"," + REPO + "}"))
        .isEqualTo(new SourceEvent.BranchDeleted(HELLO, 7, new BranchName("feature/x")));
  }

  @Test
  void readsAPullRequest() {
    assertThat(
            parse(
                "pull_request",
                "{\"action\":\"closed\",\"number\":2,\"pull_request\":{\"head\":{\"ref\":\"x\","
                    + "\"repo\":{\"id\":7}}},"
                    + REPO
                    + "}"))
        .isEqualTo(new SourceEvent.PullRequestChanged(HELLO, 7, "closed", 2, new BranchName("x")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"id\":8}", "null"})
  void doesNotTakeAForksBranchForOneOfTheRepository(String fork) {
    assertThat(
            parse(
                "pull_request",
                "{\"action\":\"closed\",\"number\":2,\"pull_request\":{\"head\":{\"ref\":\"main\","
                    + "\"repo\":"
                    + fork
                    + "}},"
                    + REPO
                    + "}"))
        .isEqualTo(new SourceEvent.Irrelevant(HELLO, "the pull request comes from a fork"));
  }

  @Test
  void readsAPingOfARepositoryAndOfAnOrganisation() {
    assertThat(parse("ping", "{\"zen\":\"x\",\"hook_id\":3," + REPO + "}"))
        .isEqualTo(new SourceEvent.Pinged(HELLO, new HookId(3)));
    assertThat(parse("ping", "{\"zen\":\"x\",\"hook_id\":3}"))
        .isEqualTo(new SourceEvent.Pinged(null, new HookId(3)));
  }

  @Test
  void takesEveryOtherEventForIrrelevant() {
    assertThat(parse("stars\n", "{" + REPO + "}"))
        .isEqualTo(new SourceEvent.Irrelevant(HELLO, "event stars? is not one CITE acts on"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "7",
        "{",
        "{}",
        "{\"ref\":\"refs/heads/x\",\"after\":\""
            + "zz"
            + "\",\"repository\":{\"id\":7,"
            + "\"full_name\":\"acme/hello\"}}",
        "{\"ref\":\"refs/heads/a..b\",\"after\":\"0\",\"repository\":{\"id\":7,"
            + "\"full_name\":\"acme/hello\"}}",
        "{\"ref\":\"refs/heads/x\",\"after\":\"0\",\"repository\":{\"id\":\"7\","
            + "\"full_name\":\"acme/hello\"}}",
        "{\"ref\":5,\"repository\":{\"id\":7,\"full_name\":\"acme/hello\"}}",
        "{\"ref\":\"refs/heads/x\",\"repository\":{\"id\":7,\"full_name\":\"a/b/c\"}}"
      })
  void saysWhyItCannotReadABody(String body) {
    assertThat(parse("push", body))
        .isInstanceOfSatisfying(
            SourceEvent.Unreadable.class, event -> assertThat(event.reason()).isNotBlank());
  }

  @Test
  void doesNotFollowNestingWithoutEnd() {
    String body = "{\"x\":" + "[".repeat(100_000) + "]".repeat(100_000) + "," + REPO + "}";
    assertThat(parse("push", body)).isInstanceOf(SourceEvent.Unreadable.class);
  }

  @Test
  void neverThrowsWhateverTheBytesAre() {
    Random random = new Random(20260301);
    byte[] start =
        ("{\"ref\":\"refs/heads/x\",\"after\":\"" + SHA + "\"," + REPO + "}")
            .getBytes(StandardCharsets.UTF_8);
    for (int round = 0; round < 2_000; round++) {
      byte[] body = start.clone();
      for (int i = 0; i <= random.nextInt(4); i++) {
        body[random.nextInt(body.length)] = (byte) random.nextInt(256);
      }
      for (String event : List.of("push", "status", "delete", "pull_request", "ping", "other")) {
        assertThat(WebhookParser.parse(event, body)).isNotNull();
      }
    }
  }

  @Test
  void takesThePayloadOutOfAForm() {
    String json = "{\"zen\":\"a+b & c ü\",\"hook_id\":3}";
    String form = "x=1&payload=" + URLEncoder.encode(json, StandardCharsets.UTF_8) + "&y=2";
    byte[] body = form.getBytes(StandardCharsets.UTF_8);
    assertThat(WebhookParser.json("application/x-www-form-urlencoded; charset=utf-8", body))
        .asString(StandardCharsets.UTF_8)
        .isEqualTo(json);
    assertThat(WebhookParser.json("application/json", body)).isSameAs(body);
    assertThat(WebhookParser.json(null, body)).isSameAs(body);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x=1", "payload=%zz", "payload"})
  void findsNothingToReadInAFormWithoutPayload(String form) {
    byte[] json =
        WebhookParser.json(
            "application/x-www-form-urlencoded", form.getBytes(StandardCharsets.UTF_8));
    assertThat(WebhookParser.parse("push", json)).isInstanceOf(SourceEvent.Unreadable.class);
  }

  /** GitHub's own examples, where they lie beside the project. */
  @Test
  void readsGitHubsOwnExamples() throws IOException {
    Path examples = Servers.published("CITE_WEBHOOK_EXAMPLES", "webhooks");
    List<Path> bodies;
    try (Stream<Path> files = Files.list(examples)) {
      bodies = files.filter(path -> path.toString().endsWith(".json")).toList();
    }
    assertThat(bodies).isNotEmpty();
    for (Path file : bodies) {
      String event = String.valueOf(file.getFileName()).replaceAll("\\..*", "");
      assertThat(WebhookParser.parse(event, Files.readAllBytes(file)))
          .as(file.toString())
          .isNotInstanceOf(SourceEvent.Unreadable.class);
    }
  }
}
