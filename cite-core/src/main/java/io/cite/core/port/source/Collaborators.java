package io.cite.core.port.source;

import io.cite.core.domain.source.RepositoryName;

/** Who may push to a repository. {@link SourceHost} says what holds for all roles. */
public interface Collaborators {
  /**
   * Makes sure that the login is a collaborator who may push, by an invitation if need be, and
   * accepts the invitation if it is for the account that this host is spoken to with.
   */
  CollaboratorAnswer ensure(RepositoryName repository, String login);

  /** Removes the collaborator and its open invitation; does nothing if there is none. */
  void remove(RepositoryName repository, String login);
}
