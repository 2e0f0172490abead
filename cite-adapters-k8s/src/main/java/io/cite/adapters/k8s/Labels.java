package io.cite.adapters.k8s;

import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.service.ServiceId;
import io.cite.core.domain.source.BranchName;
import io.cite.core.domain.source.CommitId;
import io.cite.core.error.Conflict;
import io.cite.core.error.ErrorCode;
import io.cite.core.error.InvalidInput;
import io.cite.core.port.cluster.RolloutId;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The labels and annotations that say whose an object is, written and read back. */
final class Labels {
  static final String MANAGED_BY = "app.kubernetes.io/managed-by";
  static final String CITE = "cite";
  static final String NAME = "app.kubernetes.io/name";
  static final String INSTANCE = "app.kubernetes.io/instance";
  static final String BRANCH = "cite.io/branch";
  static final String COMMIT = "cite.io/commit";
  static final String DEPLOYMENT = "cite.io/deployment";

  /** Annotation: the branch as git names it, which does not follow from its slug. */
  static final String BRANCH_NAME = "cite.io/branch-name";

  /** Annotation of a Service: number of the deployment that switched its traffic last. */
  static final String DEPLOY_SEQ = "cite.io/deploy-seq";

  /** Annotation of a namespace: the repository owner that it was made for. */
  static final String OWNER = "cite.io/owner";

  /** Value of {@link #DEPLOYMENT} in a selector that matches nothing. */
  static final String NO_DEPLOYMENT = "none";

  private Labels() {}

  static Map<String, String> of(EnvironmentId environment) {
    Map<String, String> labels = new TreeMap<>();
    labels.put(MANAGED_BY, CITE);
    labels.put(NAME, environment.service().name().value());
    labels.put(INSTANCE, environment.name());
    labels.put(BRANCH, environment.slug().value());
    return labels;
  }

  static Map<String, String> of(RolloutId rollout, CommitId commit) {
    Map<String, String> labels = of(rollout.environment());
    labels.put(COMMIT, commit.value());
    labels.put(DEPLOYMENT, Long.toString(rollout.seq()));
    return labels;
  }

  /** What a rollout's pods are selected by. */
  static Map<String, String> selector(RolloutId rollout) {
    return new TreeMap<>(
        Map.of(
            INSTANCE,
            rollout.environment().name(),
            DEPLOYMENT,
            rollout.seq() == 0 ? NO_DEPLOYMENT : Long.toString(rollout.seq())));
  }

  static Map<String, String> annotations(EnvironmentId environment) {
    return Map.of(BRANCH_NAME, environment.branch().value());
  }

  static boolean isOurs(HasMetadata object) {
    return CITE.equals(label(object, MANAGED_BY));
  }

  static @Nullable String label(HasMetadata object, String key) {
    Map<String, String> labels = object.getMetadata().getLabels();
    return labels == null ? null : labels.get(key);
  }

  static @Nullable String annotation(HasMetadata object, String key) {
    Map<String, String> annotations = object.getMetadata().getAnnotations();
    return annotations == null ? null : annotations.get(key);
  }

  /** Number of the deployment that the object belongs to; 0 if it says none. */
  static long seq(HasMetadata object) {
    return number(label(object, DEPLOYMENT));
  }

  static long number(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return 0;
    }
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /** The environment that the object belongs to; empty if it is not CITE's. */
  static Optional<EnvironmentId> environment(HasMetadata object) {
    String name = label(object, NAME);
    String branch = annotation(object, BRANCH_NAME);
    String namespace = object.getMetadata().getNamespace();
    if (!isOurs(object) || name == null || branch == null || namespace == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new EnvironmentId(ServiceId.of(namespace, name), BranchName.parse(branch)));
    } catch (InvalidInput e) {
      return Optional.empty(); // somebody wrote our label on an object of their own
    }
  }

  /**
   * Requires that an object of a name that CITE wants is CITE's and this environment's.
   *
   * @throws Conflict if it is not
   */
  static <T extends HasMetadata> T requireOurs(T object, EnvironmentId environment) {
    String what =
        "The "
            + object.getKind()
            + " "
            + object.getMetadata().getNamespace()
            + "/"
            + object.getMetadata().getName();
    if (!isOurs(object)) {
      throw new Conflict(ErrorCode.FOREIGN_OBJECT, what + " exists and was not created by CITE");
    }
    Optional<EnvironmentId> owner = environment(object);
    if (owner.isPresent() && !owner.get().equals(environment)) {
      throw new Conflict(
          ErrorCode.NAME_COLLISION,
          what + " belongs to " + owner.get() + " and cannot be used by " + environment);
    }
    return object;
  }
}
