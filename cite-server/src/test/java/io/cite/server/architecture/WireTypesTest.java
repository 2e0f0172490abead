package io.cite.server.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.cite.sdk.wire.ServiceView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The names of the types on the wire, which are not those of the domain. */
@AnalyzeClasses(packages = "io.cite", importOptions = ProductionCode.class)
class WireTypesTest {
  private static final String WIRE = "io.cite.sdk.wire";
  private static final Pattern READ = Pattern.compile("read\\w*\\(\\s*ctx,\\s*(\\w+)\\.class");

  @ArchTest
  static final ArchRule wireTypesSayWhatTheyAre =
      classes()
          .that()
          .resideInAPackage(WIRE)
          .and()
          .arePublic()
          .should()
          .haveSimpleNameEndingWith("View")
          .orShould()
          .haveSimpleNameEndingWith("Request")
          .because(
              "a View is what the server shows, or a part of it; a Request is what it is sent");

  @ArchTest
  static final ArchRule responsesAreViews =
      methods()
          .that()
          .areDeclaredIn("io.cite.server.http.ResponseMapper")
          .and()
          .areNotPrivate()
          .should()
          .haveRawReturnType(JavaClass.Predicates.simpleNameEndingWith("View"))
          .because("what the server shows is a record that it shares with the SDK");

  @Test
  void bodiesAreReadAsRequests() throws IOException {
    List<String> read = new ArrayList<>();
    try (Stream<Path> files = Files.list(Path.of("src/main/java/io/cite/server/http"))) {
      for (Path file : files.toList()) {
        READ.matcher(Files.readString(file)).results().forEach(call -> read.add(call.group(1)));
      }
    }
    assertThat(read).contains("CreateServiceRequest").allMatch(type -> type.endsWith("Request"));
  }

  @ArchTest
  static void noNameIsSharedWithTheSdk(JavaClasses classes) {
    Set<String> published =
        names(
            classes,
            type ->
                isIn(type, "io.cite.sdk")
                    && type.isTopLevelClass()
                    && type.getModifiers().contains(JavaModifier.PUBLIC));
    assertThat(published).contains(ServiceView.class.getSimpleName(), "CiteClient");

    Set<String> shared =
        names(classes, type -> !isIn(type, "io.cite.sdk") && !isIn(type, "io.cite.server.sandbox"));
    shared.retainAll(published);

    assertThat(shared)
        .as("whoever uses the core and the SDK in one class would have to spell out the packages")
        .isEmpty();
  }

  private static boolean isIn(JavaClass type, String root) {
    return type.getPackageName().equals(root) || type.getPackageName().startsWith(root + ".");
  }

  private static Set<String> names(JavaClasses classes, Predicate<JavaClass> which) {
    return classes.stream()
        .filter(which)
        .map(JavaClass::getSimpleName)
        .filter(name -> !name.isEmpty() && !name.equals("package-info"))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
