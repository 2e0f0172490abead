package io.cite.core.usecase.create;

import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.service.Namespace;
import io.cite.core.domain.source.RepositoryName;
import io.cite.core.engine.EngineSettings;
import io.cite.core.engine.record.Key;
import io.cite.core.engine.record.Records;
import io.cite.core.engine.record.schema.Keys;
import io.cite.core.engine.record.schema.SharedCleanup;
import io.cite.core.error.Conflict;
import io.cite.core.error.ErrorCode;
import io.cite.core.port.Cluster;
import java.util.List;

/** Checks that the names which something new would get are free. */
final class Names {
  private final Records records;
  private final Cluster cluster;
  private final EngineSettings settings;

  Names(Records records, Cluster cluster, EngineSettings settings) {
    this.records = records;
    this.cluster = cluster;
    this.settings = settings;
  }

  /** Two owners cannot share a namespace, and one that is not CITE's is not touched. */
  void checkNamespace(Namespace namespace, String owner) {
    records
        .get(Keys.namespace(namespace))
        .filter(claim -> !claim.value().owner().equalsIgnoreCase(owner))
        .ifPresent(
            claim -> {
              throw new Conflict(
                  ErrorCode.NAME_COLLISION,
                  "The owners "
                      + owner
                      + " and "
                      + claim.value().owner()
                      + " would share the namespace "
                      + namespace
                      + ", which belongs to "
                      + claim.value().owner());
            });
    if (cluster.lookUpNamespace(namespace) == Cluster.NamespaceFinding.FOREIGN
        && !settings.adoptNamespaces().contains(namespace.value())) {
      throw new Conflict(
          ErrorCode.FOREIGN_OBJECT,
          "The namespace "
              + namespace
              + " exists and was not made by CITE; to use it, name it in"
              + " kubernetes.adoptNamespaces");
    }
  }

  /** Where the last service is being deleted, with all that it shared, none can begin. */
  void checkNobodyLeaves(Namespace namespace, RepositoryName repository) {
    for (Key<SharedCleanup> mark :
        List.of(Keys.leavingRepository(repository), Keys.leavingNamespace(namespace))) {
      records
          .get(mark)
          .ifPresent(
              leaving -> {
                throw new Conflict(
                    "The service "
                        + leaving.value().service()
                        + " is being deleted, with everything that only it used. Try again when"
                        + " it is gone");
              });
    }
  }

  /** Two environments of a namespace cannot have one name. */
  void checkEnvironment(EnvironmentId id) {
    records
        .get(Keys.name(id))
        .filter(claim -> !claim.value().environment().equals(id))
        .ifPresent(
            claim -> {
              throw new Conflict(
                  ErrorCode.NAME_COLLISION,
                  "The environments "
                      + id
                      + " and "
                      + claim.value().environment()
                      + " would share the name "
                      + id.name());
            });
  }
}
