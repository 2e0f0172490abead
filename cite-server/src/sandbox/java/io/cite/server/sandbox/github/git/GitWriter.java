package io.cite.server.sandbox.github.git;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEditor;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;

/** Changes to one repository made without a clone. Stateless. */
public final class GitWriter {

  private final Repository git;

  GitWriter(Repository git) {
    this.git = git;
  }

  /** Who commits, and when. */
  public record Author(String name, String email, Instant at) {

    PersonIdent ident() {
      return new PersonIdent(name, email, at, ZoneOffset.UTC);
    }
  }

  /**
   * Puts a commit on top of a branch, which comes into being when it is new: from {@code start}, or
   * without history when that is empty.
   *
   * @param files content by path; a null content removes the file
   */
  public RefChange commit(
      String branch,
      Optional<RevCommit> start,
      Map<String, byte[]> files,
      Iterable<String> removed,
      String message,
      Author author) {
    String ref = Constants.R_HEADS + branch;
    try (ObjectInserter inserter = git.newObjectInserter();
        ObjectReader reader = git.newObjectReader()) {
      Optional<RevCommit> head = new GitReader(git).ref(ref).flatMap(this::commitOf);
      Optional<RevCommit> parent = head.or(() -> start);
      DirCache index = DirCache.newInCore();
      if (parent.isPresent()) {
        DirCacheBuilder builder = index.builder();
        builder.addTree(new byte[0], DirCacheEntry.STAGE_0, reader, parent.get().getTree());
        builder.finish();
      }
      DirCacheEditor editor = index.editor();
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        ObjectId blob = inserter.insert(Constants.OBJ_BLOB, file.getValue());
        editor.add(
            new DirCacheEditor.PathEdit(file.getKey()) {
              @Override
              public void apply(DirCacheEntry entry) {
                entry.setFileMode(FileMode.REGULAR_FILE);
                entry.setObjectId(blob);
              }
            });
      }
      removed.forEach(path -> editor.add(new DirCacheEditor.DeletePath(path)));
      editor.finish();
      CommitBuilder commit = new CommitBuilder();
      commit.setTreeId(index.writeTree(inserter));
      parent.ifPresent(commit::setParentId);
      commit.setAuthor(author.ident());
      commit.setCommitter(author.ident());
      commit.setMessage(message);
      ObjectId id = inserter.insert(commit);
      inserter.flush();
      ObjectId before = head.<ObjectId>map(RevCommit::toObjectId).orElse(ObjectId.zeroId());
      return update(ref, before, id);
    } catch (IOException e) {
      throw new UncheckedIOException("Tried to commit to " + branch + " but failed", e);
    }
  }

  /** Moves, makes or (zero id) deletes a ref, if it still is where the caller saw it. */
  public RefChange update(String ref, ObjectId before, ObjectId after) {
    boolean forced =
        !before.equals(ObjectId.zeroId())
            && !after.equals(ObjectId.zeroId())
            && !new GitReader(git).contains(after, before);
    try {
      RefUpdate update = git.updateRef(ref);
      update.setExpectedOldObjectId(before);
      update.setForceUpdate(true);
      update.setNewObjectId(after);
      RefUpdate.Result result = after.equals(ObjectId.zeroId()) ? update.delete() : update.update();
      switch (result) {
        case NEW, FAST_FORWARD, FORCED, NO_CHANGE -> {
          return new RefChange(ref, before, after, forced);
        }
        default ->
            throw new IllegalStateException(
                "Could not update " + ref + ": git answered " + result);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Tried to update " + ref + " but failed", e);
    }
  }

  /** Makes a branch the one that clones check out. */
  public void pointHeadAt(String branch) {
    try {
      git.updateRef(Constants.HEAD, true).link(Constants.R_HEADS + branch);
    } catch (IOException e) {
      throw new UncheckedIOException("Tried to set the default branch but failed", e);
    }
  }

  private Optional<RevCommit> commitOf(org.eclipse.jgit.lib.Ref ref) {
    return new GitReader(git).commit(Objects.requireNonNull(ref.getObjectId()));
  }
}
