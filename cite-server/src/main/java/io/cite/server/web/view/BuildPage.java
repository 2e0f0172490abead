package io.cite.server.web.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A build.
 *
 * @param usual how long builds took lately, in a sentence; null if that is not known
 * @param builderLog where the builder keeps the log; null if it does not, or not on the web
 * @param log the end of the log that CITE kept; empty if it kept none
 */
public record BuildPage(
    Heading heading,
    Badge state,
    @Nullable String cause,
    @Nullable String usual,
    List<EnvironmentPage.Setting> facts,
    @Nullable Link builderLog,
    String log,
    List<Action> actions) {
  public BuildPage {
    facts = List.copyOf(facts);
    actions = List.copyOf(actions);
  }
}
