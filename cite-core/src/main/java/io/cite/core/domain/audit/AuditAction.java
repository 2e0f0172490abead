package io.cite.core.domain.audit;

import java.util.Locale;

/** Everything that leaves an entry in the audit trail; described in {@code docs/audit.md}. */
public enum AuditAction {
  SERVICE_CREATE,
  SERVICE_UPDATE,
  SERVICE_DELETE,
  ENVIRONMENT_ADD,
  ENVIRONMENT_UPDATE,
  ENVIRONMENT_DELETE,
  REPOSITORY_RENAME,
  BUILD_REQUEST,
  BUILD_CANCEL,
  BUILD_REJECT,
  IMAGE_REJECT,
  DEPLOYMENT_REQUEST,
  DEPLOYMENT_END,
  DEPLOYMENT_ACTIVATE,
  DEPLOYMENT_CANCEL,
  PIN_CLEAR,
  DELIVERY_REFUSE,
  ACCESS_DENY,
  GARBAGE_COLLECT,
  REPAIR;

  /** The action as it is shown outside: {@code service.create}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '.');
  }
}
