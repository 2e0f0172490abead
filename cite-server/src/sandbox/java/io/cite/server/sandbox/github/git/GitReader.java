package io.cite.server.sandbox.github.git;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.revwalk.RevWalkUtils;
import org.eclipse.jgit.revwalk.filter.RevFilter;
import org.eclipse.jgit.treewalk.filter.AndTreeFilter;
import org.eclipse.jgit.treewalk.filter.PathFilter;
import org.eclipse.jgit.treewalk.filter.TreeFilter;
import org.jspecify.annotations.Nullable;

/**
 * Refs and history of one repository. Stateless; failures surface as {@link UncheckedIOException}.
 */
public final class GitReader {

  private static final Pattern ABBREVIATED = Pattern.compile("[0-9a-f]{4,40}");

  private final Repository git;

  GitReader(Repository git) {
    this.git = git;
  }

  /** How two commits relate: commits on the head's side only, and how many on the base's. */
  public record Comparison(
      RevCommit base, RevCommit head, RevCommit mergeBase, List<RevCommit> ahead, int behind) {

    public String status() {
      if (ahead.isEmpty()) {
        return behind == 0 ? "identical" : "behind";
      }
      return behind == 0 ? "ahead" : "diverged";
    }
  }

  /** All branches by name. */
  public List<Ref> branches() {
    return refs(Constants.R_HEADS);
  }

  /** Refs whose full name starts with this, by name. */
  public List<Ref> refs(String prefix) {
    return asked(
        () ->
            git.getRefDatabase().getRefsByPrefix(prefix).stream()
                .sorted(Comparator.comparing(Ref::getName))
                .toList());
  }

  public Optional<Ref> ref(String fullName) {
    return asked(() -> Optional.ofNullable(git.exactRef(fullName)));
  }

  public Optional<Ref> branch(String name) {
    return ref(Constants.R_HEADS + name);
  }

  /** A commit by branch, tag, {@code heads/…}, {@code tags/…}, or (abbreviated) id. */
  public Optional<RevCommit> resolve(String text) {
    for (String prefix : List.of(Constants.R_HEADS, Constants.R_TAGS, Constants.R_REFS, "")) {
      Optional<Ref> ref =
          prefix.isEmpty() && !text.startsWith(Constants.R_REFS) && !text.equals(Constants.HEAD)
              ? Optional.empty()
              : ref(prefix + text);
      if (ref.isPresent() && ref.get().getObjectId() != null) {
        return commit(ref.get().getObjectId());
      }
    }
    if (!ABBREVIATED.matcher(text).matches()) {
      return Optional.empty();
    }
    return asked(
        () -> {
          ObjectId id = text.length() == 40 ? ObjectId.fromString(text) : git.resolve(text);
          return id == null ? Optional.empty() : commit(id);
        });
  }

  /** The commit of that id, tags followed; empty when there is none. */
  public Optional<RevCommit> commit(AnyObjectId id) {
    return asked(
        () -> {
          try (RevWalk walk = new RevWalk(git)) {
            RevCommit commit = walk.parseCommit(id);
            walk.parseBody(commit);
            return Optional.of(commit);
          } catch (MissingObjectException | IncorrectObjectTypeException e) {
            return Optional.empty();
          }
        });
  }

  /**
   * Up to {@code limit} commits after {@code skip}, newest first, optionally only those touching a
   * path.
   */
  public List<RevCommit> log(RevCommit from, @Nullable String path, int skip, int limit) {
    return asked(
        () -> {
          try (RevWalk walk = new RevWalk(git)) {
            walk.markStart(walk.parseCommit(from));
            if (path != null && !path.isEmpty()) {
              walk.setTreeFilter(
                  AndTreeFilter.create(PathFilter.create(path), TreeFilter.ANY_DIFF));
            }
            List<RevCommit> found = new ArrayList<>();
            int seen = 0;
            for (RevCommit commit = walk.next();
                commit != null && found.size() < limit;
                commit = walk.next()) {
              if (seen++ >= skip) {
                found.add(commit);
              }
            }
            return found;
          }
        });
  }

  /** Commits that {@code after} reaches and {@code before} does not, oldest first. */
  public List<RevCommit> between(ObjectId before, ObjectId after) {
    return between(List.of(before), after);
  }

  /** Commits that {@code after} reaches and none of {@code before} does, oldest first. */
  public List<RevCommit> between(List<ObjectId> before, ObjectId after) {
    return asked(
        () -> {
          try (RevWalk walk = new RevWalk(git)) {
            walk.markStart(walk.parseCommit(after));
            for (ObjectId known : before) {
              if (commit(known).isPresent()) {
                walk.markUninteresting(walk.parseCommit(known));
              }
            }
            List<RevCommit> found = new ArrayList<>();
            walk.forEach(found::add);
            Collections.reverse(found);
            return found;
          }
        });
  }

  /** Whether {@code ancestor} is in the history of {@code tip}, or is it. */
  public boolean contains(ObjectId tip, ObjectId ancestor) {
    return asked(
        () -> {
          try (RevWalk walk = new RevWalk(git)) {
            return walk.isMergedInto(walk.parseCommit(ancestor), walk.parseCommit(tip));
          } catch (MissingObjectException | IncorrectObjectTypeException e) {
            return false;
          }
        });
  }

  /** Empty when the two have no common ancestor. */
  public Optional<Comparison> compare(RevCommit base, RevCommit head) {
    return asked(
        () -> {
          try (RevWalk walk = new RevWalk(git)) {
            walk.setRevFilter(RevFilter.MERGE_BASE);
            walk.markStart(walk.parseCommit(base));
            walk.markStart(walk.parseCommit(head));
            RevCommit common = walk.next();
            if (common == null) {
              return Optional.<Comparison>empty();
            }
            walk.parseBody(common);
            walk.reset();
            walk.setRevFilter(RevFilter.ALL);
            int behind = RevWalkUtils.count(walk, walk.parseCommit(base), walk.parseCommit(head));
            return Optional.of(new Comparison(base, head, common, between(base, head), behind));
          }
        });
  }

  static <T> T asked(Question<T> question) {
    try {
      return question.ask();
    } catch (IOException e) {
      throw new UncheckedIOException("Tried to read a git repository but failed", e);
    }
  }

  /** A read of git that may fail with the disk. */
  @FunctionalInterface
  interface Question<T> {
    T ask() throws IOException;
  }
}
