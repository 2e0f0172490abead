package io.cite.server.sandbox.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kohsuke.github.GHCommitState;
import org.kohsuke.github.GHCompare;
import org.kohsuke.github.GHDeployment;
import org.kohsuke.github.GHDeploymentState;
import org.kohsuke.github.GHDeploymentStatus;
import org.kohsuke.github.GHEvent;
import org.kohsuke.github.GHFileNotFoundException;
import org.kohsuke.github.GHHook;
import org.kohsuke.github.GHIssueState;
import org.kohsuke.github.GHOrganization;
import org.kohsuke.github.GHPermissionType;
import org.kohsuke.github.GHPullRequest;
import org.kohsuke.github.GHRepository;
import org.kohsuke.github.GitHub;
import org.kohsuke.github.GitHubBuilder;
import org.kohsuke.github.HttpException;

/** The sandbox seen through the client library that CITE uses for the real GitHub. */
class GitHubClientTest {

  @TempDir Path data;
  private SandboxGitHub sandbox;
  private GitHub alice;
  private GitHub cite;
  private String head;

  @BeforeEach
  void start() throws Exception {
    sandbox =
        SandboxGitHub.start(
            Options.in(data).withUser("alice", "alice-token").withUser("cite", "cite-token"));
    sandbox.createRepository("alice/hello");
    head =
        sandbox.commit(
            "alice/hello", "main", Map.of("Dockerfile", "FROM scratch\n", "src/a.txt", "a"), "One");
    alice = client("alice-token");
    cite = client("cite-token");
  }

  @AfterEach
  void stop() {
    sandbox.close();
  }

  private GitHub client(String token) throws Exception {
    return new GitHubBuilder().withEndpoint(sandbox.url().toString()).withOAuthToken(token).build();
  }

  @Test
  void knowsWhoAsks() throws Exception {
    assertThat(alice.getMyself().getLogin()).isEqualTo("alice");
    assertThat(alice.isCredentialValid()).isTrue();
    assertThat(client("nobody").isCredentialValid()).isFalse();
    assertThat(alice.getRateLimit().getRemaining()).isPositive();
    alice.checkApiUrlValidity();
  }

  @Test
  void showsARepositoryAndItsPermissions() throws Exception {
    GHRepository repository = alice.getRepository("alice/hello");
    assertThat(repository.getDefaultBranch()).isEqualTo("main");
    assertThat(repository.getId()).isPositive();
    assertThat(repository.hasAdminAccess()).isTrue();
    assertThat(repository.getHttpTransportUrl()).isEqualTo(sandbox.url() + "/alice/hello.git");
    assertThat(cite.getRepository("alice/hello").hasPushAccess()).isFalse();
    assertThat(repository.getPermission("alice")).isEqualTo(GHPermissionType.ADMIN);
    assertThat(repository.getPermission("cite")).isEqualTo(GHPermissionType.READ);
    repository.archive();
    assertThat(alice.getRepository("alice/hello").isArchived()).isTrue();
  }

  @Test
  void hidesAPrivateRepositoryFromStrangers() throws Exception {
    sandbox.createPrivateRepository("alice/secret");
    assertThat(alice.getRepository("alice/secret").isPrivate()).isTrue();
    assertThatThrownBy(() -> cite.getRepository("alice/secret"))
        .isInstanceOf(GHFileNotFoundException.class);
    assertThatThrownBy(() -> cite.getRepository("alice/none"))
        .isInstanceOf(GHFileNotFoundException.class);
  }

  @Test
  void createsRepositories() throws Exception {
    GHRepository mine = alice.createRepository("fresh").autoInit(true).description("new").create();
    assertThat(mine.getFullName()).isEqualTo("alice/fresh");
    assertThat(mine.getFileContent("README.md").read())
        .asString(StandardCharsets.UTF_8)
        .isEqualTo("# fresh\n");
    sandbox.addOrganization("acme");
    GHRepository acme =
        new GitHubBuilder()
            .withEndpoint(sandbox.url().toString())
            .withOAuthToken("cite-token")
            .build()
            .getOrganization("acme")
            .createRepository("web")
            .create();
    assertThat(acme.getOwnerName()).isEqualTo("acme");
    assertThat(cite.getRepository("acme/web").hasAdminAccess()).isTrue();
  }

