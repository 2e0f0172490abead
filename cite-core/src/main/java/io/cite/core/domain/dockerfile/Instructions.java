package io.cite.core.domain.dockerfile;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The instructions of a Dockerfile, in order: its lines without comments, continued lines put
 * together, here-documents left out. Each character is read once.
 *
 * @param escape the escape character, which a directive may change
 * @see <a href="https://docs.docker.com/reference/dockerfile/">Dockerfile reference</a>
 */
record Instructions(List<Instruction> all, char escape) {
  private static final Set<String> WITH_HERE_DOCUMENTS = Set.of("ADD", "COPY", "RUN");
  private static final Set<String> DIRECTIVES = Set.of("syntax", "escape", "check");
  private static final Pattern HERE_DOCUMENT = Pattern.compile("\\d*<<(-?)([^<]+)");
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  static Instructions of(String file) {
    Reader reader = new Reader(file);
    reader.read();
    return new Instructions(reader.found, reader.escape);
  }

  /** Goes through the lines once. */
  private static final class Reader {
    private final String file;
    private final List<Instruction> found = new ArrayList<>();
    private char escape = '\\';
    private int next;
    private int number;

    Reader(String file) {
      this.file = file;
      this.next = !file.isEmpty() && file.charAt(0) == BYTE_ORDER_MARK ? 1 : 0;
    }

    private @Nullable String line() {
      if (next >= file.length()) {
        return null;
      }
      int end = file.indexOf('\n', next);
      end = end < 0 ? file.length() : end;
      String line = file.substring(next, end);
      next = end + 1;
      number++;
      return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    }

    void read() {
      boolean directives = true;
      for (String line = line(); line != null; line = line()) {
        directives = directives && takeDirective(line);
        if (!isEmptyOrComment(line)) {
          int begin = number;
          Instruction read = Instruction.of(begin, joined(line).strip());
          found.add(read);
          skipHereDocuments(read);
        }
      }
    }

    /** Whether the line is a directive; these come before everything else. */
    private boolean takeDirective(String line) {
      String text = line.strip();
      int equals = text.indexOf('=');
      if (!text.startsWith("#") || equals < 0) {
        return false;
      }
      String key = text.substring(1, equals).strip().toLowerCase(Locale.ROOT);
      String value = text.substring(equals + 1).strip();
      if (key.equals("escape") && (value.equals("\\") || value.equals("`"))) {
        escape = value.charAt(0);
      }
      return DIRECTIVES.contains(key);
    }

    private static boolean isEmptyOrComment(String line) {
      int i = 0;
      while (i < line.length() && Instruction.isBlank(line.charAt(i))) {
        i++;
      }
      return i == line.length() || line.charAt(i) == '#';
    }

    /** The line with those that continue it; comments and empty lines between them do not count. */
    private String joined(String first) {
      StringBuilder all = new StringBuilder();
      String line = first;
      while (line != null) {
        int end = line.length();
        while (end > 0 && (line.charAt(end - 1) == ' ' || line.charAt(end - 1) == '\t')) {
          end--;
        }
        boolean goesOn =
            end > 0
                && line.charAt(end - 1) == escape
                && (end == 1 || line.charAt(end - 2) != escape);
        if (!goesOn) {
          return all.append(line).toString();
        }
        all.append(line, 0, end - 1);
        line = line();
        while (line != null && isEmptyOrComment(line)) {
          line = line();
        }
      }
      return all.toString();
    }

    private void skipHereDocuments(Instruction read) {
      Instruction of = read.name().equals("ONBUILD") ? read.triggered() : read;
      if (!WITH_HERE_DOCUMENTS.contains(of.name()) || !of.text().contains("<<")) {
        return;
      }
      Deque<Matcher> documents = new ArrayDeque<>();
      for (String word : of.words(escape)) {
        Matcher document = HERE_DOCUMENT.matcher(word);
        if (document.matches()) {
          documents.add(document);
        }
      }
      for (Matcher document : documents) {
        boolean indented = !document.group(1).isEmpty();
        String end = document.group(2).replaceAll("[\"'" + Pattern.quote("" + escape) + "]", "");
        String line = line();
        while (line != null && !end.equals(indented ? withoutTabs(line) : line)) {
          line = line();
        }
      }
    }

    private static String withoutTabs(String line) {
      int i = 0;
      while (i < line.length() && line.charAt(i) == '\t') {
        i++;
      }
      return line.substring(i);
    }
  }
}
