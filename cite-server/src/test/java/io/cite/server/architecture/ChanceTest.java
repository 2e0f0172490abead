package io.cite.server.architecture;

import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethod;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitCallTarget;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Random;
import java.util.UUID;

/** Where time, chance, the surroundings and waiting may come in. */
@AnalyzeClasses(packages = "io.cite", importOptions = ProductionCode.class)
class ChanceTest {
  @ArchTest
  static final ArchRule onlyTheEdgesAskForTheTime =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "io.cite.server.bootstrap..", "io.cite.server.cli..", "io.cite.server.sandbox..")
          .should()
          .callMethodWhere(isAWallClock())
          .because("whoever is given an InstantSource can be tested at any time of any day");

  @ArchTest
  static final ArchRule coreHasNoClockAndNoChance =
      noClasses()
          .that()
          .resideInAnyPackage(
              "io.cite.core.domain..",
              "io.cite.core.port..",
              "io.cite.core.engine..",
              "io.cite.core.usecase..")
          .should()
          .callMethodWhere(isAWallClock())
          .orShould(callMethod(System.class, "nanoTime"))
          .orShould(callMethod(UUID.class, "randomUUID"))
          .orShould(callMethod(Math.class, "random"))
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(Random.class)
          .because("the simulation replays a run from its seed, down to the last step");

  @ArchTest
  static final ArchRule onlyTheCommandLineReadsTheSurroundings =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.cite.server.cli..")
          .should(callMethod(System.class, "getenv"))
          .orShould(callMethod(System.class, "getenv", String.class))
          .because("the configuration says where each value comes from, and nothing else does");

  @ArchTest
  static final ArchRule nobodySleeps =
      noClasses()
          .should(callMethod(Thread.class, "sleep", long.class))
          .orShould(callMethod(Thread.class, "sleep", long.class, int.class))
          .because("waiting is for something: a condition, a queue, a deadline");

  @ArchTest
  static final ArchRule nobodyWritesToTheConsole =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.cite.server.cli..", "io.cite.server")
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err")
          .because("what happens is logged, with a level and a place; only commands print");

  @ArchTest
  static final ArchRule onlyTheCommandLineEndsTheProcess =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.cite.server.cli..", "io.cite.server")
          .should(callMethod(System.class, "exit", int.class))
          .because("the core and the SDK live in other people's processes");

  private static DescribedPredicate<JavaMethodCall> isAWallClock() {
    return new DescribedPredicate<>("asks for the time of day") {
      @Override
      public boolean test(JavaMethodCall access) {
        CodeUnitCallTarget target = access.getTarget();
        boolean now =
            target.getName().equals("now")
                && target.getRawParameterTypes().isEmpty()
                && isTime(target);
        boolean millis =
            target.getOwner().isEquivalentTo(System.class)
                && target.getName().equals("currentTimeMillis");
        boolean clock =
            target.getOwner().isEquivalentTo(Clock.class) && target.getName().startsWith("system");
        return now || millis || clock;
      }
    };
  }

  private static boolean isTime(CodeUnitCallTarget target) {
    return target.getOwner().isEquivalentTo(Instant.class)
        || target.getOwner().isEquivalentTo(LocalDate.class)
        || target.getOwner().isEquivalentTo(LocalDateTime.class)
        || target.getOwner().isEquivalentTo(OffsetDateTime.class)
        || target.getOwner().isEquivalentTo(ZonedDateTime.class);
  }
}
