package io.cite.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.cite.core.domain.audit.AuditEntry;
import io.cite.core.domain.build.BuildState;
import io.cite.core.domain.deploy.DeploymentState;
import io.cite.core.domain.service.ServiceState;
import io.cite.core.domain.service.StepRecord;
import io.cite.core.domain.source.Disposition;
import io.cite.core.usecase.create.Plan;
import io.cite.core.usecase.operate.Explain;
import io.cite.server.web.text.Texts;
import io.cite.server.web.view.EnvironmentStatus;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every text of a page is in the message bundles, in each language, and no other text is there. */
class MessagesTest {
  private static final Path BUNDLES = Path.of("src/main/resources/io/cite/server/web");
  private static final List<Path> USERS =
      List.of(Path.of("src/main/jte"), Path.of("src/main/java/io/cite/server/web"));
  private static final Pattern LITERAL = Pattern.compile("\"([a-z][A-Za-z]*(?:\\.[A-Za-z_]+)+)\"");
  private static final Pattern VALUE = Pattern.compile("\\{\\d}");

  private static Properties bundle(Locale language) throws IOException {
    Properties texts = new Properties();
    Path file = BUNDLES.resolve("messages_" + language.getLanguage() + ".properties");
    try (Reader in = Files.newBufferedReader(file)) {
      texts.load(in);
    }
    return texts;
  }

  @Test
  void hasTheSameTextsWithTheSameValuesInEveryLanguage() throws IOException {
    Properties first = bundle(Texts.LANGUAGES.get(0));
    for (Locale language : Texts.LANGUAGES) {
      Properties other = bundle(language);
      assertThat(other.stringPropertyNames())
          .as(language.toString())
          .isEqualTo(first.stringPropertyNames());
      for (String key : first.stringPropertyNames()) {
        assertThat(values(other.getProperty(key)))
            .as("%s in %s", key, language)
            .isEqualTo(values(first.getProperty(key)));
        assertThat(other.getProperty(key)).as("%s in %s", key, language).isNotBlank();
      }
    }
  }

  private static Set<String> values(String text) {
    return new TreeSet<>(VALUE.matcher(text).results().map(found -> found.group()).toList());
  }

  @Test
  void hasEveryTextThatIsUsedAndNoOther() throws IOException {
    Set<String> used = new TreeSet<>();
    for (Path directory : USERS) {
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          Matcher literals = LITERAL.matcher(Files.readString(file));
          while (literals.find()) {
            used.add(literals.group(1));
          }
        }
      }
    }
    List<Enum<?>> named = new ArrayList<>();
    named.addAll(List.of(EnvironmentStatus.values()));
    named.addAll(List.of(ActivityPages.ActivityKind.values()));
    named.addAll(List.of(BuildState.values()));
    named.addAll(List.of(DeploymentState.values()));
    named.addAll(List.of(ServiceState.values()));
    named.addAll(List.of(StepRecord.CreateStep.values()));
    named.addAll(List.of(StepRecord.Progress.values()));
    named.addAll(List.of(Plan.Action.values()));
    named.addAll(List.of(Explain.Kind.values()));
    named.addAll(List.of(Disposition.Kind.values()));
    named.addAll(List.of(AuditEntry.Outcome.values()));
    Properties known = bundle(Locale.ENGLISH);
    Set<String> bundled = new TreeSet<>(known.stringPropertyNames());
    Set<String> ofConstants = new TreeSet<>();
    for (Enum<?> constant : named) {
      String type = constant.getDeclaringClass().getSimpleName();
      ofConstants.add(
          type.substring(0, 1).toLowerCase(Locale.ROOT)
              + type.substring(1)
              + "."
              + constant.name());
    }
    assertThat(bundled).containsAll(ofConstants);
    Set<String> unused = new TreeSet<>(bundled);
    unused.removeAll(ofConstants);
    unused.removeAll(used);
    assertThat(unused).as("texts that nothing uses").isEmpty();
    for (String key : used) {
      String area = key.substring(0, key.indexOf('.') + 1);
      if (bundled.stream().anyMatch(text -> text.startsWith(area))) {
        assertThat(bundled).as("texts that are used").contains(key);
      }
    }
  }

  @Test
  void speaksTheLanguageThatIsAskedFor() {
    assertThat(Texts.wanted(null, "ko-KR,ko;q=0.9,en;q=0.8").language()).isEqualTo("ko");
    assertThat(Texts.wanted(null, "fr-FR,fr;q=0.9").language()).isEqualTo("en");
    assertThat(Texts.wanted(null, "de, ko;q=0.5").language()).isEqualTo("ko");
    assertThat(Texts.wanted("en", "ko").language()).isEqualTo("en");
    assertThat(Texts.wanted("xx", null).language()).isEqualTo("en");
    assertThat(Texts.wanted(null, ";;;=").language()).isEqualTo("en");
  }

  @Test
  void tellsATimeInItsTwoLargestUnits() {
    Texts english = Texts.wanted("en", null);
    assertThat(english.duration(Duration.ofSeconds(59))).isEqualTo("59 s");
    assertThat(english.duration(Duration.ofSeconds(61))).isEqualTo("1 min 1 s");
    assertThat(english.duration(Duration.ofMinutes(61))).isEqualTo("1 h 1 min");
    assertThat(english.duration(Duration.ofHours(1_234))).isEqualTo("51 d 10 h");
    assertThat(Texts.wanted("ko", null).duration(Duration.ofHours(28))).isEqualTo("1일 4시간");
  }
}
