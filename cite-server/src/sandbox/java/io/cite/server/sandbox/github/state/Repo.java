package io.cite.server.sandbox.github.state;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A repository beside its git contents.
 *
 * @param members permission by login, the owner not among them
 */
public record Repo(
    long id,
    String owner,
    String name,
    boolean hidden,
    boolean archived,
    String defaultBranch,
    @Nullable String description,
    Map<String, Permission> members,
    Instant createdAt,
    Instant updatedAt,
    Instant pushedAt)
    implements Row {

  public Repo {
    members = Map.copyOf(members);
  }

  @Override
  public long repository() {
    return id;
  }

  public String fullName() {
    return owner + "/" + name;
  }

  public Repo withMember(String login, Permission permission) {
    Map<String, Permission> changed = new LinkedHashMap<>(members);
    changed.keySet().removeIf(login::equalsIgnoreCase);
    if (permission != Permission.NONE) {
      changed.put(login, permission);
    }
    return new Repo(
        id,
        owner,
        name,
        hidden,
        archived,
        defaultBranch,
        description,
        changed,
        createdAt,
        updatedAt,
        pushedAt);
  }

  public Repo withSettings(
      boolean nowHidden, boolean nowArchived, String branch, @Nullable String text, Instant at) {
    return new Repo(
        id, owner, name, nowHidden, nowArchived, branch, text, members, createdAt, at, pushedAt);
  }

  public Repo renamed(String newName, Instant at) {
    return new Repo(
        id,
        owner,
        newName,
        hidden,
        archived,
        defaultBranch,
        description,
        members,
        createdAt,
        at,
        pushedAt);
  }

  public Repo pushed(String branch, Instant at) {
    return new Repo(
        id, owner, name, hidden, archived, branch, description, members, createdAt, at, at);
  }
}
