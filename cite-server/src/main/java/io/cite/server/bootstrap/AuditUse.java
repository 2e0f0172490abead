package io.cite.server.bootstrap;

/** How a process uses the audit trail. */
enum AuditUse {
  /** It opens the trail when it starts, and does nothing if it cannot. */
  OWN,
  /** It runs beside servers, one of which may have the trail's file open. */
  SHARED
}
