package io.cite.core.domain.dockerfile;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What ARG and ENV set, and what words become by it: {@code $X}, {@code ${X}}, {@code ${X:-word}},
 * {@code ${X:+word}}, {@code ${X:?word}}, and these three without the colon.
 */
final class BuildVariables {
  private static final int LONGEST = 1024;
  private static final int DEEPEST = 10;

  private final char escape;
  private final Map<String, Value> arguments = new HashMap<>();
  private final Map<String, Value> environment = new HashMap<>();

  BuildVariables(char escape) {
    this.escape = escape;
  }

  /**
   * What a word becomes.
   *
   * @param problem why that cannot be known; null if it is the text
   */
  record Value(String text, @Nullable String problem) {}

  /** Takes an ARG, with the value that another one gives it where it has none. */
  void argument(Instruction arg, BuildVariables global) {
    Map<String, Value> set = new HashMap<>();
    for (String word : arg.words(escape)) {
      int equals = word.indexOf('=');
      String name = equals < 0 ? word : word.substring(0, equals);
      @Nullable Value value =
          equals < 0 ? global.arguments.get(name) : expand(word.substring(equals + 1));
      if (value != null) {
        set.put(name, value);
      }
    }
    arguments.putAll(set);
  }

  /** Takes an ENV: pairs, or a name and the rest of the line. */
  void environment(Instruction env) {
    Map<String, Value> set = new HashMap<>();
    String text = env.text();
    int end = 0;
    while (end < text.length() && !Instruction.isBlank(text.charAt(end))) {
      end++;
    }
    if (text.substring(0, end).indexOf('=') < 0) {
      set.put(text.substring(0, end), expand(text.substring(end).strip()));
    } else {
      for (String word : env.words(escape)) {
        int equals = word.indexOf('=');
        if (equals > 0) {
          set.put(word.substring(0, equals), expand(word.substring(equals + 1)));
        }
      }
    }
    // all of one instruction see what was set before it
    environment.putAll(set);
  }

  /** What the word becomes. */
  Value expand(String word) {
    Expansion expansion = new Expansion(word);
    String text = expansion.until((char) 0, 0);
    return new Value(text, expansion.problem);
  }

  private @Nullable Value get(String name) {
    Value set = environment.get(name);
    return set == null ? arguments.get(name) : set;
  }

  /** Goes through a word once. */
  private final class Expansion {
    private final String word;
    private int at;
    private @Nullable String problem;

    Expansion(String word) {
      this.word = word;
    }

    private boolean isOver() {
      return at >= word.length();
    }

    private void failed(String why) {
      if (problem == null) {
        problem = why;
      }
    }

    /** What comes up to that character, or up to the end of the word if it is 0. */
    String until(char stop, int depth) {
      StringBuilder out = new StringBuilder();
      if (depth > DEEPEST) {
        failed("it is nested too deeply");
        at = word.length();
      }
      while (!isOver()) {
        char c = word.charAt(at++);
        if (c == stop && stop != 0) {
          return out.toString();
        }
        if (c == '\'' && stop != '"') {
          int end = word.indexOf('\'', at);
          if (end < 0) {
            failed("a quote is not closed");
            end = word.length();
          }
          add(out, word.substring(at, end));
          at = Math.min(word.length(), end + 1);
        } else if (c == '"') {
          add(out, until('"', depth + 1));
        } else if (c == escape) {
          add(out, escaped(stop == '"'));
        } else if (c == '$') {
          add(out, variable(depth));
        } else {
          add(out, String.valueOf(c));
        }
      }
      if (stop != 0) {
        failed(stop == '}' ? "a brace is not closed" : "a quote is not closed");
      }
      return out.toString();
    }

    private void add(StringBuilder out, String text) {
      if (out.length() + text.length() > LONGEST) {
        failed("it is longer than " + LONGEST + " characters");
      } else {
        out.append(text);
      }
    }

    private String escaped(boolean quoted) {
      if (isOver()) {
        return String.valueOf(escape);
      }
      char c = word.charAt(at++);
      boolean special = c == '"' || c == '$' || c == escape;
      return quoted && !special ? "" + escape + c : String.valueOf(c);
    }

    private String variable(int depth) {
      boolean braces = !isOver() && word.charAt(at) == '{';
      at += braces ? 1 : 0;
      String name = name();
      if (name.isEmpty()) {
        if (!braces) {
          return "$";
        }
        failed("CITE cannot read what is in the braces");
        at = word.length();
        return "";
      }
      if (!braces) {
        return value(name, get(name));
      }
      return inBraces(name, depth);
    }

    private String name() {
      int begin = at;
      while (!isOver() && isOfName(word.charAt(at), at == begin)) {
        at++;
      }
      return word.substring(begin, at);
    }

    private static boolean isOfName(char c, boolean first) {
      return c == '_'
          || c >= 'a' && c <= 'z'
          || c >= 'A' && c <= 'Z'
          || !first && c >= '0' && c <= '9';
    }

    private String value(String name, @Nullable Value set) {
      if (set == null) {
        failed("neither ARG nor ENV gives " + name + " a value");
        return "";
      }
      if (set.problem() != null) {
        failed(set.problem());
      }
      return set.text();
    }

    private String inBraces(String name, int depth) {
      @Nullable Value set = get(name);
      if (!isOver() && word.charAt(at) == '}') {
        at++;
        return value(name, set);
      }
      boolean colon = !isOver() && word.charAt(at) == ':';
      at += colon ? 1 : 0;
      char operator = isOver() ? 0 : word.charAt(at++);
      boolean counts = set != null && !(colon && set.problem() == null && set.text().isEmpty());
      @Nullable String before = problem;
      String other = until('}', depth + 1);
      boolean useOther = operator == '-' && !counts || operator == '+' && counts;
      if (!useOther) {
        // what is wrong in a word that is not used does not matter
        problem = before;
      }
      return switch (operator) {
        case '-' -> counts ? value(name, set) : other;
        case '+' -> counts ? other : "";
        case '?' -> value(name, counts ? set : null);
        default -> {
          failed("CITE cannot read what is in the braces");
          yield "";
        }
      };
    }
  }
}
