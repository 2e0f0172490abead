package io.cite.server.sandbox.github.git;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.RepositoryBuilder;
import org.eclipse.jgit.lib.StoredConfig;

/**
 * Bare repositories as {@code OWNER/NAME.git} below one directory, each opened once. Thread-safe.
 * Failures of the disk surface as {@link UncheckedIOException}.
 */
public final class GitStorage implements AutoCloseable {

  private static final Pattern SEGMENT = Pattern.compile("(?!\\.{1,2}$)[A-Za-z0-9._-]{1,100}");

  private final Path root;
  private final Map<String, Repository> open = new ConcurrentHashMap<>();

  public GitStorage(Path root) {
    this.root = root;
  }

  /** Whether this can be the name of an owner or of a repository. */
  public static boolean isName(String text) {
    return SEGMENT.matcher(text).matches();
  }

  /** The repository, made when it is not there yet. It stays open until {@link #close}. */
  Repository repository(String owner, String name) {
    return open.computeIfAbsent(key(owner, name), key -> load(root.resolve(key)));
  }

  void delete(String owner, String name) {
    String key = key(owner, name);
    Repository repository = open.remove(key);
    if (repository != null) {
      repository.close();
    }
    try (Stream<Path> files = Files.walk(root.resolve(key))) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Tried to delete repository " + key + " but failed", e);
    }
  }

  /** Gives a repository another name, which no repository may have. */
  void rename(String owner, String name, String newName) {
    String from = key(owner, name);
    String to = key(owner, newName);
    Repository repository = open.remove(from);
    if (repository != null) {
      repository.close();
    }
    try {
      Files.move(root.resolve(from), root.resolve(to));
    } catch (IOException e) {
      throw new UncheckedIOException("Tried to rename repository " + from + " but failed", e);
    }
  }

  @Override
  public void close() {
    open.values().forEach(Repository::close);
    open.clear();
  }

  private static String key(String owner, String name) {
    if (!isName(owner) || !isName(name)) {
      throw new IllegalArgumentException(
          owner + "/" + name + " is not a repository name");
    }
    return (owner + "/" + name + ".git").toLowerCase(Locale.ROOT);
  }

  private static Repository load(Path directory) {
    try {
      boolean fresh = !Files.exists(directory.resolve(Constants.HEAD));
      Repository repository =
          new RepositoryBuilder().setGitDir(directory.toFile()).setBare().build();
      if (fresh) {
        Files.createDirectories(directory);
        repository.create(true);
        StoredConfig config = repository.getConfig();
        config.setBoolean("uploadpack", null, "allowFilter", true);
        config.setBoolean("uploadpack", null, "allowAnySHA1InWant", true);
        config.save();
        repository.updateRef(Constants.HEAD, true).link(Constants.R_HEADS + "main");
      }
      return repository;
    } catch (IOException e) {
      throw new UncheckedIOException("Tried to open " + directory + " but failed", e);
    }
  }
}
