package io.cite.server.sandbox.github.shape;

import io.cite.server.sandbox.github.state.Account;
import io.cite.server.sandbox.github.state.Permission;
import io.cite.server.sandbox.github.state.State;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/** People and organizations. */
public final class AccountShape {

  private final Links links;
  private final State state;

  AccountShape(Links links, State state) {
    this.links = links;
    this.state = state;
  }

  /** The short form, or null for a login that nobody has any more. */
  public JsonNode simple(String login) {
    return state.account(login).<JsonNode>map(this::simple).orElse(NullNode.getInstance());
  }

  public ObjectNode simple(Account account) {
    String login = account.login();
    String url = links.user(login);
    return Json.object()
        .put("login", login)
        .put("id", account.id())
        .put("node_id", Json.nodeId(account.organization() ? "Organization" : "User", account.id()))
        .put("avatar_url", links.base() + "/avatars/u/" + account.id())
        .put("gravatar_id", "")
        .put("url", url)
        .put("html_url", links.base() + "/" + login)
        .put("followers_url", url + "/followers")
        .put("following_url", url + "/following{/other_user}")
        .put("gists_url", url + "/gists{/gist_id}")
        .put("starred_url", url + "/starred{/owner}{/repo}")
        .put("subscriptions_url", url + "/subscriptions")
        .put("organizations_url", url + "/orgs")
        .put("repos_url", url + "/repos")
        .put("events_url", url + "/events{/privacy}")
        .put("received_events_url", url + "/received_events")
        .put("type", account.organization() ? "Organization" : "User")
        .put("site_admin", false);
  }

  /** The long form; {@code self} adds what only the account itself sees. */
  public ObjectNode full(Account account, boolean self) {
    long repositories =
        state.repositories().all().stream()
            .filter(repo -> repo.owner().equalsIgnoreCase(account.login()))
            .count();
    ObjectNode shape =
        simple(account)
            .put("name", account.login())
            .putNull("company")
            .put("blog", "")
            .putNull("location")
            .put("email", account.email())
            .putNull("hireable")
            .putNull("bio")
            .put("public_repos", repositories)
            .put("public_gists", 0)
            .put("followers", 0)
            .put("following", 0)
            .put("created_at", account.createdAt().toString())
            .put("updated_at", account.createdAt().toString());
    if (self) {
      shape
          .put("private_gists", 0)
          .put("total_private_repos", 0)
          .put("owned_private_repos", 0)
          .put("disk_usage", 0)
          .put("collaborators", 0)
          .put("two_factor_authentication", true);
    }
    return shape;
  }

  /** The short form with what the account may do with a repository. */
  public ObjectNode collaborator(Account account, Permission permission) {
    return simple(account)
        .put("role_name", permission.role())
        .set("permissions", permissions(permission));
  }

  static ObjectNode permissions(Permission permission) {
    return Json.object()
        .put("admin", permission.allows(Permission.ADMIN))
        .put("maintain", permission.allows(Permission.MAINTAIN))
        .put("push", permission.allows(Permission.WRITE))
        .put("triage", permission.allows(Permission.TRIAGE))
        .put("pull", permission.allows(Permission.READ));
  }

  /** As the author of a commit is named: only if the address is that of an account. */
  JsonNode byEmail(@Nullable String email) {
    return withEmail(email).<JsonNode>map(this::simple).orElse(NullNode.getInstance());
  }

  /** The account whose address that is. */
  public Optional<Account> withEmail(@Nullable String email) {
    return state.accounts().all().stream()
        .filter(account -> account.email().equalsIgnoreCase(email))
        .findFirst();
  }
}
