package io.cite.server.web.view;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a button would do, before it does it.
 *
 * @param plan what happens, a sentence each
 * @param action where the form is sent
 * @param hidden what the form says besides
 * @param fields what the form asks for
 * @param refusal why the order was refused; null if it was not given yet
 * @param curl the same order for a script; empty if there is no single one
 */
public record ConfirmPage(
    Heading heading,
    List<String> plan,
    String action,
    Map<String, String> hidden,
    List<Field> fields,
    @Nullable String refusal,
    String submit,
    String back,
    String curl) {
  public ConfirmPage {
    plan = List.copyOf(plan);
    hidden = Map.copyOf(hidden);
    fields = List.copyOf(fields);
  }

  /** A page that asks for nothing but the order itself. */
  public static ConfirmPage of(
      Heading heading, List<String> plan, String action, String submit, String back) {
    return new ConfirmPage(heading, plan, action, Map.of(), List.of(), null, submit, back, "");
  }

  /** This page with what the form says besides. */
  public ConfirmPage with(Map<String, String> also) {
    return new ConfirmPage(heading, plan, action, also, fields, refusal, submit, back, curl);
  }

  /** This page with the line for a script. */
  public ConfirmPage with(String line) {
    return new ConfirmPage(heading, plan, action, hidden, fields, refusal, submit, back, line);
  }

  /** This page with what it asks for. */
  public ConfirmPage asking(Field... asked) {
    return new ConfirmPage(
        heading, plan, action, hidden, List.of(asked), refusal, submit, back, curl);
  }

  /** This page after its order was refused. */
  public ConfirmPage refused(String because) {
    return new ConfirmPage(heading, plan, action, hidden, fields, because, submit, back, curl);
  }

  /**
   * This page as it was sent, by the names of its fields. What it did not ask for stays as it was
   * too: a form that is out of date is refused again until it is opened anew.
   */
  public ConfirmPage typed(Function<String, @Nullable String> values) {
    List<Field> filled =
        fields.stream().map(field -> field.typed(values.apply(field.name()))).toList();
    Map<String, String> sent = new HashMap<>(hidden);
    sent.replaceAll((name, value) -> Objects.requireNonNullElse(values.apply(name), value));
    return new ConfirmPage(heading, plan, action, sent, filled, refusal, submit, back, curl);
  }
}
