package io.cite.server.web.view;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a button would do, before it does it.
 *
 * @param plan what happens, a sentence each
 * @param action where the form is sent
 * @param hidden what the form says besides
 * @param reason the reason that is asked for, as typed so far; null if none is asked for
 * @param replicas the number that is asked for; null if none is asked for
 * @param refusal why the order was refused; null if it was not given yet
 * @param curl the same order for a script
 */
public record ConfirmPage(
    Heading heading,
    List<String> plan,
    String action,
    Map<String, String> hidden,
    @Nullable String reason,
    @Nullable Integer replicas,
    @Nullable String refusal,
    String submit,
    String back,
    String curl) {
  public ConfirmPage {
    plan = List.copyOf(plan);
    hidden = Map.copyOf(hidden);
  }

  /** This page with what the form says besides. */
  public ConfirmPage with(Map<String, String> fields) {
    return new ConfirmPage(
        heading, plan, action, fields, reason, replicas, refusal, submit, back, curl);
  }

  /** This page with the line for a script. */
  public ConfirmPage with(String line) {
    return new ConfirmPage(
        heading, plan, action, hidden, reason, replicas, refusal, submit, back, line);
  }

  /** This page with what it asks for. */
  public ConfirmPage asking(@Nullable String why, @Nullable Integer count) {
    return new ConfirmPage(heading, plan, action, hidden, why, count, refusal, submit, back, curl);
  }

  /** This page after its order was refused. */
  public ConfirmPage refused(String because) {
    return new ConfirmPage(
        heading, plan, action, hidden, reason, replicas, because, submit, back, curl);
  }
}
