package io.cite.server.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.CatchTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A test that cannot fail is a defect: kinds of such tests that can be seen in their sources. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TestsCanFailTest {
  private static final Pattern CHECK = Pattern.compile("assert\\w*|fail|await|expect");

  /** They hold for a collection without elements, whatever is asked. */
  private static final Set<String> TRUE_OF_NOTHING =
      Set.of(
          "allMatch",
          "allSatisfy",
          "noneMatch",
          "noneSatisfy",
          "isSorted",
          "isSortedAccordingTo",
          "doesNotHaveDuplicates");

  /** With one of them in the same statement the collection has elements, or may have none. */
  private static final Pattern SAYS_HOW_MANY =
      Pattern.compile(
          "isNotEmpty|hasSize\\w*|contains\\w*|startsWith|endsWith|isEqualTo|anyMatch|anySatisfy");

  private final List<Method> methods = new ArrayList<>();
  private final List<String> sayNothing = new ArrayList<>();
  private final List<String> swallow = new ArrayList<>();

  private record Method(String place, String name, boolean isTest, Set<String> calls) {}

  @BeforeAll
  void readAllTests() throws IOException {
    List<Path> files = new ArrayList<>();
    try (Stream<Path> modules = Files.list(Path.of(".."))) {
      for (Path tests :
          modules.map(each -> each.resolve("src/test/java")).filter(Files::isDirectory).toList()) {
        files.addAll(Sources.below(tests));
      }
    }
    for (CompilationUnitTree unit : Sources.parse(files)) {
      unit.accept(new Reader(Sources.typeName(unit)), null);
    }
    assertThat(methods.stream().filter(Method::isTest).count()).isGreaterThan(800);
  }

  @Test
  void everyTestChecksSomething() {
    Map<String, Set<String>> calls = new HashMap<>();
    for (Method method : methods) {
      calls.computeIfAbsent(method.name(), name -> new HashSet<>()).addAll(method.calls());
    }
    assertThat(methods)
        .filteredOn(Method::isTest)
        .filteredOn(test -> !checks(test.calls(), calls, new HashSet<>()))
        .extracting(Method::place)
        .isEmpty();
  }

  private static boolean checks(
      Set<String> called, Map<String, Set<String>> calls, Set<String> seen) {
    return called.stream()
        .filter(seen::add)
        .anyMatch(
            name ->
                CHECK.matcher(name).matches()
                    || checks(calls.getOrDefault(name, Set.of()), calls, seen));
  }

  @Test
  void whatIsSaidOfEachElementIsSaidOfSome() {
    assertThat(sayNothing)
        .as("write isNotEmpty() or hasSize(…) first, or filteredOn(…).isEmpty()")
        .isEmpty();
  }

  @Test
  void noFailedAssertionIsCaught() {
    assertThat(swallow).as("catch clauses that end a check without a word").isEmpty();
  }

  @Test
  void seesEachKind() throws IOException {
    assertThat(methods)
        .filteredOn(method -> method.name().equals("everyTestChecksSomething"))
        .allSatisfy(
            method -> assertThat(method.calls()).contains("assertThat", "checks", "isEmpty"))
        .hasSize(1);
    assertThat(checks(Set.of("helper"), Map.of("helper", Set.of("other")), new HashSet<>()))
        .isFalse();
    assertThat(checks(Set.of("helper"), Map.of("helper", Set.of("fail")), new HashSet<>()))
        .isTrue();
  }

  private final class Reader extends TreeScanner<Void, Set<String>> {
    private final String type;
    private String place = "";

    Reader(String type) {
      this.type = type;
    }

    @Override
    public Void visitMethod(MethodTree method, Set<String> outer) {
      Set<String> calls = new TreeSet<>();
      String before = place;
      place = type + "." + method.getName();
      boolean isTest =
          method.getModifiers().getAnnotations().stream()
              .anyMatch(a -> a.getAnnotationType().toString().matches("(\\w+)?Test"));
      super.visitMethod(method, calls);
      methods.add(new Method(place, method.getName().toString(), isTest, calls));
      if (outer != null) {
        outer.addAll(calls);
      }
      place = before;
      return null;
    }

    @Override
    public Void visitMethodInvocation(MethodInvocationTree call, Set<String> calls) {
      if (calls != null) {
        calls.add(name(call));
      }
      return super.visitMethodInvocation(call, calls);
    }

    @Override
    public Void visitMemberReference(MemberReferenceTree reference, Set<String> calls) {
      if (calls != null) {
        calls.add(reference.getName().toString());
      }
      return super.visitMemberReference(reference, calls);
    }

    @Override
    public Void visitExpressionStatement(ExpressionStatementTree statement, Set<String> calls) {
      List<MethodInvocationTree> chain = new ArrayList<>();
      for (Tree next = statement.getExpression(); next instanceof MethodInvocationTree call; ) {
        chain.add(0, call);
        next = call.getMethodSelect() instanceof MemberSelectTree of ? of.getExpression() : null;
      }
      if (!chain.isEmpty()
          && name(chain.get(0)).equals("assertThat")
          && chain.stream().anyMatch(call -> TRUE_OF_NOTHING.contains(name(call)))
          && chain.stream().noneMatch(call -> SAYS_HOW_MANY.matcher(name(call)).matches())
          && !hasElements(chain.get(0).getArguments().get(0))) {
        sayNothing.add(place + ": " + chain.get(chain.size() - 1));
      }
      return super.visitExpressionStatement(statement, calls);
    }

    /** A list that is written out. */
    private boolean hasElements(ExpressionTree subject) {
      return subject.toString().startsWith("List.of(") && !subject.toString().equals("List.of()");
    }

    @Override
    public Void visitTry(TryTree tree, Set<String> calls) {
      BlockTree block = tree.getBlock();
      for (CatchTree caught : tree.getCatches()) {
        if (caught.getBlock().getStatements().isEmpty() && block.toString().contains("assert")) {
          swallow.add(place + ": " + caught);
        }
      }
      return super.visitTry(tree, calls);
    }

    private static String name(MethodInvocationTree call) {
      return call.getMethodSelect() instanceof MemberSelectTree of
          ? of.getIdentifier().toString()
          : ((IdentifierTree) call.getMethodSelect()).getName().toString();
    }
  }
}
