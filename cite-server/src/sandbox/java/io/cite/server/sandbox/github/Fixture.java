package io.cite.server.sandbox.github;

import io.cite.server.sandbox.github.event.Pushes;
import io.cite.server.sandbox.github.git.GitStorage;
import io.cite.server.sandbox.github.git.GitWriter;
import io.cite.server.sandbox.github.git.RefChange;
import io.cite.server.sandbox.github.git.Repositories;
import io.cite.server.sandbox.github.shape.Links;
import io.cite.server.sandbox.github.state.Account;
import io.cite.server.sandbox.github.state.Permission;
import io.cite.server.sandbox.github.state.Repo;
import io.cite.server.sandbox.github.state.State;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;

/** What Java code can do to the sandbox without going through HTTP. */
final class Fixture {

  private final State state;
  private final Repositories repositories;
  private final Pushes pushes;
  private final Links links;
  private final InstantSource clock;

  Fixture(State state, Repositories repositories, Pushes pushes, Links links, InstantSource clock) {
    this.state = state;
    this.repositories = repositories;
    this.pushes = pushes;
    this.links = links;
    this.clock = clock;
  }

  User addUser(String login, String token) {
    Account account = repositories.account(login, false);
    state.accounts().change(account.id(), row -> row.withToken(token));
    return new User(login, token);
  }

  void addOrganization(String login) {
    repositories.account(login, true);
  }

  Repository createRepository(String fullName, boolean hidden) {
    String[] names = split(fullName);
    Account owner = repositories.account(names[0], false);
    Repo repo =
        repositories
            .create(owner, names[1], hidden, null, Map.of())
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "The repository " + fullName + " exists already"));
    return new Repository(repo.id(), repo.fullName(), URI.create(links.git(repo)));
  }

  String commit(String fullName, String branch, Map<String, String> files, String message) {
    Repo repo = repo(fullName);
    Account owner = owner(repo);
    Map<String, byte[]> bytes = new HashMap<>();
    files.forEach((path, text) -> bytes.put(path, text.getBytes(StandardCharsets.UTF_8)));
    RefChange change =
        repositories
            .writer(repo)
            .commit(
                branch,
                repositories.reader(repo).resolve(repo.defaultBranch()),
                bytes,
                List.of(),
                message,
                new GitWriter.Author(owner.login(), owner.email(), clock.instant()));
    pushes.after(repo, List.of(change), owner);
    return change.after().name();
  }

  void deleteBranch(String fullName, String branch) {
    Repo repo = repo(fullName);
    Ref ref =
        repositories
            .reader(repo)
            .branch(branch)
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "Tried to delete branch " + branch + " but failed: there is none"));
    RefChange change =
        repositories.writer(repo).update(ref.getName(), Objects.requireNonNull(ref.getObjectId()), ObjectId.zeroId());
    pushes.after(repo, List.of(change), owner(repo));
  }

  void setPermission(String fullName, String login, String permission) {
    Permission parsed =
        Permission.parse(permission)
            .orElseThrow(() -> new IllegalArgumentException("No such permission: " + permission));
    state.repositories().change(repo(fullName).id(), row -> row.withMember(login, parsed));
  }

  void archive(String fullName) {
    state
        .repositories()
        .change(
            repo(fullName).id(),
            row ->
                row.withSettings(
                    row.hidden(), true, row.defaultBranch(), row.description(), clock.instant()));
  }

  private Account owner(Repo repo) {
    return repositories.account(repo.owner(), false);
  }

  private Repo repo(String fullName) {
    String[] names = split(fullName);
    return state
        .repository(names[0], names[1])
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "Tried to find " + fullName + " but failed: there is none"));
  }

  private static String[] split(String fullName) {
    Optional<String[]> names =
        Optional.of(fullName.split("/", -1))
            .filter(parts -> parts.length == 2)
            .filter(parts -> GitStorage.isName(parts[0]) && GitStorage.isName(parts[1]));
    return names.orElseThrow(
        () -> new IllegalArgumentException("Not a repository's full name: " + fullName));
  }
}
