package io.cite.core.memory;

import io.cite.core.domain.deploy.ReportedState;
import io.cite.core.domain.deploy.SagaId;
import io.cite.core.domain.source.BranchName;
import io.cite.core.domain.source.CommitId;
import io.cite.core.domain.source.DeliveryId;
import io.cite.core.domain.source.HookId;
import io.cite.core.domain.source.Permission;
import io.cite.core.domain.source.RepositoryName;
import io.cite.core.domain.source.SourceEvent;
import io.cite.core.error.ErrorCode;
import io.cite.core.error.NotFound;
import io.cite.core.port.HookSpec;
import io.cite.core.port.InstantSource;
import io.cite.core.port.source.Collaborators;
import io.cite.core.port.source.Hooks;
import io.cite.core.port.source.Reports;
import io.cite.core.port.source.Repositories;
import io.cite.core.port.source.SourceHost;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A {@link SourceHost} that keeps repositories as trees of text files. What a real host would
 * deliver to a hook is handed to a receiver, by the thread that caused it; what the receiver does
 * not take can be delivered again. The owner of a repository may administer it. Thread-safe.
 */
public final class InMemorySourceHost implements SourceHost {
  /** Login of the account that this host is spoken to with. */
  public static final String ACCOUNT = "cite";

  /** Who takes deliveries. */
  @FunctionalInterface
  public interface Receiver {
    /**
     * Takes a delivery, or throws: then it has failed.
     *
     * @param url of the hook
     * @param id the same when it is delivered again
     * @param event name of the event, such as {@code push}
     */
    void receive(String url, DeliveryId id, String event, SourceEvent content);
  }

  private final InstantSource clock;
  private final InMemoryDeliveries deliveries;
  private final InMemoryRepositories reading = new InMemoryRepositories(this);
  private final InMemoryHooks hooks;
  private final InMemoryCollaborators collaborators = new InMemoryCollaborators(this);
  private final InMemoryReports reports;
  private final Map<String, InMemoryRepository> repositories = new HashMap<>();
  private final Map<String, Long> formerNames = new HashMap<>();
  private final Map<String, InMemoryRepository> hiddenRepositories = new HashMap<>();
  private long ids;

  /** A host without repositories. */
  public InMemorySourceHost(InstantSource clock) {
    this.clock = clock;
    this.deliveries = new InMemoryDeliveries(clock);
    this.hooks = new InMemoryHooks(this, deliveries);
    this.reports = new InMemoryReports(this, clock);
  }

  /** Who takes what is delivered to the hooks. */
  public void deliverTo(Receiver receiver) {
    deliveries.to(receiver);
  }

  /** Who is notified of what is delivered to which hook URL. */
  public void onDelivery(BiConsumer<String, SourceEvent> notified) {
    deliverTo((url, id, event, content) -> notified.accept(url, content));
  }

  /** Makes an empty repository that the CITE account may administer. */
  public synchronized void create(RepositoryName name, BranchName defaultBranch) {
    repositories.put(key(name), new InMemoryRepository(name, ++ids, defaultBranch));
  }

  /**
   * Renames a repository, or transfers it to another owner. The former name leads to it until
   * another repository takes it.
   */
  public void rename(RepositoryName name, RepositoryName now) {
    InMemoryRepository repository;
    synchronized (this) {
      repository = find(name);
      repositories.remove(key(name));
      repository.name = now;
      repositories.put(key(now), repository);
      formerNames.put(key(name), repository.id);
    }
    String action = name.owner().equalsIgnoreCase(now.owner()) ? "renamed" : "transferred";
    deliver(repository, "repository", new SourceEvent.Renamed(now, repository.id, action));
  }

  /** The repository with this number; the caller has the host locked. */
  synchronized Optional<InMemoryRepository> withId(long id) {
    return repositories.values().stream().filter(found -> found.id == id).findFirst();
  }

  /** Archives a repository. */
  public synchronized void archive(RepositoryName name) {
    find(name).archived = true;
  }

  /** Hides a repository as from an account that lost its access, or shows it again. */
  public synchronized void hide(RepositoryName name, boolean hidden) {
    if (hidden) {
      hiddenRepositories.put(key(name), find(name));
      repositories.remove(key(name));
    } else {
      repositories.put(
          key(name), java.util.Objects.requireNonNull(hiddenRepositories.remove(key(name))));
    }
  }

