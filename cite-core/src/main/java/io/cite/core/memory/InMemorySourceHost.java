package io.cite.core.memory;

import io.cite.core.domain.deploy.ReportedState;
import io.cite.core.domain.source.BranchName;
import io.cite.core.domain.source.Commit;
import io.cite.core.domain.source.CommitId;
import io.cite.core.domain.source.CommitRelation;
import io.cite.core.domain.source.CommitStatus;
import io.cite.core.domain.source.Permission;
import io.cite.core.domain.source.Repository;
import io.cite.core.domain.source.RepositoryName;
import io.cite.core.domain.source.SourceEvent;
import io.cite.core.error.ErrorCode;
import io.cite.core.error.NotFound;
import io.cite.core.port.InstantSource;
import io.cite.core.port.SourceHost;
import java.time.Instant;
import java.util.ArrayList;
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

  private static final int LONGEST_DESCRIPTION = 140;

  /** Who takes deliveries. */
  @FunctionalInterface
  public interface Receiver {
    /**
     * Takes a delivery, or throws: then it has failed.
     *
     * @param url of the hook
     * @param guid the same when it is delivered again
     * @param event name of the event, such as {@code push}
     */
    void receive(String url, String guid, String event, SourceEvent content);
  }

  private final InstantSource clock;
  private final InMemoryDeliveries deliveries;
  private final Map<String, InMemoryRepository> repositories = new HashMap<>();
  private final Map<String, InMemoryRepository> hiddenRepositories = new HashMap<>();
  private long ids;

  /** A host without repositories. */
  public InMemorySourceHost(InstantSource clock) {
    this.clock = clock;
    this.deliveries = new InMemoryDeliveries(clock);
  }

  /** Who takes what is delivered to the hooks. */
  public void deliverTo(Receiver receiver) {
    deliveries.to(receiver);
  }

  /** Who is notified of what is delivered to which hook URL. */
  public void onDelivery(BiConsumer<String, SourceEvent> notified) {
    deliverTo((url, guid, event, content) -> notified.accept(url, content));
  }

  /** Makes an empty repository that the CITE account may administer. */
  public synchronized void create(RepositoryName name, BranchName defaultBranch) {
    repositories.put(key(name), new InMemoryRepository(name, ++ids, defaultBranch));
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
    synchronized (this) {
      repository = find(name);
      head = repository.commit(branch, message, files, clock.instant());
    }
    deliver(repository, "push", new SourceEvent.Pushed(name, repository.id, branch, head, false));
    return head;
  }

  /** Moves a branch to any commit, as a forced push does, and delivers it. */
  public void reset(RepositoryName name, BranchName branch, CommitId to) {
    InMemoryRepository repository;
    synchronized (this) {
      repository = find(name);
      repository.branches.put(branch, to);
    }
    deliver(repository, "push", new SourceEvent.Pushed(name, repository.id, branch, to, true));
  }

  /** Deletes a branch and delivers it. */
  public void delete(RepositoryName name, BranchName branch) {
    InMemoryRepository repository;
    synchronized (this) {
      repository = find(name);
      repository.branches.remove(branch);
    }
    deliver(repository, "delete", new SourceEvent.BranchDeleted(name, repository.id, branch));
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
  public synchronized List<String> sagas(RepositoryName name) {
    return find(name).deployments.values().stream()
        .map(InMemoryRepository.Announcement::sagaId)
        .toList();
  }

  /** URLs of the hooks of a repository. */
  public synchronized List<String> hooks(RepositoryName name) {
    return find(name).hooks.values().stream().map(HookSpec::url).toList();
  }

  private void deliver(InMemoryRepository repository, String event, SourceEvent content) {
    Map<Long, HookSpec> hooks;
    synchronized (this) {
      hooks = new LinkedHashMap<>(repository.hooks);
    }
    hooks.values().removeIf(hook -> !hook.events().contains(event));
    hooks.forEach((id, hook) -> deliveries.deliver(id, hook, event, content));
  }

  private static String key(RepositoryName name) {
    return name.toString().toLowerCase(java.util.Locale.ROOT);
  }

  private InMemoryRepository find(RepositoryName name) {
    InMemoryRepository repository = repositories.get(key(name));
    if (repository == null) {
      throw new NotFound(
          ErrorCode.REPOSITORY_NOT_FOUND,
          "The repository " + name + " does not exist, or CITE's account cannot see it");
    }
    return repository;
  }

  @Override
  public synchronized Repository repository(RepositoryName name) {
    return find(name).describe();
  }

  @Override
  public synchronized Permission permission(RepositoryName repository, String login) {
    return find(repository).permissionOf(login);
  }

  @Override
  public synchronized Optional<CommitId> head(RepositoryName repository, BranchName branch) {
    return Optional.ofNullable(find(repository).branches.get(branch));
  }

  @Override
  public synchronized HeadAnswer headSince(
      RepositoryName repository, BranchName branch, @Nullable String etag) {
    CommitId head = find(repository).branches.get(branch);
    String tag = head == null ? null : head.value();
    return tag != null && tag.equals(etag)
        ? new HeadAnswer(true, null, tag)
        : new HeadAnswer(false, head, tag);
  }

  @Override
  public synchronized Optional<Commit> commit(RepositoryName repository, CommitId commit) {
    return Optional.ofNullable(find(repository).commits.get(commit))
        .map(InMemoryRepository.Node::commit);
  }

  @Override
  public synchronized Optional<String> file(
      RepositoryName repository, CommitId commit, String path) {
    return Optional.ofNullable(find(repository).commits.get(commit))
        .map(node -> node.files().get(path));
  }

  @Override
  public synchronized Optional<CommitRelation> compare(
      RepositoryName repository, CommitId base, CommitId head) {
    return find(repository).compare(base, head);
  }

  @Override
  public HookAnswer ensureHook(RepositoryName repository, HookSpec hook) {
    InMemoryRepository found;
    long id;
    synchronized (this) {
      found = find(repository);
      for (Map.Entry<Long, HookSpec> entry : found.hooks.entrySet()) {
        if (entry.getValue().url().equals(hook.url())) {
          entry.setValue(hook);
          return new HookAnswer(entry.getKey(), false);
        }
      }
      id = ++ids;
      found.hooks.put(id, hook);
    }
    deliveries.deliver(id, hook, "ping", new SourceEvent.Pinged(repository, id));
    return new HookAnswer(id, true);
  }

  @Override
  public synchronized void removeHook(RepositoryName repository, String url) {
    find(repository).hooks.values().removeIf(hook -> hook.url().equals(url));
  }

  @Override
  public List<FailedDelivery> failedDeliveries(
      RepositoryName repository, long hookId, Instant since) {
    requireHook(repository, hookId);
    return deliveries.failedSince(hookId, since);
  }

  @Override
  public void redeliver(RepositoryName repository, long hookId, long deliveryId) {
    requireHook(repository, hookId);
    deliveries.again(hookId, deliveryId);
  }

  private synchronized void requireHook(RepositoryName repository, long hookId) {
    if (!find(repository).hooks.containsKey(hookId)) {
      throw new NotFound("The repository " + repository + " has no hook " + hookId);
    }
  }

  @Override
  public synchronized CollaboratorAnswer ensureCollaborator(
      RepositoryName repository, String login) {
    InMemoryRepository found = find(repository);
    if (found.permissionOf(login).includes(Permission.PUSH)) {
      return CollaboratorAnswer.MEMBER;
    }
    found.invited.add(login);
    if (!login.equals(ACCOUNT)) {
      return CollaboratorAnswer.INVITED;
    }
    accept(repository, login);
    return CollaboratorAnswer.ADDED;
  }

  /** Has a login accept its invitation; does nothing where it has none. */
  public synchronized void accept(RepositoryName repository, String login) {
    if (find(repository).invited.remove(login)) {
      permit(repository, login, Permission.PUSH);
    }
  }

  @Override
  public synchronized void removeCollaborator(RepositoryName repository, String login) {
    find(repository).permissions.remove(login);
    find(repository).invited.remove(login);
  }

  @Override
  public synchronized List<CommitStatus> statuses(
      RepositoryName repository, CommitId commit, String context) {
    return find(repository).statuses.getOrDefault(commit, List.of()).stream()
        .filter(status -> status.context().equals(context))
        .toList();
  }

  @Override
  public void reportStatus(
      RepositoryName repository,
      CommitId commit,
      CommitStatus.State state,
      String context,
      String description,
      @Nullable String targetUrl) {
    InMemoryRepository found;
    CommitStatus status;
    List<BranchName> branches;
    synchronized (this) {
      found = find(repository);
      status =
          new CommitStatus(++ids, state, context, cut(description), targetUrl, clock.instant());
      found.statuses.computeIfAbsent(commit, key -> new ArrayList<>()).add(status);
      branches = found.branchesWith(commit);
    }
    deliver(
        found,
        "status",
        new SourceEvent.StatusChanged(
            repository, found.id, commit, status.id(), state, context, branches));
  }

  private static String cut(String text) {
    boolean fits = text.codePointCount(0, text.length()) <= LONGEST_DESCRIPTION;
    return fits ? text : text.substring(0, text.offsetByCodePoints(0, LONGEST_DESCRIPTION));
  }

  @Override
  public synchronized List<Long> findDeployments(
      RepositoryName repository, CommitId commit, String environment, String sagaId) {
    return find(repository).deployments.entrySet().stream()
        .filter(entry -> entry.getValue().isOf(commit, environment, sagaId))
        .map(Map.Entry::getKey)
        .toList();
  }

  @Override
  public synchronized long announce(
      RepositoryName repository,
      CommitId commit,
      String environment,
      String sagaId,
      String description) {
    InMemoryRepository found = find(repository);
    if (!found.commits.containsKey(commit)) {
      throw new NotFound(ErrorCode.COMMIT_NOT_FOUND, "There is no commit " + commit);
    }
    long id = ++ids;
    found.deployments.put(
        id, new InMemoryRepository.Announcement(commit, environment, sagaId, new ArrayList<>()));
    return id;
  }

  @Override
  public synchronized void reportDeployment(
      RepositoryName repository,
      long deploymentId,
      ReportedState state,
      String description,
      @Nullable String url) {
    InMemoryRepository.Announcement announcement = find(repository).deployments.get(deploymentId);
    if (announcement == null) {
      throw new NotFound("There is no deployment " + deploymentId);
    }
    announcement.reports().add(state);
  }
}