  @Test
  void listsBranchesOfWhateverName() throws Exception {
    String tip = sandbox.commit("alice/hello", "feature/x+y", Map.of("b.txt", "b"), "On a branch");
    GHRepository repository = alice.getRepository("alice/hello");
    assertThat(repository.getBranches()).containsOnlyKeys("main", "feature/x+y");
    assertThat(repository.getBranch("feature/x+y").getSHA1()).isEqualTo(tip);
    assertThat(repository.getRef("heads/feature/x+y").getObject().getSha()).isEqualTo(tip);
    assertThat(repository.getRefs("heads/feature")).hasSize(1);
    assertThatThrownBy(() -> repository.getBranch("none"))
        .isInstanceOf(GHFileNotFoundException.class);
  }

  @Test
  void readsFilesAndDirectories() throws Exception {
    GHRepository repository = alice.getRepository("alice/hello");
    assertThat(repository.getFileContent("Dockerfile", "main").read())
        .asString(StandardCharsets.UTF_8)
        .isEqualTo("FROM scratch\n");
    assertThat(repository.getFileContent("src/a.txt", head).getSize()).isEqualTo(1);
    assertThat(repository.getDirectoryContent("/")).hasSize(2);
    assertThat(repository.getDirectoryContent("src")).hasSize(1);
    assertThatThrownBy(() -> repository.getFileContent("none", "main"))
        .isInstanceOf(GHFileNotFoundException.class);
    var written =
        repository
            .createContent()
            .path("docs/new file.md")
            .content("words")
            .message("Write")
            .branch("main")
            .commit();
    assertThat(repository.getBranch("main").getSHA1()).isEqualTo(written.getCommit().getSHA1());
    assertThat(repository.getFileContent("docs/new file.md").read())
        .asString(StandardCharsets.UTF_8)
        .isEqualTo("words");
  }

  @Test
  void tellsOfCommitsAndHowTheyRelate() throws Exception {
    String second = sandbox.commit("alice/hello", "main", Map.of("src/a.txt", "b"), "Two");
    String other = sandbox.commit("alice/hello", "other", Map.of("c", "c"), "Three");
    GHRepository repository = alice.getRepository("alice/hello");
    assertThat(repository.getCommit(second).getCommitShortInfo().getMessage()).isEqualTo("Two");
    assertThat(repository.getCommit(second).getParentSHA1s()).containsExactly(head);
    assertThat(repository.getCommit(second).listFiles().toList()).hasSize(1);
    assertThat(repository.getCommit("main").getAuthor().getLogin()).isEqualTo("alice");
    assertThat(repository.listCommits().toList()).hasSize(2);
    GHCompare ahead = repository.getCompare(head, other);
    assertThat(ahead.getStatus()).isEqualTo(GHCompare.Status.ahead);
    assertThat(ahead.getAheadBy()).isEqualTo(2);
    assertThat(repository.getCompare(other, head).getBehindBy()).isEqualTo(2);
    assertThat(repository.getCompare(head, head).getStatus()).isEqualTo(GHCompare.Status.identical);
    assertThatThrownBy(() -> repository.getCompare(head, "0".repeat(40)))
        .isInstanceOf(GHFileNotFoundException.class);
    assertThatThrownBy(() -> repository.getCommit("0".repeat(40)))
        .isInstanceOf(HttpException.class)
        .hasMessageContaining("No commit found");
  }

  @Test
  void keepsHooksAndHidesTheirSecrets() throws Exception {
    GHRepository repository = alice.getRepository("alice/hello");
    Map<String, String> config =
        Map.of("url", "http://127.0.0.1:9/h", "content_type", "json", "secret", "s3cret");
    GHHook hook = repository.createHook("web", config, List.of(GHEvent.PUSH), true);
    assertThat(repository.getHooks()).hasSize(1);
    assertThat(repository.getHook((int) hook.getId()).getConfig())
        .containsEntry("secret", "********");
    assertThatThrownBy(() -> repository.createHook("web", config, List.of(GHEvent.PUSH), true))
        .hasMessageContaining("Hook already exists on this repository");
    hook.delete();
    assertThat(repository.getHooks()).isEmpty();
    assertThatThrownBy(() -> cite.getRepository("alice/hello").getHooks())
        .isInstanceOf(GHFileNotFoundException.class);
  }

