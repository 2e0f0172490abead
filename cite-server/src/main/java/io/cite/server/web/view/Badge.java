package io.cite.server.web.view;

/**
 * A state in a word, with a sign, so that it needs no colour.
 *
 * @param tone how it is meant
 */
public record Badge(Tone tone, String text) {
  /** How a state is meant. */
  public enum Tone {
    GOOD,
    BUSY,
    HELD,
    BAD,
    IDLE;

    /** The class in the stylesheet, and the name of the sign. */
    public String css() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }
}
