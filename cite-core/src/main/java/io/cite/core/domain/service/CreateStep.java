package io.cite.core.domain.service;

import java.util.Locale;

/** The steps of creating a service, in their order. */
public enum CreateStep {
  /** The Kubernetes namespace of the repository's owner. */
  NAMESPACE(false),
  /** The index template and data view for the namespace's logs. */
  LOG_INDEX(true),
  /** Buildbot's and CITE's webhooks on the repository. */
  WEBHOOKS(false),
  /** The CITE account as a collaborator of the repository. */
  COLLABORATOR(true),
  /** The service's metadata in the store. */
  SERVICE_METADATA(false),
  /** The branch's metadata in the store. */
  BRANCH_METADATA(false),
  /** The Kubernetes Service of the branch. */
  KUBERNETES_SERVICE(false);

  private final boolean optional;

  CreateStep(boolean optional) {
    this.optional = optional;
  }

  /** Whether the service works without it, so that a failure only degrades the service. */
  public boolean isOptional() {
    return optional;
  }

  /** The step in words. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
