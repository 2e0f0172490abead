package io.cite.server.sandbox.github.state;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a person may do with a repository, weakest first. */
public enum Permission {
  NONE("none", "none"),
  READ("read", "pull"),
  TRIAGE("triage", "triage"),
  WRITE("write", "push"),
  MAINTAIN("maintain", "maintain"),
  ADMIN("admin", "admin");

  private final String role;
  private final String verb;

  Permission(String role, String verb) {
    this.role = role;
    this.verb = verb;
  }

  /** The name of the role, such as {@code write}. */
  public String role() {
    return role;
  }

  /** The legacy name of a permission, in which triage is read and maintain is write. */
  public String coarse() {
    return switch (this) {
      case TRIAGE -> READ.role;
      case MAINTAIN -> WRITE.role;
      default -> role;
    };
  }

  public boolean allows(Permission needed) {
    return compareTo(needed) >= 0;
  }

  /** Reads either spelling: {@code push} or {@code write}. */
  public static Optional<Permission> parse(String text) {
    String name = text.toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(p -> p.role.equals(name) || p.verb.equals(name))
        .findFirst();
  }
}
