package io.cite.server.sandbox.github;

import static org.assertj.core.api.Assertions.assertThat;

import io.cite.core.contract.Servers;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.transport.PushResult;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.RemoteRefUpdate;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.transport.UsernamePasswordCredentialsProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real git against the sandbox. */
class GitPushTest {

  @TempDir Path data;
  @TempDir Path work;
  private SandboxGitHub sandbox;
  private Caller bob;

  @BeforeEach
  void start() {
    sandbox = SandboxGitHub.start(Options.in(data).withUser("bob", "bob-token"));
    bob = new Caller(sandbox.url(), "bob-token");
  }

  @AfterEach
  void stop() {
    sandbox.close();
  }

  private Git repository() throws Exception {
    Git git = Git.init().setDirectory(work.toFile()).setInitialBranch("trunk").call();
    git.getRepository().getConfig().setBoolean("commit", null, "gpgsign", false);
    change(git, "Dockerfile", "FROM scratch\n");
    git.remoteAdd().setName("origin").setUri(new URIish(sandbox.url() + "/acme/hello.git")).call();
    return git;
  }

  private void change(Git git, String file, String content) throws Exception {
    Files.writeString(work.resolve(file), content);
    git.add().addFilepattern(file).call();
    git.commit().setMessage("Change " + file).setAuthor("Ann", "ann@example.org").call();
  }

  private static List<RemoteRefUpdate.Status> push(Git git, String token, String... specs)
      throws Exception {
    List<RemoteRefUpdate.Status> results = new ArrayList<>();
    List<RefSpec> refs = new ArrayList<>();
    for (String spec : specs) {
      refs.add(new RefSpec(spec));
    }
    var push = git.push().setRemote("origin").setRefSpecs(refs);
    if (!token.isEmpty()) {
      push.setCredentialsProvider(new UsernamePasswordCredentialsProvider("x", token));
    }
    for (PushResult result : push.call()) {
      result.getRemoteUpdates().forEach(update -> results.add(update.getStatus()));
    }
    return results;
  }

