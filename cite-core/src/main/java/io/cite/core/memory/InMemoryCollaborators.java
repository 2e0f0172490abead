package io.cite.core.memory;

import io.cite.core.domain.source.Permission;
import io.cite.core.domain.source.RepositoryName;
import io.cite.core.port.source.CollaboratorAnswer;
import io.cite.core.port.source.Collaborators;

/** The collaborators of {@link InMemorySourceHost}, under its lock. */
final class InMemoryCollaborators implements Collaborators {
  private final InMemorySourceHost host;

  InMemoryCollaborators(InMemorySourceHost host) {
    this.host = host;
  }

  @Override
  public CollaboratorAnswer ensure(RepositoryName repository, String login) {
    synchronized (host) {
      InMemoryRepository found = host.find(repository);
      if (found.permissionOf(login).includes(Permission.PUSH)) {
        return CollaboratorAnswer.MEMBER;
      }
      found.invited.add(login);
      if (!login.equals(InMemorySourceHost.ACCOUNT)) {
        return CollaboratorAnswer.INVITED;
      }
      accept(repository, login);
      return CollaboratorAnswer.ADDED;
    }
  }

  /** Has a login accept its invitation; does nothing if it has none. */
  void accept(RepositoryName repository, String login) {
    synchronized (host) {
      if (host.find(repository).invited.remove(login)) {
        host.permit(repository, login, Permission.PUSH);
      }
    }
  }

  @Override
  public void remove(RepositoryName repository, String login) {
    synchronized (host) {
      host.find(repository).permissions.remove(login);
      host.find(repository).invited.remove(login);
    }
  }
}
