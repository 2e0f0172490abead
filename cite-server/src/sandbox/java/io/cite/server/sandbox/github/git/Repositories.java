package io.cite.server.sandbox.github.git;

import io.cite.server.sandbox.github.state.Account;
import io.cite.server.sandbox.github.state.Permission;
import io.cite.server.sandbox.github.state.Repo;
import io.cite.server.sandbox.github.state.State;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.Repository;
import org.jspecify.annotations.Nullable;

/**
 * Accounts and repositories: what is known of them together with their git contents. Thread-safe.
 */
public final class Repositories {

  private final State state;
  private final GitStorage storage;
  private final InstantSource clock;

  public Repositories(State state, GitStorage storage, InstantSource clock) {
    this.state = state;
    this.storage = storage;
    this.clock = clock;
  }

  /** The account of that login, made when there is none. */
  public Account account(String login, boolean organization) {
    synchronized (state) {
      return state
          .account(login)
          .orElseGet(
              () ->
                  state
                      .accounts()
                      .add(
                          new Account(
                              state.nextId(),
                              login,
                              organization,
                              List.of(),
                              clock.instant().truncatedTo(ChronoUnit.SECONDS))));
    }
  }

  /**
   * Makes an empty repository.
   *
   * @return empty when there is one of that name
   */
  public Optional<Repo> create(
      Account owner,
      String name,
      boolean hidden,
      @Nullable String description,
      Map<String, Permission> members) {
    synchronized (state) {
      if (state.repository(owner.login(), name).isPresent()) {
        return Optional.empty();
      }
      state.forgetFormerName(owner.login(), name);
      storage.repository(owner.login(), name);
      var now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
      return Optional.of(
          state
              .repositories()
              .add(
                  new Repo(
                      state.nextId(),
                      owner.login(),
                      name,
                      hidden,
                      false,
                      "main",
                      description,
                      members,
                      now,
                      now,
                      now)));
    }
  }

  /**
   * Renames a repository; its former name leads to it.
   *
   * @return empty when there is one of that name
   */
  public Optional<Repo> rename(Repo repo, String name) {
    synchronized (state) {
      boolean onlyCase = repo.name().equalsIgnoreCase(name);
      if (!onlyCase && state.repository(repo.owner(), name).isPresent()) {
        return Optional.empty();
      }
      if (!onlyCase) {
        state.forgetFormerName(repo.owner(), name);
        storage.rename(repo.owner(), repo.name(), name);
        state.keepFormerName(repo.id(), repo.owner(), repo.name());
      }
      var now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
      return state.repositories().change(repo.id(), row -> row.renamed(name, now));
    }
  }

  public void delete(Repo repo) {
    state.removeRepository(repo.id());
    storage.delete(repo.owner(), repo.name());
  }

  public Repository git(Repo repo) {
    return storage.repository(repo.owner(), repo.name());
  }

  public GitReader reader(Repo repo) {
    return new GitReader(git(repo));
  }

  public GitTrees trees(Repo repo) {
    return new GitTrees(git(repo));
  }

  public GitWriter writer(Repo repo) {
    return new GitWriter(git(repo));
  }

  /** What somebody may do; nobody in particular may read what is not hidden. */
  public Permission permission(Repo repo, @Nullable Account account) {
    Permission open = repo.hidden() ? Permission.NONE : Permission.READ;
    if (account == null) {
      return open;
    }
    if (repo.owner().equalsIgnoreCase(account.login())) {
      return Permission.ADMIN;
    }
    return repo.members().entrySet().stream()
        .filter(member -> member.getKey().equalsIgnoreCase(account.login()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(open);
  }

  /** Whether the permission comes from membership rather than from the repository being public. */
  public boolean member(Repo repo, Account account) {
    return repo.owner().equalsIgnoreCase(account.login())
        || repo.members().keySet().stream().anyMatch(account.login()::equalsIgnoreCase);
  }
}
