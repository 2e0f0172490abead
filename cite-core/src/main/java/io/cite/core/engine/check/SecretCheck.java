package io.cite.core.engine.check;

import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.service.EnvironmentSettings;
import io.cite.core.domain.service.EnvironmentState;
import io.cite.core.engine.check.Finding.Kind;
import io.cite.core.engine.record.Records;
import io.cite.core.engine.record.Versioned;
import io.cite.core.engine.record.schema.Keys;
import io.cite.core.port.cluster.ClusterSecrets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Compares the secret variables that an environment is to have with those in the cluster. CITE
 * keeps no value once the cluster has it, so only a person can set a lost one again.
 */
final class SecretCheck {
  private final Records records;
  private final ClusterSecrets secrets;

  SecretCheck(Records records, ClusterSecrets secrets) {
    this.records = records;
    this.secrets = secrets;
  }

  List<Issue> find() {
    List<Issue> found = new ArrayList<>();
    for (Versioned<EnvironmentState> state : records.list(Keys.ENVIRONMENTS)) {
      missing(state.value().id()).ifPresent(found::add);
    }
    return found;
  }

  private Optional<Issue> missing(EnvironmentId id) {
    Collection<String> wanted = wanted(id);
    if (wanted.isEmpty()) {
      return Optional.empty();
    }
    TreeSet<String> missing = new TreeSet<>(wanted);
    missing.removeAll(secrets.names(id));
    // a change meanwhile is on its way to the cluster
    missing.retainAll(wanted(id));
    if (missing.isEmpty()) {
      return Optional.empty();
    }
    String text =
        "its secret variables %s are not in the cluster. CITE does not keep their values: set them again, then deploy";
    return Optional.of(
        Issue.incurable(
            Kind.MISSING_SECRET, id.toString(), text.formatted(String.join(", ", missing))));
  }

  /** What the cluster should have by now; nothing while a change is on its way to it. */
  private Collection<String> wanted(EnvironmentId id) {
    boolean usable =
        records
            .get(Keys.serviceRecord(id.service()))
            .filter(service -> service.value().state().isUsable())
            .isPresent();
    boolean settled =
        records
            .get(Keys.environmentState(id))
            .filter(state -> state.value().setup() == null && !state.value().deleting())
            .isPresent();
    return usable && settled
        ? records
            .get(Keys.environment(id))
            .map(Versioned::value)
            .map(EnvironmentSettings::secretNames)
            .orElse(List.of())
        : List.of();
  }
}
