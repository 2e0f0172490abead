package io.cite.adapters.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cite.core.domain.service.Secret;
import io.cite.core.error.InvalidInput;
import io.cite.core.error.Upstream;
import io.cite.core.port.source.CollaboratorAnswer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class GitHubCollaboratorsTest extends WithGitHub {
  private static final String BOT = REPO + "/collaborators/cite-bot";
  private static final String ACCEPT = "PATCH /user/repository_invitations/42";

  private static void permission(String word) {
    on("GET", BOT + "/permission", 200, "{\"permission\":\"" + word + "\"}");
  }

  private static void invitation() {
    on("PUT", BOT, 201, "{\"id\":42,\"invitee\":{\"login\":\"cite-bot\"}}");
    on("PATCH", "/user/repository_invitations/42", 204, "");
  }

  private static void user(String login) {
    on("GET", "/user", 200, "{\"login\":\"" + login + "\"}");
  }

  @Test
  void takesTheOwnerForAMemberWithoutAsking() {
    assertThat(host.collaborators().ensure(HELLO, "Acme")).isEqualTo(CollaboratorAnswer.MEMBER);
    assertThat(requests()).isEmpty();
  }

  @Test
  void leavesAnAdministratorAlone() {
    permission("admin");
    assertThat(host.collaborators().ensure(HELLO, "cite-bot")).isEqualTo(CollaboratorAnswer.MEMBER);
    assertThat(requests()).containsExactly("GET " + BOT + "/permission");
  }

  @Test
  void invitesAnotherAccount() {
    permission("read");
    invitation();
    user("somebody");
    assertThat(host.collaborators().ensure(HELLO, "cite-bot"))
        .isEqualTo(CollaboratorAnswer.INVITED);
    assertThat(requests()).contains("PUT " + BOT).doesNotContain(ACCEPT);
  }

  @Test
  void acceptsTheInvitationOfItsOwnAccount() {
    permission("none");
    invitation();
    user("Cite-Bot");
    assertThat(host.collaborators().ensure(HELLO, "cite-bot")).isEqualTo(CollaboratorAnswer.ADDED);
    assertThat(requests())
        .containsExactly("GET " + BOT + "/permission", "PUT " + BOT, "GET /user", ACCEPT);
    host.collaborators().ensure(HELLO, "cite-bot");
    assertThat(requests()).filteredOn("GET /user"::equals).hasSize(1);
  }

  @Test
  void acceptsWithTheTokenOfTheInvitedAccount() {
    permission("none");
    invitation();
    user("cite-bot");
    GitHubSettings own = settings();
    GitHubSettings two =
        new GitHubSettings(own.api(), own.login(), Duration.ofSeconds(30), Secret.of("b0t"));
    GitHubSourceHost other = new GitHubSourceHost(two, () -> NOW);
    assertThat(other.collaborators().ensure(HELLO, "cite-bot")).isEqualTo(CollaboratorAnswer.ADDED);
    assertThat(events())
        .extracting(event -> event.getRequest().getHeader("Authorization"))
        .containsExactly("Bearer t0ken", "Bearer t0ken", "Bearer b0t", "Bearer b0t");
  }

  @Test
  void acceptsAnInvitationThatSomebodyElseMadeBeforeTheRepositoryCanBeSeen() {
    user("cite-bot");
    on(
        "GET",
        "/user/repository_invitations?per_page=100",
        200,
        "[{\"id\":41,\"repository\":{\"full_name\":\"acme/other\"}},"
            + "{\"id\":42,\"repository\":{\"full_name\":\"Acme/Hello\"}}]");
    on("PATCH", "/user/repository_invitations/42", 204, "");
    assertThat(host.collaborators().ensure(HELLO, "cite-bot")).isEqualTo(CollaboratorAnswer.ADDED);
    assertThat(requests()).contains(ACCEPT);
  }

  @Test
  void passesOnThatItMayNotInvite() {
    permission("read");
    user("somebody");
    on("PUT", BOT, 403, "{\"message\":\"Must have admin rights to Repository.\"}");
    assertThatThrownBy(() -> host.collaborators().ensure(HELLO, "cite-bot"))
        .isInstanceOfSatisfying(Upstream.class, e -> assertThat(e.isRetryable()).isFalse())
        .hasMessageContaining("Must have admin rights");
  }

  @Test
  void refusesWhatIsNoLogin() {
    assertThatThrownBy(() -> host.collaborators().ensure(HELLO, "../hooks"))
        .isInstanceOf(InvalidInput.class);
    assertThat(requests()).isEmpty();
  }

  @Test
  void removesTheCollaboratorAndItsOpenInvitation() {
    on("DELETE", BOT, 204, "");
    on(
        "GET",
        REPO + "/invitations?per_page=100",
        200,
        "[{\"id\":1,\"invitee\":{\"login\":\"ann\"}},{\"id\":2,\"invitee\":null},"
            + "{\"id\":3,\"invitee\":{\"login\":\"cite-bot\"}}]");
    on("DELETE", REPO + "/invitations/3", 204, "");
    host.collaborators().remove(HELLO, "cite-bot");
    assertThat(requests())
        .containsExactly(
            "DELETE " + BOT,
            "GET " + REPO + "/invitations?per_page=100",
            "DELETE " + REPO + "/invitations/3");
  }

  @Test
  void removesNobodyWhereThereIsNobody() {
    on("GET", REPO, 200, repositoryJson());
    on("GET", REPO + "/invitations?per_page=100", 200, "[]");
    host.collaborators().remove(HELLO, "cite-bot");
    assertThat(requests())
        .isNotEmpty()
        .noneMatch(request -> request.startsWith("DELETE " + REPO + "/inv"));
  }
}