  /** Says what the CITE account may do with a repository. */
  public synchronized void permit(RepositoryName name, Permission permission) {
    find(name).permission = permission;
  }

  /** Says what a login may do with a repository. */
  public synchronized void permit(RepositoryName name, String login, Permission permission) {
    find(name).permissions.put(login, permission);
  }

  /** Adds a commit to a branch and delivers the push. */
  public CommitId push(
      RepositoryName name, BranchName branch, String message, Map<String, String> files) {
    InMemoryRepository repository;
    CommitId head;
    @Nullable CommitId before;
    synchronized (this) {
      repository = find(name);
      before = repository.branches.get(branch);
      head = repository.commit(branch, message, files, clock.instant());
    }
    @Nullable CommitId same = files.containsKey("Dockerfile") ? null : before;
    deliver(
        repository,
        "push",
        new SourceEvent.Pushed(
            repository.name, repository.id, branch, head, false, List.of(), null, same));
    return head;
  }

  /** Moves a branch to any commit, as a forced push does, and delivers it. */
  public void reset(RepositoryName name, BranchName branch, CommitId to) {
    InMemoryRepository repository;
    synchronized (this) {
      repository = find(name);
      repository.branches.put(branch, to);
    }
    deliver(
        repository,
        "push",
        new SourceEvent.Pushed(repository.name, repository.id, branch, to, true));
  }

  /** Deletes a branch and delivers it. */
  public void delete(RepositoryName name, BranchName branch) {
    InMemoryRepository repository;
    synchronized (this) {
      repository = find(name);
      repository.branches.remove(branch);
    }
    deliver(
        repository,
        "delete",
        new SourceEvent.BranchDeleted(repository.name, repository.id, branch));
  }

  /** The states that were reported for a deployment, in order. */
  public synchronized List<ReportedState> reports(RepositoryName name, long deployment) {
    InMemoryRepository.Announcement announcement = find(name).deployments.get(deployment);
    return announcement == null ? List.of() : List.copyOf(announcement.reports());
  }

  /** Numbers of all deployments, in order. */
  public synchronized List<Long> deployments(RepositoryName name) {
    return List.copyOf(find(name).deployments.keySet());
  }

  /** Saga ids of all deployments, in order. */
  public synchronized List<SagaId> sagas(RepositoryName name) {
    return find(name).deployments.values().stream()
        .map(InMemoryRepository.Announcement::sagaId)
        .toList();
  }

  /** URLs of the hooks of a repository. */
  public synchronized List<String> hooks(RepositoryName name) {
    return find(name).hooks.values().stream().map(HookSpec::url).toList();
  }

  /** Hands an event to the hooks that ask for it; never called with the host locked. */
  void deliver(InMemoryRepository repository, String event, SourceEvent content) {
    Map<HookId, HookSpec> hooks;
    synchronized (this) {
      hooks = new LinkedHashMap<>(repository.hooks);
    }
    hooks.values().removeIf(hook -> !hook.events().contains(event));
    hooks.forEach((id, hook) -> deliveries.deliver(id, hook, event, content));
  }

  private static String key(RepositoryName name) {
    return name.toString().toLowerCase(java.util.Locale.ROOT);
  }

  /** The repository; the caller has the host locked. */
  synchronized InMemoryRepository find(RepositoryName name) {
    InMemoryRepository repository = repositories.get(key(name));
    Long moved = formerNames.get(key(name));
    if (repository == null && moved != null) {
      repository = withId(moved).orElse(null);
    }
    if (repository == null) {
      throw new NotFound(
          ErrorCode.REPOSITORY_NOT_FOUND,
          "The repository " + name + " does not exist, or CITE's account cannot see it");
    }
    return repository;
  }

  /** A number that was never given out before. */
  synchronized long nextId() {
    return ++ids;
  }

  /** Has a login accept its invitation; does nothing if it has none. */
  public void accept(RepositoryName repository, String login) {
    collaborators.accept(repository, login);
  }

  @Override
  public Repositories repositories() {
    return reading;
  }

  @Override
  public Hooks hooks() {
    return hooks;
  }

  @Override
  public Collaborators collaborators() {
    return collaborators;
  }

  @Override
  public Reports reports() {
    return reports;
  }
}
