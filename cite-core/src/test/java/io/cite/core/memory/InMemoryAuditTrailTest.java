package io.cite.core.memory;

import io.cite.core.contract.AuditTrailContract;
import io.cite.core.port.AuditTrail;

class InMemoryAuditTrailTest extends AuditTrailContract {
  private final AuditTrail trail = new InMemoryAuditTrail();

  @Override
  protected AuditTrail trail() {
    return trail;
  }
}
