package io.cite.sdk.wire;

import java.util.List;

/** What creating a service would do. */
public record PlanView(List<PlannedChangeView> changes) {
  public PlanView {
    changes = Wire.list(changes);
  }
}
