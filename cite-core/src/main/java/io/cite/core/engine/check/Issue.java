package io.cite.core.engine.check;

import io.cite.core.error.CiteException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A finding together with what repairs it.
 *
 * @param repair null if only a person can do something
 */
public record Issue(Finding.Kind kind, String target, String text, @Nullable Repair repair) {
  /**
   * What repairs something.
   *
   * @param steps does it; false if things changed meanwhile, so that nothing was done
   */
  public record Repair(String text, BooleanSupplier steps) {}

  static Issue incurable(Finding.Kind kind, String target, String text) {
    return new Issue(kind, target, text, null);
  }

  static Issue repairable(
      Finding.Kind kind, String target, String text, String repair, BooleanSupplier steps) {
    return new Issue(kind, target, text, new Repair(repair, steps));
  }

  /** The finding, with nothing done about it. */
  public Finding shown() {
    return finding(Finding.Outcome.FOUND, null);
  }

  /** The finding once it was repaired, or why it was not. */
  public Finding repaired() {
    if (repair == null) {
      return finding(Finding.Outcome.LEFT, null);
    }
    try {
      return repair.steps().getAsBoolean()
          ? finding(Finding.Outcome.REPAIRED, null)
          : finding(Finding.Outcome.LEFT, "it was changed at the same time");
    } catch (CiteException e) {
      return finding(Finding.Outcome.LEFT, e.getMessage());
    }
  }

  private Finding finding(Finding.Outcome outcome, @Nullable String failure) {
    return new Finding(kind, target, text, repair == null ? null : repair.text(), outcome, failure);
  }
}
