package io.cite.server.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;
import java.util.Timer;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ThreadPoolExecutor;

/**
 * Where time, chance, threads, the process environment and waiting may come in, by a call or by a
 * reference.
 */
@AnalyzeClasses(packages = "io.cite", importOptions = ProductionCode.class)
class ChanceTest {
  private static final DescribedPredicate<JavaAccess<?>> WALL_CLOCK =
      any(
          "asks for the time of day",
          "java.time.Instant.now",
          "java.time.LocalDate.now",
          "java.time.LocalDateTime.now",
          "java.time.OffsetDateTime.now",
          "java.time.ZonedDateTime.now",
          "java.time.Clock.systemUTC",
          "java.time.Clock.systemDefaultZone",
          "java.lang.System.currentTimeMillis");

  @ArchTest
  static final ArchRule onlyTheEdgesAskForTheTime =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "io.cite.core",
              "io.cite.server.bootstrap..",
              "io.cite.server.cli..",
              "io.cite.server.sandbox..")
          .should()
          .accessTargetWhere(WALL_CLOCK)
          .because("whoever is given an InstantSource can be tested at any time of any day");

  @ArchTest
  static final ArchRule coreHasNoClockAndNoChance =
      noClasses()
          .that()
          .resideInAPackage("io.cite.core..")
          .and()
          .resideOutsideOfPackage("io.cite.core")
          .should()
          .accessTargetWhere(WALL_CLOCK)
          .orShould()
          .accessTargetWhere(
              any(
                  "measures time or draws lots",
                  "java.lang.System.nanoTime",
                  "java.util.UUID.randomUUID",
                  "java.lang.Math.random"))
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(java.util.Random.class)
          .because("the simulation replays a run from its seed, down to the last step");

  @ArchTest
  static final ArchRule coreMakesNoThreadsButWhereItIsPutTogether =
      noClasses()
          .that()
          .resideInAPackage("io.cite.core..")
          .and()
          .resideOutsideOfPackage("io.cite.core")
          .should()
          .callConstructorWhere(
              DescribedPredicate.describe(
                  "makes a thread", call -> call.getTargetOwner().isAssignableTo(Thread.class)))
          .orShould()
          .dependOnClassesThat(
              JavaClass.Predicates.belongToAnyOf(
                  Executors.class, ThreadPoolExecutor.class, ForkJoinPool.class, Timer.class))
          .orShould()
          .accessTargetWhere(
              DescribedPredicate.describe(
                  "runs something in a common pool",
                  access ->
                      access.getTargetOwner().isAssignableTo(CompletionStage.class)
                              && access.getTarget().getName().endsWith("Async")
                          || access.getTarget().getName().equals("parallelStream")
                          || access.getTarget().getName().equals("parallel")))
          .because("whoever runs the core decides how many threads it has, and ends them");

  @ArchTest
  static final ArchRule onlyTheCommandLineReadsTheProcessEnvironment =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.cite.server.cli..")
          .should()
          .accessTargetWhere(any("reads the environment", "java.lang.System.getenv"))
          .because("the configuration says where each value comes from, and nothing else does");

  @ArchTest
  static final ArchRule nobodySleeps =
      noClasses()
          .should()
          .accessTargetWhere(any("sleeps", "java.lang.Thread.sleep"))
          .because("waiting is for something: a condition, a queue, a deadline");

  @ArchTest
  static final ArchRule nobodyWritesToTheConsole =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.cite.server.cli..", "io.cite.server")
          .should()
          .accessTargetWhere(
              any("writes to the console", "java.lang.System.out", "java.lang.System.err"))
          .because("what happens is logged, with a level and a place; only commands print");

  @ArchTest
  static final ArchRule onlyTheCommandLineEndsTheProcess =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.cite.server.cli..", "io.cite.server")
          .should()
          .accessTargetWhere(
              any("ends the process", "java.lang.System.exit", "java.lang.Runtime.halt"))
          .because("the core and the SDK live in other people's processes");

  private static DescribedPredicate<JavaAccess<?>> any(String description, String... members) {
    Set<String> named = Set.of(members);
    return DescribedPredicate.describe(
        description,
        access ->
            named.contains(access.getTargetOwner().getName() + "." + access.getTarget().getName()));
  }
}
