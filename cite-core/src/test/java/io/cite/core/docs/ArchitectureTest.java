package io.cite.core.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.service.Namespace;
import io.cite.core.domain.service.ServiceId;
import io.cite.core.domain.source.CommitId;
import io.cite.core.domain.source.Delivery;
import io.cite.core.domain.source.DeliveryId;
import io.cite.core.domain.source.Disposition;
import io.cite.core.domain.source.HookId;
import io.cite.core.domain.source.RepositoryName;
import io.cite.core.domain.source.SourceEvent;
import io.cite.core.engine.record.schema.Key;
import io.cite.core.engine.record.schema.Keys;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Makes the tables of ports and keys from the code, and finds names that the code does not have.
 */
class ArchitectureTest {
  private static final Path SOURCE =
      Path.of("src/main/java/io/cite/core/engine/record/schema/Keys.java");
  private static final Pattern METHOD =
      Pattern.compile("/\\*\\* (.*?)\\.? \\*/\\s+public static Key<[\\w.]+> (\\w+)\\(");
  private static final Path PORTS = Path.of("src/main/java/io/cite/core/port");
  private static final Pattern PORT =
      Pattern.compile("(?s)/\\*\\*((?:(?!\\*/).)*)\\*/\\s*(?:@\\w+\\s*)*public interface (\\w+)");

  /** What ports return. */
  private static final Set<String> NO_PORTS = Set.of("Subscription");

  private static final Pattern TYPE =
      Pattern.compile("\\b(?:class|interface|record|enum) ([A-Z]\\w*)");
  private static final Pattern PACKAGE = Pattern.compile("(?m)^package ([\\w.]+);");

  /** The name of a type in a text: {@code `Name`}, {@code `Name.member`}, {@code `Name(value)`}. */
  private static final Pattern NAME = Pattern.compile("`([A-Z][A-Z0-9]*[a-z]\\w*)(?:[.(][^`]*)?`");

  /** The name of a package, as the table of arrows has it. */
  private static final Pattern ROOM =
      Pattern.compile("`((?:domain|engine|port|usecase)(?:\\.[a-z]+)+)`");

  /** Names of Kubernetes and the JDK. */
  private static final Set<String> NOT_OURS = Set.of("Service", "ReplicaSet", "Instant");

  private static final String COMMIT = "c".repeat(40);
  private static final EnvironmentId ENVIRONMENT = EnvironmentId.parse("qn/qs/qb");
  private static final Map<Class<?>, Object> SAMPLES =
      Map.ofEntries(
          Map.entry(DeliveryId.class, new DeliveryId("qi")),
          Map.entry(Delivery.class, delivery()),
          Map.entry(HookId.class, new HookId(4711)),
          Map.entry(ServiceId.class, ENVIRONMENT.service()),
          Map.entry(EnvironmentId.class, ENVIRONMENT),
          Map.entry(Namespace.class, ENVIRONMENT.namespace()),
          Map.entry(RepositoryName.class, RepositoryName.parse("qo/qr")),
          Map.entry(CommitId.class, CommitId.parse(COMMIT)),
          Map.entry(Key.class, new Key<>("/cite/.qk", Delivery.class)),
          Map.entry(String.class, "qi"),
          Map.entry(int.class, 4711),
          Map.entry(long.class, 4711L));

  private static Delivery delivery() {
    return new Delivery(
        new DeliveryId("qi"),
        "push",
        "",
        new SourceEvent.Unreadable(""),
        Instant.EPOCH,
        Disposition.ACCEPTED,
        0);
  }

  @Test
  void listsEveryPortWithWhatItIsFor() throws IOException {
    Map<String, String> rows = new TreeMap<>();
    try (Stream<Path> files = Files.walk(PORTS)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
        Matcher port = PORT.matcher(Files.readString(file));
        if (port.find() && !NO_PORTS.contains(port.group(2))) {
          String room = PORTS.getParent().relativize(file.getParent()).toString();
          rows.put(
              room.replace(file.getFileSystem().getSeparator(), ".") + "." + port.group(2),
              firstSentence(port.group(1)));
        }
      }
    }
    assertThat(rows).hasSizeGreaterThan(15);
    StringBuilder table = new StringBuilder("| port | what it is for |\n|---|---|\n");
    rows.forEach((port, text) -> table.append("| `" + port + "` | " + text + " |\n"));
    new Page("architecture.md").holds("ports", table.toString());
  }

  private static String firstSentence(String comment) {
    String text =
        comment.replaceAll("\\s*\\n \\* ?", " ").replaceAll("\\{@\\w+ ([^}]*)}", "`$1`").strip();
    int end = text.indexOf(". ");
    return end < 0 ? text.replaceAll("\\.$", "") : text.substring(0, end);
  }

  @Test
  void namesOnlyTypesAndPackagesThatExist() throws IOException {
    Set<String> types = new TreeSet<>();
    Set<String> packages = new TreeSet<>();
    try (Stream<Path> files = Files.walk(Path.of(".."))) {
      for (Path file :
          files
              .filter(each -> each.toString().endsWith(".java"))
              .filter(each -> !each.toString().contains("target"))
              .toList()) {
        String source = Files.readString(file);
        TYPE.matcher(source).results().forEach(type -> types.add(type.group(1)));
        PACKAGE.matcher(source).results().forEach(found -> packages.add(found.group(1)));
      }
    }
    List<Path> pages = new ArrayList<>(List.of(Path.of("..", "docs", "architecture.md")));
    try (Stream<Path> decisions = Files.list(Path.of("..", "docs", "adr"))) {
      decisions.forEach(pages::add);
    }
    Set<String> named = new TreeSet<>();
    Set<String> missing = new TreeSet<>();
    for (Path page : pages) {
      Matcher name = NAME.matcher(Files.readString(page));
      while (name.find()) {
        named.add(name.group(1));
        if (!types.contains(name.group(1)) && !NOT_OURS.contains(name.group(1))) {
          missing.add(page.getFileName() + " names the type " + name.group());
        }
      }
      Matcher room = ROOM.matcher(Files.readString(page));
      while (room.find()) {
        named.add(room.group(1));
        if (!packages.contains("io.cite.core." + room.group(1))) {
          missing.add(page.getFileName() + " names the package " + room.group());
        }
      }
    }
    assertThat(missing).isEmpty();
    assertThat(named).hasSizeGreaterThan(50);
  }

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
        .replace("99999999999999", "{the later, the less}")
        .replace(".qk", "{key}")
        .replace("4711", "{number}")
        .replace(COMMIT, "{commit}");
  }
}
