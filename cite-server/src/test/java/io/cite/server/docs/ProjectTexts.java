package io.cite.server.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Every text file of the project: code, resources, documents, builds. */
final class ProjectTexts {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  /** What is made by tools or is not the project's own text. */
  private static final Set<String> FOREIGN_DIRECTORIES =
      Set.of(".git", "target", ".idea", ".vscode", ".settings", "node_modules");

  private static final Set<String> FOREIGN_FILES =
      Set.of("LICENSE", "mvnw", "mvnw.cmd", "dependency-reduced-pom.xml");

  private ProjectTexts() {}

  /** The lines of each file by its path from the root, in the order of the paths. */
  static Map<String, List<String>> read() throws IOException {
    Map<String, List<String>> texts = new TreeMap<>();
    Files.walkFileTree(
        ROOT,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            return FOREIGN_DIRECTORIES.contains(directory.getFileName().toString())
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            String path = ROOT.relativize(file).toString().replace('\\', '/');
            if (!FOREIGN_FILES.contains(file.getFileName().toString())
                && !path.startsWith("cite-server/src/test/resources/words/")) {
              List<String> lines = lines(file);
              if (!lines.isEmpty()) {
                texts.put(path, lines);
              }
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return texts;
  }

  /** The lines of a text file; none of a file that is not text. */
  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (MalformedInputException binary) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
