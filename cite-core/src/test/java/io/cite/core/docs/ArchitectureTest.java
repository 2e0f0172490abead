package io.cite.core.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.service.Namespace;
import io.cite.core.domain.service.ServiceId;
import io.cite.core.domain.source.CommitId;
import io.cite.core.domain.source.DeliveryId;
import io.cite.core.domain.source.HookId;
import io.cite.core.domain.source.RepositoryName;
import io.cite.core.engine.record.schema.Key;
import io.cite.core.engine.record.schema.Keys;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Makes the table of keys from the class that makes the keys. */
class ArchitectureTest {
  private static final Path SOURCE =
      Path.of("src/main/java/io/cite/core/engine/record/schema/Keys.java");
  private static final Pattern METHOD =
      Pattern.compile("/\\*\\* (.*?)\\.? \\*/\\s+public static Key<[\\w.]+> (\\w+)\\(");
  private static final String COMMIT = "c".repeat(40);
  private static final EnvironmentId ENVIRONMENT = EnvironmentId.parse("qn/qs/qb");
  private static final Map<Class<?>, Object> SAMPLES =
      Map.of(
          DeliveryId.class,
          new DeliveryId("qi"),
          HookId.class,
          new HookId(4711),
          ServiceId.class,
          ENVIRONMENT.service(),
          EnvironmentId.class,
          ENVIRONMENT,
          Namespace.class,
          ENVIRONMENT.namespace(),
          RepositoryName.class,
          RepositoryName.parse("qo/qr"),
          CommitId.class,
          CommitId.parse(COMMIT),
          String.class,
          "qi",
          long.class,
          4711L);

  @Test
  void listsEveryKeyWithWhatLiesThere() throws Exception {
    Map<String, String> comments = comments();
    Map<String, String> rows = new TreeMap<>();
    for (Method method : Keys.class.getMethods()) {
      if (method.getReturnType() == Key.class) {
        Object[] arguments = Arrays.stream(method.getParameterTypes()).map(SAMPLES::get).toArray();
        Key<?> key = (Key<?>) method.invoke(null, arguments);
        if (!key.path().endsWith("/")) {
          rows.put(
              readable(key.path()),
              comments.get(method.getName()) + " | `" + key.type().getSimpleName() + "`");
        }
      }
    }
    assertThat(rows).hasSizeGreaterThan(10);
    StringBuilder table = new StringBuilder("| key | what | record |\n|---|---|---|\n");
    rows.forEach((path, row) -> table.append("| `" + path + "` | ").append(row).append(" |\n"));
    new Page("architecture.md").holds("keys", table.toString());
  }

  private static Map<String, String> comments() throws IOException {
    Map<String, String> comments = new LinkedHashMap<>();
    Matcher matcher = METHOD.matcher(Files.readString(SOURCE));
    while (matcher.find()) {
      comments.put(matcher.group(2), matcher.group(1));
    }
    return comments;
  }

  private static String readable(String path) {
    return path.replace("qs-qb", "{environment}")
        .replace("qo/qr", "{owner}/{repository}")
        .replace("qn", "{namespace}")
        .replace("qs", "{service}")
        .replace("qb", "{branch}")
        .replace("qi", "{id}")
        .replace("4711", "{number}")
        .replace(COMMIT, "{commit}");
  }
}
