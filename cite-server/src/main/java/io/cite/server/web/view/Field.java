package io.cite.server.web.view;

import org.jspecify.annotations.Nullable;

/**
 * A field of a form.
 *
 * @param value what was typed so far; {@code on} for a switch that is on
 * @param help in a sentence; null if the label says all
 * @param max the largest number, or the most characters
 */
public record Field(
    String name,
    String label,
    @Nullable String help,
    Kind kind,
    String value,
    boolean required,
    int max) {

  /** How a field is filled in. */
  public enum Kind {
    /** A line of text. */
    LINE,
    /** Several lines of text. */
    LINES,
    /** A whole number from 1. */
    NUMBER,
    /** On or off. */
    SWITCH
  }

  private static final int TEXT = 20_000;

  /** A line that must be given. */
  public static Field line(String name, String label, @Nullable String help, String value) {
    return new Field(name, label, help, Kind.LINE, value, true, 300);
  }

  /** Lines that may be left empty. */
  public static Field lines(String name, String label, @Nullable String help, String value) {
    return new Field(name, label, help, Kind.LINES, value, false, TEXT);
  }

  /** A number from 1 to the largest. */
  public static Field number(String name, String label, String value, int max) {
    return new Field(name, label, null, Kind.NUMBER, value, true, max);
  }

  /** On or off. */
  public static Field toggle(String name, String label, boolean on) {
    return new Field(name, label, null, Kind.SWITCH, on ? "on" : "", false, 0);
  }

  /** This field, which may be left empty. */
  public Field optional() {
    return new Field(name, label, help, kind, value, false, max);
  }

  /** This field with what was typed; a switch that was not sent is off. */
  Field typed(@Nullable String text) {
    String now = text == null ? "" : text;
    return new Field(name, label, help, kind, now, required, max);
  }

  /** Whether a switch is on. */
  public boolean isOn() {
    return value.equals("on");
  }
}
