package io.cite.sdk.wire;

import java.util.List;

/** What creating a service would do. */
public record Plan(List<PlannedChange> changes) {
  public Plan {
    changes = Wire.list(changes);
  }
}
