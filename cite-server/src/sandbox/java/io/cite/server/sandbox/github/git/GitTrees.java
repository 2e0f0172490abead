package io.cite.server.sandbox.github.git;

import static io.cite.server.sandbox.github.git.GitReader.asked;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.diff.DiffEntry;
import org.eclipse.jgit.diff.DiffFormatter;
import org.eclipse.jgit.diff.Edit;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.util.io.DisabledOutputStream;
import org.jspecify.annotations.Nullable;

/** Files of one repository and their changes. Stateless. */
public final class GitTrees {

  private final Repository git;

  GitTrees(Repository git) {
    this.git = git;
  }

  /** A file, directory, symlink or submodule; {@code type} is GitHub's word. */
  public record Entry(String path, String type, ObjectId id, long size) {

    public String name() {
      return path.substring(path.lastIndexOf('/') + 1);
    }
  }

  /** One changed file; {@code status} is {@code added}, {@code removed} or {@code modified}. */
  public record Change(String path, String status, ObjectId blob, int additions, int deletions) {}

  /** What lies at a path; the empty path is the root directory. */
  public Optional<Entry> find(RevCommit commit, String path) {
    if (path.isEmpty()) {
      return Optional.of(new Entry("", "dir", commit.getTree(), 0));
    }
    return asked(
        () -> {
          try (TreeWalk walk = TreeWalk.forPath(git, path, commit.getTree())) {
            return walk == null ? Optional.empty() : Optional.of(entry(walk, path));
          }
        });
  }

  public List<Entry> list(Entry directory) {
    return asked(
        () -> {
          try (TreeWalk walk = new TreeWalk(git)) {
            walk.addTree(directory.id());
            List<Entry> found = new ArrayList<>();
            String prefix = directory.path().isEmpty() ? "" : directory.path() + "/";
            while (walk.next()) {
              found.add(entry(walk, prefix + walk.getPathString()));
            }
            return found;
          }
        });
  }

  public byte[] read(Entry file) {
    return asked(() -> git.open(file.id()).getBytes());
  }

  /** What a commit changed against its first parent, or against nothing. */
  public List<Change> changes(RevCommit commit) {
    RevCommit parent =
        commit.getParentCount() == 0
            ? null
            : new GitReader(git).commit(commit.getParent(0)).orElse(null);
    return changes(parent, commit);
  }

  public List<Change> changes(@Nullable RevCommit from, RevCommit to) {
    return asked(
        () -> {
          try (DiffFormatter diff = new DiffFormatter(DisabledOutputStream.INSTANCE)) {
            diff.setRepository(git);
            List<Change> found = new ArrayList<>();
            for (DiffEntry entry : diff.scan(from == null ? null : from.getTree(), to.getTree())) {
              int additions = 0;
              int deletions = 0;
              for (Edit edit : diff.toFileHeader(entry).toEditList()) {
                additions += edit.getLengthB();
                deletions += edit.getLengthA();
              }
              boolean removed = entry.getChangeType() == DiffEntry.ChangeType.DELETE;
              String status =
                  switch (entry.getChangeType()) {
                    case ADD, COPY -> "added";
                    case DELETE -> "removed";
                    default -> "modified";
                  };
              found.add(
                  new Change(
                      removed ? entry.getOldPath() : entry.getNewPath(),
                      status,
                      (removed ? entry.getOldId() : entry.getNewId()).toObjectId(),
                      additions,
                      deletions));
            }
            return found;
          }
        });
  }

  private Entry entry(TreeWalk walk, String path) throws java.io.IOException {
    ObjectId id = walk.getObjectId(0);
    FileMode mode = walk.getFileMode(0);
    if (mode.equals(FileMode.TREE)) {
      return new Entry(path, "dir", id, 0);
    }
    if (mode.equals(FileMode.GITLINK)) {
      return new Entry(path, "submodule", id, 0);
    }
    ObjectReader reader = walk.getObjectReader();
    return new Entry(
        path,
        mode.equals(FileMode.SYMLINK) ? "symlink" : "file",
        id,
        reader.getObjectSize(id, ObjectReader.OBJ_ANY));
  }
}
