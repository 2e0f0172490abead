package io.cite.server.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What is public is used from another package; everything else keeps to its own. */
@AnalyzeClasses(
    packages = {"io.cite", "gg.jte.generated"},
    importOptions = ProductionCode.class)
class VisibilityTest {
  /** What nobody here uses, and for whom it is. */
  private static final Map<String, String> FOR_OTHERS =
      Map.of(
          "io.cite.core.engine.SteppedEngine", "simulations, also those of embedders",
          "io.cite.core.engine.EngineSettings.with", "embedders",
          "io.cite.server.bootstrap.Escaped", "logback.xml",
          "io.cite.server.cli.CiteCommand.<init>", "the library that reads the command line",
          "io.cite.server.outbound.Answer.text", "the tests of adapters",
          "io.cite.server.config.ConfigurationKey", "the tests of the documents",
          "io.cite.server.config.Configuration.keys", "the tests of the documents");

  /** Begins the packages of the sandbox, which is not for production. */
  private static final String SANDBOX = "io.cite.server.sandbox";

  private static final Set<String> OF_EVERY_OBJECT =
      Set.of("equals", "hashCode", "toString", "values", "valueOf");

  @ArchTest
  static void whatIsPublicIsUsedFromAnotherPackage(JavaClasses classes) {
    Set<String> unused = new TreeSet<>();
    for (JavaClass type : classes) {
      if (isInside(type) && isPublic(type.getModifiers())) {
        if (type.isTopLevelClass() && !isUsedFromAnotherPackage(type)) {
          unused.add(type.getName());
        } else {
          type.getCodeUnits().stream()
              .filter(unit -> isPublic(unit.getModifiers()) && !isGiven(unit))
              .filter(unit -> !isUsedFromAnotherPackage(unit))
              .forEach(unit -> unused.add(type.getName() + "." + unit.getName()));
        }
      }
    }
    assertThat(unused)
        .filteredOn(name -> FOR_OTHERS.keySet().stream().noneMatch(name::startsWith))
        .isEmpty();
  }

  private static boolean isInside(JavaClass type) {
    String name = type.getPackageName();
    boolean generated = type.getSimpleName().contains("_");
    return !generated
        && (name.startsWith("io.cite.core.engine")
            || name.startsWith("io.cite.server.") && !name.startsWith(SANDBOX));
  }

  private static boolean isPublic(Set<JavaModifier> modifiers) {
    return modifiers.contains(JavaModifier.PUBLIC) && !modifiers.contains(JavaModifier.SYNTHETIC);
  }

  /** Whether Java or a supertype says that it is public. */
  private static boolean isGiven(JavaCodeUnit unit) {
    JavaClass type = unit.getOwner();
    boolean ofARecord =
        type.isRecord()
            && (unit instanceof JavaConstructor || type.tryGetField(unit.getName()).isPresent());
    return ofARecord
        || type.isInterface()
        || OF_EVERY_OBJECT.contains(unit.getName())
        || Stream.concat(type.getAllRawInterfaces().stream(), type.getAllRawSuperclasses().stream())
            .flatMap(above -> above.getMethods().stream())
            .anyMatch(method -> method.getName().equals(unit.getName()));
  }

  private static boolean isUsedFromAnotherPackage(JavaClass type) {
    return Stream.concat(
            type.getDirectDependenciesToSelf().stream().map(Dependency::getOriginClass),
            type.getAllSubclasses().stream())
        .anyMatch(user -> !user.getPackageName().equals(type.getPackageName()));
  }

  private static boolean isUsedFromAnotherPackage(JavaCodeUnit unit) {
    String home = unit.getOwner().getPackageName();
    return unit.getAccessesToSelf().stream()
        .map(JavaAccess::getOriginOwner)
        .anyMatch(user -> !user.getPackageName().equals(home));
  }
}
