package io.cite.core.engine.record.schema;

import io.cite.core.domain.service.ServiceId;
import io.cite.core.domain.source.RepositoryName;
import java.util.Locale;

/** Names the record that a sealed secret belongs to. A secret opens only with its own name. */
public final class SealingContext {
  private SealingContext() {}

  /** The context of the secret of a repository's webhook. */
  public static String hook(RepositoryName repository) {
    return "hook:" + repository.toString().toLowerCase(Locale.ROOT);
  }

  /** The context of the URL of a notification target of a service. */
  public static String notification(ServiceId service) {
    return "notification:" + service;
  }

  /** The context of a secret variable of a service. */
  public static String variable(ServiceId service, String name) {
    return "variable:" + service + ":" + name;
  }
}
