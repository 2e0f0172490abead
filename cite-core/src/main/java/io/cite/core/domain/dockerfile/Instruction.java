package io.cite.core.domain.dockerfile;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * An instruction of a Dockerfile, its lines put together.
 *
 * @param line number of its first line, from 1
 * @param name in capital letters, such as {@code EXPOSE}
 * @param text what follows the name
 */
record Instruction(int line, String name, String text) {
  static Instruction of(int line, String text) {
    int end = 0;
    while (end < text.length() && !isBlank(text.charAt(end))) {
      end++;
    }
    return new Instruction(
        line, text.substring(0, end).toUpperCase(Locale.ROOT), text.substring(end).strip());
  }

  /** What a trigger does in the images that are made from this one. */
  Instruction triggered() {
    return of(line, text);
  }

  /**
   * The words of the text, as they are written: a blank in quotes, or after the escape character,
   * ends no word.
   */
  List<String> words(char escape) {
    List<String> words = new ArrayList<>();
    int begin = -1;
    char quote = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quote == 0 && isBlank(c)) {
        if (begin >= 0) {
          words.add(text.substring(begin, i));
        }
        begin = -1;
        continue;
      }
      begin = begin < 0 ? i : begin;
      if (c == escape && quote != '\'') {
        i++;
      } else if (quote == 0 && (c == '"' || c == '\'')) {
        quote = c;
      } else if (c == quote) {
        quote = 0;
      }
    }
    if (begin >= 0) {
      words.add(text.substring(begin));
    }
    return words;
  }

  static boolean isBlank(char c) {
    return c == ' ' || c == '\t' || Character.isWhitespace(c);
  }
}