  @Test
  void aPushToAnEmptyServerMakesTheRepository() throws Exception {
    try (Git git = repository()) {
      assertThat(push(git, "", "trunk")).containsExactly(RemoteRefUpdate.Status.OK);
    }
    Caller.Answer answer = bob.get("/repos/acme/hello");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text("default_branch")).isEqualTo("trunk");
    assertThat(answer.body().at("/permissions/admin").asBoolean()).isTrue();
    try (Git clone =
        Git.cloneRepository()
            .setURI(sandbox.url() + "/acme/hello")
            .setDirectory(work.resolve("clone").toFile())
            .call()) {
      assertThat(clone.getRepository().getBranch()).isEqualTo("trunk");
      assertThat(work.resolve("clone/Dockerfile")).exists();
    }
  }

  @Test
  void theGitCommandPushesClonesAndDeletes() throws Exception {
    Path git = Path.of("/usr/bin/git");
    if (!Files.isExecutable(git)) {
      Servers.missing("there is no /usr/bin/git");
    }
    Path repo = Files.createDirectory(work.resolve("cli"));
    git(repo, "init", "-q", "-b", "main");
    Files.writeString(repo.resolve("a"), "a");
    git(repo, "add", "a");
    git(repo, "-c", "user.name=A", "-c", "user.email=a@b", "commit", "-q", "-m", "one");
    git(repo, "push", "-q", sandbox.url() + "/acme/cli.git", "main", "main:feature/x");
    git(work, "clone", "-q", "--depth", "1", sandbox.url() + "/acme/cli.git", "copy");
    assertThat(work.resolve("copy/a")).hasContent("a");
    assertThat(bob.get("/repos/acme/cli/branches/feature%2Fx").status()).isEqualTo(200);
    git(repo, "push", "-q", sandbox.url() + "/acme/cli.git", ":feature/x");
    assertThat(bob.get("/repos/acme/cli/branches/feature/x").status()).isEqualTo(404);
  }

  private static void git(Path directory, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("/usr/bin/git"));
    command.addAll(List.of(arguments));
    File output = Files.createTempFile("git", ".out").toFile();
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output);
    builder.environment().put("GIT_TERMINAL_PROMPT", "0");
    Process process = builder.start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(output.toPath())).isZero();
    Files.delete(output.toPath());
  }

  @Test
  void pushesTellTheHooksWhatHappened() throws Exception {
    try (Git git = repository();
        Receiver receiver = new Receiver()) {
      push(git, "", "trunk");
      bob.post(
          "/repos/acme/hello/hooks",
          "{\"config\":{\"url\":\""
              + receiver.url()
              + "\",\"content_type\":\"json\"},"
              + "\"events\":[\"push\",\"delete\",\"create\"]}");
      change(git, "new.txt", "x");
      push(git, "bob-token", "trunk");
      var push = receiver.await("push", 1).json();
      assertThat(push.path("ref").asString()).isEqualTo("refs/heads/trunk");
      assertThat(push.at("/commits/0/added/0").asString()).isEqualTo("new.txt");
      assertThat(push.at("/head_commit/author/name").asString()).isEqualTo("Ann");
      assertThat(push.at("/pusher/name").asString()).isEqualTo("acme");
      assertThat(push.at("/repository/clone_url").asString())
          .isEqualTo(sandbox.url() + "/acme/hello.git");
      assertThat(push.at("/repository/pushed_at").isIntegralNumber()).isTrue();

      git.commit().setAmend(true).setMessage("Other words").call();
      push(git, "bob-token", "+trunk");
      assertThat(receiver.await("push", 2).json().path("forced").asBoolean()).isTrue();

      git.tag().setName("v1").setAnnotated(false).call();
      push(git, "bob-token", "refs/tags/v1", "trunk:refs/heads/side");
      receiver.await("push", 4);
      assertThat(receiver.all("push").subList(2, 4))
          .extracting(hook -> hook.json().path("ref").asString())
          .containsExactlyInAnyOrder("refs/tags/v1", "refs/heads/side");
      assertThat(receiver.all("push").get(2).json().path("created").asBoolean()).isTrue();
      receiver.await("create", 2);

      push(git, "bob-token", ":refs/heads/side");
      var gone = receiver.await("push", 5).json();
      assertThat(gone.path("deleted").asBoolean()).isTrue();
      assertThat(gone.path("head_commit").isNull()).isTrue();
      assertThat(receiver.await("delete", 1).json().path("ref").asString()).isEqualTo("side");
    }
  }

  @Test
  void namesWhoPushedWithAToken() throws Exception {
    try (SandboxGitHub strict =
            SandboxGitHub.start(
                Options.in(data.resolve("strict"))
                    .withAnonymousPush(false)
                    .withUser("bob", "bob-token"));
        Git git = repository();
        Receiver receiver = new Receiver()) {
      git.remoteSetUrl()
          .setRemoteName("origin")
          .setRemoteUri(new URIish(strict.url() + "/acme/hello.git"))
          .call();
      push(git, "bob-token", "trunk");
      new Caller(strict.url(), "bob-token")
          .post("/repos/acme/hello/hooks", "{\"config\":{\"url\":\"" + receiver.url() + "\"}}");
      change(git, "more", "x");
      push(git, "bob-token", "trunk");
      assertThat(receiver.await("push", 1).text()).startsWith("payload=%7B").contains("bob");
      assertThat(receiver.await("push", 1).header("X-Hub-Signature-256")).isEmpty();
    }
  }

  @Test
  void refusesToDeleteTheDefaultBranch() throws Exception {
    try (Git git = repository()) {
      push(git, "", "trunk");
      assertThat(push(git, "", ":refs/heads/trunk"))
          .containsExactly(RemoteRefUpdate.Status.REJECTED_OTHER_REASON);
    }
  }

  @Test
  void letsNobodyPushWithoutPermission() throws Exception {
    sandbox.createRepository("acme/closed");
    sandbox.createPrivateRepository("acme/hidden");
    sandbox.commit("acme/closed", "main", Map.of("a", "a"), "One");
    String closed = "/acme/closed.git/info/refs?service=git-receive-pack";
    assertThat(bob.get(closed).status()).isEqualTo(403);
    assertThat(new Caller(sandbox.url(), "wrong").get(closed).status()).isEqualTo(401);
    assertThat(bob.get("/acme/hidden.git/info/refs?service=git-upload-pack").status())
        .isEqualTo(404);
    assertThat(
            new Caller(sandbox.url(), "")
                .get("/acme/hidden.git/info/refs?service=git-receive-pack")
                .status())
        .isEqualTo(401);
    sandbox.setPermission("acme/closed", "bob", "write");
    assertThat(bob.get(closed).status()).isEqualTo(200);
    sandbox.archive("acme/closed");
    assertThat(bob.get(closed).status()).isEqualTo(403);
  }

  @Test
  void asksForATokenWhereAnonymousPushIsOff() {
    try (SandboxGitHub strict =
        SandboxGitHub.start(
            Options.in(work.resolve("strict"))
                .withAnonymousPush(false)
                .withCreateOnPush(false)
                .withUser("bob", "bob-token"))) {
      String path = "/bob/new.git/info/refs?service=git-receive-pack";
      Caller.Answer refused = new Caller(strict.url(), "").get(path);
      assertThat(refused.status()).isEqualTo(401);
      assertThat(refused.header("WWW-Authenticate")).startsWith("Basic");
      assertThat(new Caller(strict.url(), "bob-token").get(path).status()).isEqualTo(404);
    }
  }
}
