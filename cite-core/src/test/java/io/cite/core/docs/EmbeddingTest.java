package io.cite.core.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The example of the page about embedding is the one of the example project, and it runs. */
class EmbeddingTest {
  private static final Path SOURCE =
      Path.of("../docs/examples/embedding/src/main/java/example/PushToLive.java");
  private static final int MOST_LINES = 20;
  private static final Duration QUICK = Duration.ofMillis(200);

  @TempDir Path folder;

  @Test
  void thePageShowsTheProgram() throws Exception {
    new Page("embedding.md").holds("example", "```java\n" + Files.readString(SOURCE) + "```\n");
  }

  @Test
  void theProgramIsShort() throws Exception {
    List<String> lines = Files.readAllLines(SOURCE);
    int begin = lines.indexOf("  public static void main(String[] args) throws Exception {");
    int end = lines.indexOf("  }");
    assertThat(lines.subList(begin + 1, end)).hasSizeBetween(1, MOST_LINES - 1);
  }

  @Test
  @Timeout(60)
  void theProgramGetsFromAPushToALiveDeploymentQuickly() throws Exception {
    String out = folder.toString();
    String path = System.getProperty("java.class.path");
    assertThat(
            ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-cp", path, "-d", out, SOURCE.toString()))
        .isZero();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
      Method main = loader.loadClass("example.PushToLive").getMethod("main", String[].class);
      assertThat(output(main)).isEqualTo("deployment 1 is LIVE");
      // a busy machine may need some attempts; one that is quick shows that nothing waits
      Duration time = time(main);
      while (time.compareTo(QUICK) > 0) {
        time = time(main);
      }
    }
  }

  private static Duration time(Method main) throws Exception {
    long begin = System.nanoTime();
    output(main);
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  private static String output(Method main) throws Exception {
    PrintStream before = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      main.invoke(null, (Object) new String[0]);
    } finally {
      System.setOut(before);
    }
    return printed.toString(StandardCharsets.UTF_8).strip();
  }
}
