package io.cite.core.docs;

import io.cite.core.domain.build.Build;
import io.cite.core.domain.build.BuildLife;
import io.cite.core.domain.build.BuildState;
import io.cite.core.domain.deploy.Deployment;
import io.cite.core.domain.deploy.DeploymentLife;
import io.cite.core.domain.deploy.DeploymentState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Draws the life cycles by applying every event to every state. */
class ConceptsTest {
  private static final Page PAGE = new Page("concepts.md");

  @Test
  void drawsTheLifeOfADeploymentAsItsMachineHasIt() throws IOException {
    Diagram diagram = new Diagram(DeploymentState.REQUESTED);
    for (DeploymentState state : DeploymentState.values()) {
      Deployment d = DeploymentLife.states().get(state);
      DeploymentLife.events()
          .forEach(
              (name, event) -> diagram.arrow(state, DeploymentLife.after(d, event).state(), name));
    }
    PAGE.holds("deployment", diagram.text(DeploymentState.values()));
  }

  @Test
  void drawsTheLifeOfABuildAsItsMachineHasIt() throws IOException {
    Diagram diagram = new Diagram(BuildState.QUEUED);
    for (BuildState state : BuildState.values()) {
      Build build = BuildLife.states().get(state);
      BuildLife.events()
          .forEach(
              (name, event) -> diagram.arrow(state, BuildLife.after(build, event).state(), name));
    }
    PAGE.holds("build", diagram.text(BuildState.values()));
  }

  /** Transitions as Mermaid draws them; a state that none leaves is an end. */
  private static final class Diagram {
    private final Map<Enum<?>, Map<Enum<?>, List<String>>> arrows = new LinkedHashMap<>();
    private final Enum<?> first;

    Diagram(Enum<?> first) {
      this.first = first;
    }

    void arrow(Enum<?> from, Enum<?> to, String event) {
      if (from != to) {
        arrows
            .computeIfAbsent(from, key -> new LinkedHashMap<>())
            .computeIfAbsent(to, key -> new ArrayList<>())
            .add(event);
      }
    }

    String text(Enum<?>[] states) {
      StringBuilder text = new StringBuilder("```mermaid\nstateDiagram-v2\n");
      text.append("    [*] --> ").append(first).append('\n');
      for (Enum<?> state : states) {
        Map<Enum<?>, List<String>> leaving = arrows.getOrDefault(state, Map.of());
        leaving.forEach(
            (to, events) ->
                text.append("    ")
                    .append(state)
                    .append(" --> ")
                    .append(to)
                    .append(" : ")
                    .append(String.join(", ", events))
                    .append('\n'));
        if (leaving.isEmpty()) {
          text.append("    ").append(state).append(" --> [*]\n");
        }
      }
      return text.append("```\n").toString();
    }
  }
}
