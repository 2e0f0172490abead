package io.cite.server.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.cite.core.port.cluster.Cluster;
import io.cite.core.port.source.SourceHost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every port has one suite that says what it promises, which the implementation in memory and a
 * real one both pass; a fake that behaves otherwise would make every test on it worthless.
 */
class PortsTest {
  /** One method each, without a promise that a suite could try. */
  private static final Set<String> TRIVIAL = Set.of("InstantSource", "Subscription");

  /** Each role with the method that gives it; the contract of the whole port tries the roles. */
  private static final Map<Class<?>, Method> ROLES =
      Stream.of(Cluster.class, SourceHost.class)
          .flatMap(port -> Stream.of(port.getMethods()))
          // others give a role again, for calls that may wait
          .filter(getter -> !getter.isDefault())
          .collect(Collectors.toMap(Method::getReturnType, getter -> getter));

  private static final Pattern SUITE =
      Pattern.compile("class\\s+(\\w+)\\s+extends\\s+(\\w+Contract)\\b");

  private static final Map<Class<?>, List<String>> CONTRACTS =
      Map.of(
          Cluster.class,
          List.of("ClusterContract", "TrafficContract", "ClusterFixture"),
          SourceHost.class,
          List.of("SourceHostContract", "SourceReadingContract"));

  private record Suite(String test, String contract, boolean inMemory) {}

  static List<String> ports() {
    return new ClassFileImporter()
        .withImportOption(new ProductionCode()).importPackages("io.cite.core.port").stream()
            .filter(JavaClass::isInterface)
            .filter(JavaClass::isTopLevelClass)
            .filter(type -> !type.reflect().isSealed() && !ROLES.containsKey(type.reflect()))
            .map(JavaClass::getSimpleName)
            .filter(name -> !TRIVIAL.contains(name) && !name.equals("package-info"))
            .sorted()
            .toList();
  }

  @ParameterizedTest
  @MethodSource("ports")
  void hasAContractThatAFakeAndARealOneBothPass(String port) throws IOException {
    List<Suite> suites = suites();
    Set<String> contracts = new HashSet<>(Set.of(port + "Contract"));
    suites.stream()
        .filter(suite -> suite.contract().equals(port + "Contract"))
        .map(Suite::test)
        .filter(name -> name.endsWith("Contract"))
        .forEach(contracts::add);

    assertThat(Path.of("../cite-core/src/test/java/io/cite/core/contract", port + "Contract.java"))
        .exists();
    List<Suite> passed =
        suites.stream()
            .filter(suite -> contracts.contains(suite.contract()))
            .filter(suite -> !suite.test().endsWith("Contract"))
            .toList();
    assertThat(passed).as("in-memory %s", port).anyMatch(Suite::inMemory);
    assertThat(passed).as("real %s", port).anyMatch(suite -> !suite.inMemory());
  }

  static Stream<Method> promises() {
    return ROLES.keySet().stream()
        .flatMap(role -> Stream.of(role.getMethods()))
        .sorted(Comparator.comparing(Method::toString));
  }

  @ParameterizedTest
  @MethodSource("promises")
  void triesEveryMethodOfARoleInTheContractOfItsPort(Method promise) throws IOException {
    Method getter = ROLES.get(promise.getDeclaringClass());
    StringBuilder contracts = new StringBuilder();
    Path folder = Path.of("../cite-core/src/test/java/io/cite/core/contract");
    for (String name : CONTRACTS.get(getter.getDeclaringClass())) {
      contracts.append(Files.readString(folder.resolve(name + ".java")));
    }

    assertThat(contracts.toString())
        .containsPattern("\\.%s\\(\\)\\s*\\.%s\\(".formatted(getter.getName(), promise.getName()));
  }

  private static List<Suite> suites() throws IOException {
    Set<Path> files = new TreeSet<>();
    try (Stream<Path> modules = Files.list(Path.of(".."))) {
      for (Path module :
          modules.filter(m -> Files.isDirectory(m.resolve("src/test/java"))).toList()) {
        try (Stream<Path> found = Files.walk(module.resolve("src/test/java"))) {
          found.filter(file -> file.toString().endsWith(".java")).forEach(files::add);
        }
      }
    }
    return files.stream().flatMap(PortsTest::suitesIn).toList();
  }

  private static Stream<Suite> suitesIn(Path file) {
    try {
      Matcher matcher = SUITE.matcher(Files.readString(file));
      boolean inMemory = file.getParent().endsWith("io/cite/core/memory");
      return matcher
          .results()
          .map(found -> new Suite(found.group(1), found.group(2), inMemory))
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
