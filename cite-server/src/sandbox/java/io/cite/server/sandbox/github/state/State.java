package io.cite.server.sandbox.github.state;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * All that the sandbox GitHub knows beside git and webhook deliveries. Thread-safe. A change is on
 * disk within a fraction of a second, and all changes are once {@link #close} has returned; a
 * process killed in between loses at most that fraction.
 */
public final class State implements AutoCloseable {

  private static final long FIRST_ID = 1_000_000;

  private final AtomicLong lastId = new AtomicLong(FIRST_ID);
  private final SnapshotFile file;
  private final Table<Account> accounts = table();
  private final Table<Repo> repositories = table();
  private final Table<Hook> hooks = table();
  private final Table<CommitStatus> statuses = table();
  private final Table<Deployment> deployments = table();
  private final Table<DeploymentStatus> deploymentStatuses = table();
  private final Table<Environment> environments = table();
  private final Table<Invitation> invitations = table();
  private final Table<Pull> pulls = table();
  private final Table<Comment> comments = table();
  private final Table<FormerName> formerNames = table();

  /** Reads what an earlier sandbox left in {@code path}, if anything. */
  public State(Path path) {
    file = new SnapshotFile(path, this::snapshot);
    file.read().ifPresent(this::load);
  }

  /** A number that nothing else has. */
  public long nextId() {
    return lastId.incrementAndGet();
  }

  /** Keeps {@link #nextId} above a number that something outside this state already has. */
  public void reserve(long id) {
    lastId.accumulateAndGet(id, Math::max);
  }

  public Table<Account> accounts() {
    return accounts;
  }

  public Table<Repo> repositories() {
    return repositories;
  }

  public Table<Hook> hooks() {
    return hooks;
  }

  public Table<CommitStatus> statuses() {
    return statuses;
  }

  public Table<Deployment> deployments() {
    return deployments;
  }

  public Table<DeploymentStatus> deploymentStatuses() {
    return deploymentStatuses;
  }

  public Table<Environment> environments() {
    return environments;
  }

  public Table<Invitation> invitations() {
    return invitations;
  }

  public Table<Pull> pulls() {
    return pulls;
  }

  public Table<Comment> comments() {
    return comments;
  }

  public Optional<Account> account(String login) {
    return accounts.all().stream().filter(a -> a.login().equalsIgnoreCase(login)).findFirst();
  }

  Optional<Account> accountOfToken(String token) {
    return accounts.all().stream().filter(a -> a.tokens().contains(token)).findFirst();
  }

  public Optional<Repo> repository(String owner, String name) {
    return repositories.all().stream()
        .filter(r -> r.owner().equalsIgnoreCase(owner) && r.name().equalsIgnoreCase(name))
        .findFirst();
  }

  /** The repository that had this name, unless another one has it now. */
  public Optional<Repo> moved(String owner, String name) {
    return repository(owner, name).isPresent()
        ? Optional.empty()
        : former(owner, name).flatMap(former -> repositories.find(former.repository()));
  }

  private Optional<FormerName> former(String owner, String name) {
    return formerNames.all().stream()
        .filter(f -> f.owner().equalsIgnoreCase(owner) && f.name().equalsIgnoreCase(name))
        .findFirst();
  }

  /** Lets a name lead to the repository that had it. */
  public synchronized void keepFormerName(long repository, String owner, String name) {
    formerNames.add(new FormerName(nextId(), repository, owner, name));
  }

  /** Lets a name lead nowhere else any more, because a repository has it now. */
  public synchronized void forgetFormerName(String owner, String name) {
    former(owner, name).ifPresent(former -> formerNames.remove(former.id()));
  }

  /** Forgets a repository and all that belongs to it. */
  public synchronized void removeRepository(long id) {
    List.of(
            hooks,
            statuses,
            deployments,
            deploymentStatuses,
            environments,
            invitations,
            pulls,
            comments,
            formerNames,
            repositories)
        .forEach(table -> table.removeRepository(id));
  }

  @Override
  public void close() {
    file.close();
  }

  private <T extends Row> Table<T> table() {
    return new Table<>(this, this::changed);
  }

  private void changed() {
    file.changed();
  }

  private synchronized Snapshot snapshot() {
    return new Snapshot(
        Snapshot.VERSION,
        lastId.get(),
        accounts.all(),
        repositories.all(),
        hooks.all(),
        statuses.all(),
        deployments.all(),
        deploymentStatuses.all(),
        environments.all(),
        invitations.all(),
        pulls.all(),
        comments.all(),
        formerNames.all());
  }

  private synchronized void load(Snapshot snapshot) {
    lastId.set(snapshot.lastId());
    accounts.load(snapshot.accounts());
    repositories.load(snapshot.repositories());
    hooks.load(snapshot.hooks());
    statuses.load(snapshot.statuses());
    deployments.load(snapshot.deployments());
    deploymentStatuses.load(snapshot.deploymentStatuses());
    environments.load(snapshot.environments());
    invitations.load(snapshot.invitations());
    pulls.load(snapshot.pulls());
    comments.load(snapshot.comments());
    // earlier sandboxes renamed nothing
    formerNames.load(Objects.requireNonNullElse(snapshot.formerNames(), List.of()));
  }
}
