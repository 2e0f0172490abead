package io.cite.core.docs;

import io.cite.core.domain.Transitions;
import io.cite.core.domain.build.BuildMachine;
import io.cite.core.domain.build.BuildState;
import io.cite.core.domain.deploy.DeploymentMachine;
import io.cite.core.domain.deploy.DeploymentState;
import io.cite.core.domain.service.ServiceMachine;
import io.cite.core.domain.service.ServiceState;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Draws the life cycles from the tables of the machines. */
class ConceptsTest {
  private static final Page PAGE = new Page("concepts.md");

  @Test
  void drawsTheLifeOfAServiceAsItsTableHasIt() throws IOException {
    PAGE.holds("service", diagram(ServiceState.CREATING, ServiceMachine.transitions()));
  }

  @Test
  void drawsTheLifeOfABuildAsItsTableHasIt() throws IOException {
    PAGE.holds("build", diagram(BuildState.QUEUED, new BuildMachine(Duration.ofHours(1)).table()));
  }

  @Test
  void drawsTheLifeOfADeploymentAsItsTableHasIt() throws IOException {
    PAGE.holds("deployment", diagram(DeploymentState.REQUESTED, DeploymentMachine.transitions()));
  }

  private static <S extends Enum<S>> String diagram(S first, Transitions<S, ?, ?> machine) {
    Diagram diagram = new Diagram(first);
    machine
        .cells()
        .forEach(
            (from, line) ->
                line.forEach(
                    (event, cell) -> cell.to().forEach(to -> diagram.arrow(from, to, event))));
    return diagram.text(first.getDeclaringClass().getEnumConstants());
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
            .computeIfAbsent(from, key -> new TreeMap<>())
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
