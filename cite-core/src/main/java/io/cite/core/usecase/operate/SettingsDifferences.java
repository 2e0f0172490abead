package io.cite.core.usecase.operate;

import io.cite.core.domain.service.NotificationTarget;
import io.cite.core.domain.service.Variables;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a change of settings changes, for the audit trail. Values of variables are not named, and
 * neither are the addresses of notification targets, because they may be secrets.
 */
final class SettingsDifferences {
  private final List<String> changes = new ArrayList<>();

  SettingsDifferences of(String name, @Nullable Object old, @Nullable Object changed) {
    if (!Objects.equals(old, changed)) {
      changes.add(name + ": " + text(old) + " -> " + text(changed));
    }
    return this;
  }

  SettingsDifferences ofVariables(Variables old, Variables changed) {
    TreeSet<String> names = new TreeSet<>(old.values().keySet());
    names.addAll(changed.values().keySet());
    names.removeIf(name -> Objects.equals(old.values().get(name), changed.values().get(name)));
    return named("variables", names);
  }

  SettingsDifferences ofSecrets(Collection<String> set) {
    return named("secrets", new TreeSet<>(set));
  }

  SettingsDifferences ofRemovedSecrets(Collection<String> removed) {
    return named("removed secrets", new TreeSet<>(removed));
  }

  SettingsDifferences ofTargets(
      List<NotificationTarget.Sealed> old, List<NotificationTarget.Sealed> changed) {
    if (!old.equals(changed)) {
      changes.add("notifications: " + old.size() + " -> " + changed.size() + " targets");
    }
    return this;
  }

  private static String text(@Nullable Object value) {
    return value == null ? "none" : value.toString();
  }

  private SettingsDifferences named(String what, Collection<String> names) {
    if (!names.isEmpty()) {
      changes.add(what + ": " + String.join(", ", names));
    }
    return this;
  }

  /** Such as {@code replicas: 1 -> 3; variables: A, B}. */
  @Override
  public String toString() {
    return changes.isEmpty() ? "no change" : String.join("; ", changes);
  }
}
