package io.cite.server.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.properties.HasOwner;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.cite.core.port.MetadataStore;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.NullMarked;

/** Who may know whom. */
@AnalyzeClasses(packages = "io.cite", importOptions = ProductionCode.class)
class ModulesTest {
  private static final String DOMAIN = "io.cite.core.domain..";
  private static final String PORT = "io.cite.core.port..";
  private static final String ENGINE = "io.cite.core.engine..";
  private static final String USE_CASE = "io.cite.core.usecase..";
  private static final String SANDBOX = "io.cite.server.sandbox..";
  private static final String MEMORY = "io.cite.core.memory..";

  @ArchTest
  static final ArchRule coreNeedsTheJdkAlone =
      classes()
          .that()
          .resideInAPackage("io.cite.core..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("io.cite.core..", "java..", "org.jspecify.annotations..")
          .because("tools embed the core in-process and must not inherit anybody's libraries");

  @ArchTest
  static final ArchRule coreReachesNothingByItself =
      noClasses()
          .that()
          .resideInAPackage("io.cite.core..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.nio.file..", "java.net.http..", "java.sql..", "javax.net..")
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.net.Socket")
          .because("files, network and databases are behind ports, so a simulation has them all");

  @ArchTest
  static final ArchRule domainSeesOnlyItself =
      noClasses()
          .that()
          .resideInAPackage(DOMAIN)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(PORT, ENGINE, USE_CASE, MEMORY)
          .because("the rules of the domain are pure functions and hold whoever carries them out");

  @ArchTest
  static final ArchRule portsSpeakTheDomainsLanguage =
      noClasses()
          .that()
          .resideInAPackage(PORT)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(ENGINE, USE_CASE, MEMORY)
          .because("a port states what is needed, not who needs it or how it is done");

  @ArchTest
  static final ArchRule engineKnowsNoUseCase =
      noClasses()
          .that()
          .resideInAPackage(ENGINE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(USE_CASE, MEMORY)
          .because("use cases store what is wanted; the engine finds it there, not by a call");

  @ArchTest
  static final ArchRule onlyTheEngineKnowsHowTheStateIsStored =
      noClasses()
          .that()
          .resideOutsideOfPackage(ENGINE)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.cite.core.engine.record..")
          .because("a key or a stored form may change without a use case or a route noticing");

  @ArchTest
  static final ArchRule onlyStoresSeeTheMetadataStore =
      noClasses()
          .that()
          .resideInAnyPackage(USE_CASE, "io.cite.server..")
          .and()
          .resideOutsideOfPackages("io.cite.server.bootstrap..", "io.cite.server.adapter.jdbi..")
          .should()
          .dependOnClassesThat(
              JavaClass.Predicates.belongToAnyOf(MetadataStore.class)
                  .as("are the metadata store or part of it"))
          .because("whoever reads and writes state does it by a store in domain terms");

  @ArchTest
  static final ArchRule useCasesAreMadeInOnePlace =
      noClasses()
          .that()
          .resideOutsideOfPackages(USE_CASE, "io.cite.core")
          .should()
          .callConstructorWhere(
              JavaCall.Predicates.target(
                  HasOwner.Predicates.With.owner(
                      JavaClass.Predicates.resideInAPackage(USE_CASE)
                          .and(JavaClass.Predicates.simpleNameEndingWith("Command").negate())
                          .and(JavaClass.Predicates.simpleName("SeenRevisions").negate()))))
          .because("the server, embedders and tests have the same ones, wired once");

  @ArchTest
  static final ArchRule memoryIsAnAdapterLikeAnyOther =
      noClasses()
          .that()
          .resideInAPackage(MEMORY)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(ENGINE, USE_CASE)
          .because("what passes a port's contract must not know who is behind the port");

  @ArchTest
  static final ArchRule adaptersSeePortsAndDomainOnly =
      noClasses()
          .that()
          .resideInAnyPackage("io.cite.adapters..", "io.cite.server.adapter..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              ENGINE,
              USE_CASE,
              MEMORY,
              "io.cite.sdk..",
              "io.cite.server",
              "io.cite.server.bootstrap..",
              "io.cite.server.cli..",
              "io.cite.server.config..",
              "io.cite.server.http..",
              "io.cite.server.sandbox..",
              "io.cite.server.security..")
          .because("an adapter that knows its caller cannot be used by another one");

  @ArchTest
  static final ArchRule adapterModulesKnowNoServer =
      noClasses()
          .that()
          .resideInAPackage("io.cite.adapters..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.cite.server..")
          .because("they are modules of their own, to be used without the server");

  @ArchTest
  static final ArchRule adaptersDoNotSeeEachOther =
      slices()
          .matching("io.cite.adapters.(*)..")
          .should()
          .notDependOnEachOther()
          .because("each stands for one system outside, and is exchanged alone");

  @ArchTest
  static final ArchRule adaptersOfTheServerDoNotSeeEachOther =
      slices()
          .matching("io.cite.server.adapter.(*)..")
          .should()
          .notDependOnEachOther()
          .because("each stands for one system outside, and is exchanged alone");

  @ArchTest
  static final ArchRule sdkStandsAlone =
      noClasses()
          .that()
          .resideInAPackage("io.cite.sdk..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.cite.core..", "io.cite.adapters..", "io.cite.server..")
          .because("it is published, and its users must not get the server with it");

  @ArchTest
  static final ArchRule productionDoesNotKnowTheSandbox =
      noClasses()
          .that()
          .resideOutsideOfPackage(SANDBOX)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(SANDBOX)
          .because("the sandbox is a jar of its own, which is deleted in production");

  /** The sandbox is compiled into a directory of its own, which could be missing from the path. */
  @ArchTest
  static void rulesCoverTheSandbox(JavaClasses classes) {
    Assertions.assertThat(classes)
        .extracting(JavaClass::getPackageName)
        .contains(
            "io.cite.server.sandbox",
            "io.cite.server.sandbox.cli",
            "io.cite.server.sandbox.github.rest",
            "io.cite.server.sandbox.kubernetes");
  }

  @ArchTest
  static final ArchRule serverSpeaksTheSdksRecordsOnly =
      noClasses()
          .that()
          .resideInAPackage("io.cite.server..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.cite.sdk")
          .because("server and SDK share the wire records and nothing else");

  @ArchTest
  static final ArchRule nothingGoesInACircle =
      slices()
          .matching("io.cite.(**)")
          .should()
          .beFreeOfCycles()
          .because("packages in a circle can only be understood, tested and changed together");

  @ArchTest
  static final ArchRule packagesHaveAReason =
      classes()
          .should()
          .resideOutsideOfPackages(
              "..util..", "..utils..", "..helper..", "..helpers..", "..common..", "..misc..")
          .because("such a name takes in everything and says nothing");

  @ArchTest
  static final ArchRule nullIsSaidWhereItMayBe =
      classes()
          .should(resideInANullMarkedPackage())
          .because("whoever reads a signature must be able to see what may be null");

  private static ArchCondition<JavaClass> resideInANullMarkedPackage() {
    return new ArchCondition<>("reside in a @NullMarked package") {
      @Override
      public void check(JavaClass item, ConditionEvents events) {
        boolean marked = item.getPackage().isAnnotatedWith(NullMarked.class);
        events.add(
            new SimpleConditionEvent(
                item, marked, item.getName() + " is in a package without @NullMarked"));
      }
    };
  }
}
