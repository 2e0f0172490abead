package io.cite.core.domain.source;

/**
 * What CITE did about a delivery, and why.
 *
 * @param kind what was done
 * @param reason in words; empty while the delivery waits
 */
public record Disposition(Kind kind, String reason) {

  /** What became of a delivery. */
  public enum Kind {
    /** Stored; not checked yet. */
    ACCEPTED,
    /** It led CITE to check something. */
    APPLIED,
    /** Nothing to do, for the reason given. */
    IGNORED,
    /** It could not be handled after several attempts. */
    QUARANTINED
  }

  /** Stored; not checked yet. */
  public static final Disposition ACCEPTED = new Disposition(Kind.ACCEPTED, "");

  /** It led CITE to check something. */
  public static Disposition applied(String what) {
    return new Disposition(Kind.APPLIED, what);
  }

  /** Nothing to do. */
  public static Disposition ignored(String why) {
    return new Disposition(Kind.IGNORED, why);
  }

  /** Given up on. */
  public static Disposition quarantined(String why) {
    return new Disposition(Kind.QUARANTINED, why);
  }

  /** This outcome with a remark after its reason. */
  public Disposition with(String remark) {
    return new Disposition(kind, reason.isEmpty() ? remark : reason + "; " + remark);
  }

  /** Whether CITE is done with the delivery. */
  public boolean isFinal() {
    return kind != Kind.ACCEPTED;
  }

  @Override
  public String toString() {
    String word = kind.name().toLowerCase(java.util.Locale.ROOT);
    return reason.isEmpty() ? word : word + ": " + reason;
  }
}
