package io.cite.server.web.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An environment.
 *
 * @param sentence what serves, in one sentence
 * @param note what a person should know; null if there is nothing
 * @param waiting newer commits that are not live, each with its reason
 * @param inFlight builds and deployments that are under way
 * @param wasLive deployments that were live, the newest first
 * @param settings names and values
 */
public record EnvironmentPage(
    Heading heading,
    Badge status,
    String sentence,
    @Nullable String note,
    @Nullable Pin pin,
    @Nullable PendingSettings pendingSettings,
    @Nullable Failure failure,
    List<Action> actions,
    List<Item> waiting,
    List<Item> inFlight,
    List<Item> wasLive,
    List<Setting> settings) {
  public EnvironmentPage {
    actions = List.copyOf(actions);
    waiting = List.copyOf(waiting);
    inFlight = List.copyOf(inFlight);
    wasLive = List.copyOf(wasLive);
    settings = List.copyOf(settings);
  }

  /**
   * Something with a page of its own.
   *
   * @param why the page that explains the commit
   * @param detail in a sentence; null if the state says all
   * @param action what can be done with it; null if nothing can
   */
  public record Item(
      Link link,
      Link why,
      Badge state,
      @Nullable Moment at,
      @Nullable String detail,
      @Nullable Action action) {}

  /**
   * The environment is pinned.
   *
   * @param reason who pinned it, since when and why
   * @param clearing what releasing does, in a sentence
   * @param action null if the person may not release it
   */
  public record Pin(String reason, String clearing, @Nullable Action action) {}

  /**
   * Settings that were changed and are not live.
   *
   * @param text which ones, and what applies them
   * @param action null if the person may not apply them
   */
  public record PendingSettings(String text, @Nullable Action action) {}

  /** A setting and its value. */
  public record Setting(String name, String value) {}
}
