package io.cite.sdk.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Settings that were changed and that the live deployment does not have yet.
 *
 * @param names such as {@code variables.A}, {@code secrets.K}, {@code ports} and {@code probe}
 * @param order what applies all of them; null if a deployment that does is under way
 */
public record PendingSettingsView(List<String> names, @Nullable OrderView order) {
  public PendingSettingsView {
    names = Wire.list(names);
  }
}
