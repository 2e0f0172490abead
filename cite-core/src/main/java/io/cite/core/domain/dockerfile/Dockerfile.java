package io.cite.core.domain.dockerfile;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what the last stage of a Dockerfile exposes: by itself, and by the stages that it is
 * made from. Other stages do not matter.
 */
final class Dockerfile {
  private static final int MOST_PORTS = 16;
  private static final int MOST_REMARKS = 5;
  private static final int LAST_PORT = 65_535;
  private static final int LONGEST_WORD = 40;

  private final Instructions instructions;
  private final BuildVariables global;
  private final Map<Integer, Integer> ports = new LinkedHashMap<>();
  private final List<String> remarks = new ArrayList<>();
  private boolean unclear;

  Dockerfile(Instructions instructions) {
    this.instructions = instructions;
    this.global = new BuildVariables(instructions.escape());
  }

  /**
   * A stage.
   *
   * @param base the stage that it is made from; null if that is an image
   * @param image what FROM names
   */
  private record Stage(@Nullable Stage base, String image, List<Instruction> body) {}

  ExposedPorts exposed() {
    @Nullable Stage last = lastStage();
    Deque<Stage> chain = new ArrayDeque<>();
    for (Stage stage = last; stage != null; stage = stage.base()) {
      chain.addFirst(stage);
    }
    BuildVariables variables = new BuildVariables(instructions.escape());
    List<Instruction> triggers = List.of();
    for (Stage stage : chain) {
      triggers.forEach(trigger -> carryOut(trigger, variables));
      triggers = new ArrayList<>();
      for (Instruction instruction : stage.body()) {
        if (instruction.name().equals("ONBUILD")) {
          triggers.add(instruction.triggered());
        } else {
          carryOut(instruction, variables);
        }
      }
    }
    if (ports.size() > MOST_PORTS) {
      unclear("it exposes more than " + MOST_PORTS + " ports, and a service has no more");
      ports.clear();
    }
    List<ExposedPorts.Port> named = new ArrayList<>();
    ports.forEach((port, line) -> named.add(new ExposedPorts.Port(port, "EXPOSE in line " + line)));
    @Nullable String base = chain.isEmpty() ? null : shown(chain.getFirst().image());
    return new ExposedPorts(named, remarks, unclear, base);
  }

  private @Nullable Stage lastStage() {
    Map<String, Stage> byName = new HashMap<>();
    @Nullable Stage stage = null;
    for (Instruction instruction : instructions.all()) {
      if (instruction.name().equals("FROM")) {
        List<String> words = new ArrayList<>(instruction.words(instructions.escape()));
        words.removeIf(word -> word.startsWith("--"));
        String image = words.isEmpty() ? "" : image(words.get(0));
        stage = new Stage(byName.get(image.toLowerCase(Locale.ROOT)), image, new ArrayList<>());
        if (words.size() == 3 && words.get(1).equalsIgnoreCase("AS")) {
          byName.put(words.get(2).toLowerCase(Locale.ROOT), stage);
        }
      } else if (stage != null) {
        stage.body().add(instruction);
      } else if (instruction.name().equals("ARG")) {
        global.argument(instruction, global);
      }
    }
    return stage;
  }

  private String image(String word) {
    BuildVariables.Value value = global.expand(word);
    return value.problem() == null ? value.text() : word;
  }

  private void carryOut(Instruction instruction, BuildVariables variables) {
    switch (instruction.name()) {
      case "ARG" -> variables.argument(instruction, global);
      case "ENV" -> variables.environment(instruction);
      case "EXPOSE" -> expose(instruction, variables);
      default -> {
        // says nothing of ports
      }
    }
  }

  private void expose(Instruction instruction, BuildVariables variables) {
    for (String word : instruction.words(instructions.escape())) {
      BuildVariables.Value value = variables.expand(word);
      String where = "line " + instruction.line() + ": EXPOSE " + shown(word);
      if (value.problem() != null) {
        unclear(where + ": " + value.problem());
        continue;
      }
      String text = value.text().strip();
      if (text.isEmpty()) {
        remark(where + " is empty");
      }
      for (String port : text.isEmpty() ? new String[0] : text.split("\\s+")) {
        add(port, instruction.line(), where);
      }
    }
  }

  /** Takes a port or a range, with a protocol or without: {@code 80}, {@code 8000-8005/tcp}. */
  private void add(String text, int line, String where) {
    int slash = text.indexOf('/');
    String protocol = slash < 0 ? "tcp" : text.substring(slash + 1).toLowerCase(Locale.ROOT);
    String numbers = slash < 0 ? text : text.substring(0, slash);
    // Docker takes a port of the host before it, and does nothing with that
    String range = numbers.substring(numbers.lastIndexOf(':') + 1);
    int dash = range.indexOf('-');
    int from = number(dash < 0 ? range : range.substring(0, dash));
    int to = dash < 0 ? from : number(range.substring(dash + 1));
    if (from < 1 || to < from) {
      unclear(where + " is no port");
    } else if (protocol.isEmpty() || protocol.equals("tcp")) {
      for (int port = from; port <= to && ports.size() <= MOST_PORTS; port++) {
        ports.putIfAbsent(port, line);
      }
    } else if (protocol.equals("udp") || protocol.equals("sctp")) {
      remark(where + " is left out, because a service has TCP ports only");
    } else {
      unclear(where + " has a protocol that Docker does not know");
    }
  }

  /** The number of a port; 0 if the text is none. */
  private static int number(String digits) {
    boolean numeric =
        !digits.isEmpty()
            && digits.length() <= 5
            && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    int number = numeric ? Integer.parseInt(digits) : 0;
    return number > LAST_PORT ? 0 : number;
  }

  private void unclear(String text) {
    unclear = true;
    remark(text);
  }

  private void remark(String text) {
    if (remarks.size() < MOST_REMARKS) {
      remarks.add(text);
    }
  }

  /** A word of the file as it may stand in a message. */
  private static String shown(String word) {
    String start = word.length() > LONGEST_WORD ? word.substring(0, LONGEST_WORD) + "…" : word;
    StringBuilder text = new StringBuilder();
    start
        .codePoints()
        .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? '?' : c)
        .forEach(text::appendCodePoint);
    return text.toString();
  }
}
