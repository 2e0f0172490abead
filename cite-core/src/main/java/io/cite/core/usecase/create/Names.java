package io.cite.core.usecase.create;

import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.service.Namespace;
import io.cite.core.domain.source.RepositoryName;
import io.cite.core.engine.store.EnvironmentStore;
import io.cite.core.engine.store.ServiceStore;
import io.cite.core.error.Conflict;
import io.cite.core.error.ErrorCode;
import io.cite.core.port.cluster.NamespaceFinding;
import io.cite.core.port.cluster.Namespaces;
import java.util.Set;

/** Checks that the names which something new would get are free. Thread-safe. */
public final class Names {
  private final ServiceStore services;
  private final EnvironmentStore environments;
  private final Namespaces namespaces;
  private final Set<String> adoptNamespaces;

  /**
   * Checks in these stores and this cluster.
   *
   * @param adoptNamespaces namespaces that CITE uses though it did not make them
   */
  public Names(
      ServiceStore services,
      EnvironmentStore environments,
      Namespaces namespaces,
      Set<String> adoptNamespaces) {
    this.services = services;
    this.environments = environments;
    this.namespaces = namespaces;
    this.adoptNamespaces = Set.copyOf(adoptNamespaces);
  }

  /** Two owners cannot share a namespace, and one that is not CITE's is not touched. */
  void checkNamespace(Namespace namespace, String owner) {
    services
        .ownerOf(namespace)
        .filter(holder -> !holder.equalsIgnoreCase(owner))
        .ifPresent(
            holder -> {
              throw new Conflict(
                  ErrorCode.NAME_COLLISION,
                  "The owners "
                      + owner
                      + " and "
                      + holder
                      + " would share the namespace "
                      + namespace
                      + ", which belongs to "
                      + holder);
            });
    if (namespaces.lookUp(namespace) == NamespaceFinding.FOREIGN
        && !adoptNamespaces.contains(namespace.value())) {
      throw new Conflict(
          ErrorCode.FOREIGN_OBJECT,
          "The namespace "
              + namespace
              + " exists and was not created by CITE; to use it, add it to"
              + " kubernetes.adoptNamespaces");
    }
  }

  /** If the last service is being deleted, with all that it shared, none can begin. */
  void checkNobodyLeaves(Namespace namespace, RepositoryName repository) {
    services
        .lastOneLeaving(namespace, repository)
        .ifPresent(
            leaving -> {
              throw new Conflict(
                  "The service "
                      + leaving
                      + " is being deleted, with everything that only it used. Try again when"
                      + " it is gone");
            });
  }

  /** Two environments of a namespace cannot have one name. */
  void checkEnvironment(EnvironmentId id) {
    environments
        .holderOfName(id)
        .filter(holder -> !holder.equals(id))
        .ifPresent(
            holder -> {
              throw new Conflict(
                  ErrorCode.NAME_COLLISION,
                  "The environments "
                      + id
                      + " and "
                      + holder
                      + " would share the name "
                      + id.name());
            });
  }
}
