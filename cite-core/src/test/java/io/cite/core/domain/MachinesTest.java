package io.cite.core.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.cite.core.domain.build.BuildMachine;
import io.cite.core.domain.deploy.DeploymentMachine;
import io.cite.core.domain.service.ServiceMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every cell of the three machines, in one file to be read as a whole. */
class MachinesTest {
  private static final Path FILE = Path.of("src/test/resources/golden/machines.txt");

  private static <S extends Enum<S>> String text(String name, Transitions<S, ?, ?> machine) {
    StringBuilder text = new StringBuilder("# " + name + "\n");
    machine
        .cells()
        .forEach(
            (state, line) ->
                line.keySet().stream()
                    .sorted()
                    .forEach(
                        event ->
                            text.append(
                                "%-11s + %-20s %s\n"
                                    .formatted(state, event, text(line.get(event))))));
    return text.append('\n').toString();
  }

  private static <S extends Enum<S>> String text(Transitions.Cell<S> cell) {
    String refusal = cell.refusal().map(reason -> "refused: " + reason).orElse("");
    if (cell.to().isEmpty()) {
      return refusal;
    }
    String to = cell.to().stream().map(Enum::name).sorted().collect(Collectors.joining(" or "));
    return "-> " + to + (refusal.isEmpty() ? "" : ", or " + refusal);
  }

  @Test
  void doInEachStateByEachEventWhatTheFileSays() throws IOException {
    String found =
        text("service", ServiceMachine.transitions())
            + text("build", new BuildMachine(Duration.ofHours(1)).table())
            + text("deployment", DeploymentMachine.transitions());
    if (Boolean.getBoolean("docs.write")) {
      Files.writeString(FILE, found);
    }
    assertThat(Files.readString(FILE)).isEqualToNormalizingNewlines(found);
  }
}
