package io.cite.sdk.wire;

import java.util.List;

/**
 * What creating a service would do.
 *
 * @param ports the ports that it would have
 * @param notes what somebody should know of the ports, in words
 */
public record PlanView(
    List<PlannedChangeView> changes, List<PlannedPortView> ports, List<String> notes) {
  public PlanView {
    ports = Wire.list(ports);
    notes = Wire.list(notes);
    changes = Wire.list(changes);
  }
}