  @Test
  void invitesACollaboratorWhoAccepts() throws Exception {
    GHRepository repository = alice.getRepository("alice/hello");
    repository.addCollaborators(
        org.kohsuke.github.GHOrganization.RepositoryRole.from(GHOrganization.Permission.PUSH),
        alice.getUser("cite"));
    assertThat(repository.listInvitations()).hasSize(1);
    assertThat(repository.isCollaborator(alice.getUser("cite"))).isFalse();
    cite.getMyInvitations().get(0).accept();
    assertThat(repository.isCollaborator(alice.getUser("cite"))).isTrue();
    assertThat(repository.listInvitations()).isEmpty();
    assertThat(repository.getPermission("cite")).isEqualTo(GHPermissionType.WRITE);
    assertThat(cite.getRepository("alice/hello").hasPushAccess()).isTrue();
    repository.removeCollaborators(alice.getUser("cite"));
    assertThat(repository.getPermission("cite")).isEqualTo(GHPermissionType.READ);
  }

  @Test
  void listsStatusesNewestFirst() throws Exception {
    GHRepository repository = alice.getRepository("alice/hello");
    repository.createCommitStatus(head, GHCommitState.PENDING, "", "queued", "ci");
    repository.createCommitStatus(head, GHCommitState.SUCCESS, "http://ci/1", "imageName:x", "ci");
    assertThat(repository.getLastCommitStatus(head).getState()).isEqualTo(GHCommitState.SUCCESS);
    assertThat(repository.listCommitStatuses(head).toList())
        .extracting(status -> status.getState())
        .containsExactly(GHCommitState.SUCCESS, GHCommitState.PENDING);
    assertThatThrownBy(
            () ->
                repository.createCommitStatus(
                    head, GHCommitState.SUCCESS, "", "x".repeat(141), "ci"))
        .isInstanceOf(HttpException.class)
        .hasMessageContaining("422");
    assertThatThrownBy(
            () ->
                cite.getRepository("alice/hello")
                    .createCommitStatus(head, GHCommitState.SUCCESS, "", "", "ci"))
        .hasMessageContaining("403");
  }

  /** The client marks as deprecated what GitHub once had in preview. */
  @Test
  @SuppressWarnings("deprecation")
  void deploysAndRetiresEarlierDeploymentsOfTheEnvironment() throws Exception {
    GHRepository repository = alice.getRepository("alice/hello");
    GHDeployment first = deploy(repository, "hello/main");
    first.createStatus(GHDeploymentState.PENDING).create();
    first.createStatus(GHDeploymentState.SUCCESS).environmentUrl("http://live").create();
    GHDeployment second = deploy(repository, "hello/main");
    second.createStatus(GHDeploymentState.SUCCESS).autoInactive(true).create();
    assertThat(states(first))
        .containsExactly(
            GHDeploymentState.INACTIVE, GHDeploymentState.SUCCESS, GHDeploymentState.PENDING);
    assertThat(states(second)).containsExactly(GHDeploymentState.SUCCESS);
    assertThat(repository.listDeployments(head, null, null, "hello/main").toList()).hasSize(2);
    assertThat(repository.getDeployment(first.getId()).getPayloadObject().toString())
        .contains("saga-1");
    assertThatThrownBy(
            () ->
                second
                    .createStatus(GHDeploymentState.FAILURE)
                    .description("x".repeat(141))
                    .create())
        .hasMessageContaining("422");
  }

  private static List<GHDeploymentState> states(GHDeployment deployment) throws Exception {
    return deployment.listStatuses().toList().stream().map(GHDeploymentStatus::getState).toList();
  }

  private GHDeployment deploy(GHRepository repository, String environment) throws Exception {
    return repository
        .createDeployment(head)
        .environment(environment)
        .autoMerge(false)
        .requiredContexts(List.of())
        .payload("{\"saga\":\"saga-1\"}")
        .create();
  }

  @Test
  void opensCommentsAndClosesPullRequests() throws Exception {
    sandbox.commit("alice/hello", "topic", Map.of("t", "t"), "Topic");
    GHRepository repository = alice.getRepository("alice/hello");
    GHPullRequest pull = repository.createPullRequest("Add t", "topic", "main", "why");
    assertThat(repository.getPullRequest(pull.getNumber()).getChangedFiles()).isEqualTo(1);
    assertThat(repository.getPullRequests(GHIssueState.OPEN)).hasSize(1);
    pull.comment("preview").update("preview at http://x");
    assertThat(pull.getComments())
        .extracting(c -> c.getBody())
        .containsExactly("preview at http://x");
    pull.close();
    assertThat(repository.getPullRequests(GHIssueState.OPEN)).isEmpty();
  }
}
