package io.cite.server.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.PackageMatcher;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;

/** Which library may be seen where. */
@AnalyzeClasses(packages = "io.cite", importOptions = ProductionCode.class)
class LibrariesTest {
  /** Where each library is used; whoever exchanges it has to change nothing else. */
  private static final Map<String, List<String>> HOMES =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry(
                  "io.fabric8..",
                  List.of(
                      "io.cite.adapters.k8s..",
                      "io.cite.server.bootstrap..",
                      "io.cite.server.sandbox.kubernetes..")),
              Map.entry("org.kohsuke..", List.of("io.cite.adapters.github..")),
              Map.entry("com.nimbusds..", List.of("io.cite.adapters.github..")),
              Map.entry("org.apache.hc..", List.of("io.cite.server.adapter.notify..")),
              Map.entry("org.apache.http..", List.of("io.cite.server.adapter.elasticsearch..")),
              Map.entry(
                  "com.google.crypto.tink..",
                  List.of("io.cite.server.security..", "io.cite.server.adapter.jdbi..")),
              Map.entry("io.github.bucket4j..", List.of("io.cite.server.http..")),
              Map.entry("io.etcd..", List.of("io.cite.adapters.etcd..")),
              Map.entry("io.grpc..", List.of("io.cite.adapters.etcd..")),
              Map.entry("co.elastic..", List.of("io.cite.server.adapter.elasticsearch..")),
              Map.entry("org.elasticsearch..", List.of("io.cite.server.adapter.elasticsearch..")),
              Map.entry("org.jdbi..", List.of("io.cite.server.adapter.jdbi..")),
              Map.entry("org.h2..", List.of("io.cite.server.adapter.jdbi..")),
              Map.entry("org.flywaydb..", List.of("io.cite.server.adapter.jdbi..")),
              Map.entry("com.zaxxer..", List.of("io.cite.server.adapter.jdbi..")),
              Map.entry(
                  "io.javalin..",
                  List.of(
                      "io.cite.server.http..", "io.cite.server.web..", "io.cite.server.sandbox..")),
              Map.entry("gg.jte..", List.of("io.cite.server.web", "gg.jte..")),
              Map.entry(
                  "org.eclipse.jetty..",
                  List.of("io.cite.server.http..", "io.cite.server.sandbox..")),
              Map.entry("org.eclipse.jgit..", List.of("io.cite.server.sandbox..")),
              Map.entry(
                  "io.fabric8.mockwebserver..", List.of("io.cite.server.sandbox.kubernetes..")),
              Map.entry(
                  "io.fabric8.kubernetes.client.server..",
                  List.of("io.cite.server.sandbox.kubernetes..")),
              Map.entry("io.vertx..", List.of("io.cite.server.sandbox..")),
              Map.entry("org.bouncycastle..", List.of("io.cite.server.sandbox..")),
              Map.entry(
                  "picocli..", List.of("io.cite.server.cli..", "io.cite.server.sandbox.cli..")),
              Map.entry("dagger..", List.of("io.cite.server.bootstrap..")),
              Map.entry("jakarta.inject..", List.of("io.cite.server.bootstrap.."))));

  @ArchTest
  static void librariesStayInTheirHomes(JavaClasses classes) {
    HOMES.forEach(
        (library, homes) ->
            noClasses()
                .that()
                .resideOutsideOfPackages(homes.toArray(String[]::new))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .because("one package has to be read when " + library + " changes: " + homes)
                .check(classes));
  }

  /**
   * Whoever calls a method depends on the types in its signature, though the compiler does not show
   * it as an import.
   */
  @ArchTest
  static void noLibraryIsHandedOn(JavaClasses classes) {
    Set<String> handedOn = new TreeSet<>();
    for (JavaClass owner : classes) {
      for (JavaMember member : owner.getMembers()) {
        types(member).forEach(type -> handedOn.addAll(strangers(member, type)));
      }
    }
    Assertions.assertThat(handedOn)
        .as("a caller outside of the library's homes would depend on it without choosing it")
        .isEmpty();
  }

  private static Set<String> strangers(JavaMember member, JavaClass type) {
    Set<String> strangers = new TreeSet<>();
    HOMES.forEach(
        (library, homes) -> {
          if (PackageMatcher.of(library).matches(type.getPackageName())) {
            member.getAccessesToSelf().stream()
                .map(access -> access.getOriginOwner())
                .filter(user -> homes.stream().noneMatch(home -> isIn(user, home)))
                .forEach(
                    user ->
                        strangers.add(
                            user.getName()
                                + " gets "
                                + type.getName()
                                + " by "
                                + member.getName()));
          }
        });
    return strangers;
  }

  private static boolean isIn(JavaClass type, String home) {
    return PackageMatcher.of(home).matches(type.getPackageName());
  }

  private static Stream<JavaClass> types(JavaMember member) {
    List<JavaClass> types = new ArrayList<>();
    if (member instanceof JavaField field) {
      types.addAll(field.getAllInvolvedRawTypes());
    }
    if (member instanceof JavaCodeUnit unit) {
      types.addAll(unit.getReturnType().getAllInvolvedRawTypes());
      unit.getParameterTypes().forEach(type -> types.addAll(type.getAllInvolvedRawTypes()));
      types.addAll(unit.getExceptionTypes());
    }
    return types.stream();
  }
}
