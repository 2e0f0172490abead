package io.cite.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cite.core.port.Builder;
import io.cite.core.port.MetadataStore;
import io.cite.core.port.MetadataStore.Change;
import io.cite.core.port.MetadataStore.Commit;
import io.cite.core.port.MetadataStore.Entry;
import io.cite.core.port.MetadataStore.Transaction;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The simulation finds the defects that it is there for: each is put in, and a search like those of
 * {@link CrashTest} and {@link LostEventTest} meets it.
 */
class SeededDefectTest {
  private static final String OUTBOX = "/cite/.outbox/";
  private static final String ENVIRONMENT = "/cite/.environments/acme/hello/main";

  /** A call of the port behind. */
  @FunctionalInterface
  private interface Call {
    Object make();
  }

  @Test
  void findsABuildThatIsAskedForTwice() {
    UnaryOperator<Builder> eager =
        real ->
            instead(
                Builder.class,
                real,
                (method, call) -> {
                  if (method.equals("request")) {
                    call.make();
                  }
                  return call.make();
                });
    World calm = Scenario.MANUAL_BUILD.play(faults -> {});
    World twice =
        Scenario.MANUAL_BUILD.play(new World(Lenses.usual().withBuilder(eager)), world -> {});

    assertThatThrownBy(() -> Invariants.builderIsAskedAtMostOnceMoreForEachCrash(twice, calm))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void findsAnAuditEntryThatIsWrittenAfterItsChange() {
    UnaryOperator<MetadataStore> afterwards =
        real ->
            committing(
                real,
                transaction -> {
                  List<Change> changes = new ArrayList<>(transaction.changes());
                  List<Change> entries =
                      changes.stream().filter(SeededDefectTest::isAudit).toList();
                  changes.removeAll(entries);
                  Commit commit = real.commit(new Transaction(transaction.conditions(), changes));
                  if (commit instanceof Commit.Committed && !entries.isEmpty()) {
                    real.commit(new Transaction(List.of(), entries));
                  }
                  return commit;
                });

    assertThat(crashesThatAreNoticed(Scenario.ROLLBACK, Lenses.usual().withStore(afterwards)))
        .isNotEmpty();
  }

  @Test
  void findsAnEventWithoutWhichSomethingIsForgotten() {
    // whoever lists again to find what no event reported finds nothing
    Lenses blind =
        Lenses.usual()
            .withStore(
                real ->
                    instead(
                        MetadataStore.class,
                        real,
                        (method, call) ->
                            method.equals("list") ? withoutBuilds(call) : call.make()));
    World calm = Scenario.BUILD_AND_DEPLOY.play(new World(blind), world -> {});
    String undisturbed = Outcome.of(calm);

    assertThat(
            IntStream.rangeClosed(1, calm.faults.events().count())
                .filter(
                    event ->
                        isNoticed(
                            undisturbed,
                            () ->
                                Scenario.BUILD_AND_DEPLOY.play(
                                    new World(blind), world -> world.faults.events().lose(event))))
                .boxed()
                .toList())
        .isNotEmpty();
  }

  @Test
  void findsARecordWhoseOwnUpdateWakesIt() {
    AtomicBoolean broken = new AtomicBoolean();
    UnaryOperator<MetadataStore> touching =
        real ->
            instead(
                MetadataStore.class,
                real,
                (method, call) -> {
                  Object answer = call.make();
                  if (broken.get() && method.equals("get")) {
                    real.get(ENVIRONMENT).ifPresent(entry -> touch(real, entry));
                  }
                  return answer;
                });
    World world = new World(Lenses.usual().withStore(touching));
    world.create();
    broken.set(true);

    assertThatThrownBy(() -> AutoDeploySwitch.off(world))
        .hasMessageContaining("calls within the minute");
  }

  private static void touch(MetadataStore store, Entry entry) {
    store.commit(
        new Transaction(List.of(), List.of(new Change.Put(entry.key(), entry.document()))));
  }

  private static boolean isAudit(Change change) {
    return change instanceof Change.Put put
        && put.key().startsWith(OUTBOX)
        && put.document().containsKey("audit");
  }

  @SuppressWarnings("unchecked")
  private static Object withoutBuilds(Call call) {
    return ((List<Entry>) call.make())
        .stream().filter(entry -> !entry.key().startsWith("/cite/.builds/")).toList();
  }

  /** The calls before which a crash leads to another outcome, or breaks an invariant. */
  private static List<Integer> crashesThatAreNoticed(Scenario scenario, Lenses defect) {
    World calm = scenario.play(new World(defect), world -> {});
    String undisturbed = Outcome.of(calm);
    return IntStream.rangeClosed(1, calm.faults.calls().size())
        .filter(
            call ->
                isNoticed(
                    undisturbed,
                    () ->
                        scenario.play(
                            new World(defect),
                            world -> world.faults.crashAt(call, Faults.Moment.BEFORE))))
        .boxed()
        .toList();
  }

  private static boolean isNoticed(String undisturbed, Supplier<World> life) {
    try {
      World world = life.get();
      Invariants.checkStrictly(world);
      return !Outcome.of(world).equals(undisturbed);
    } catch (AssertionError e) {
      return true;
    }
  }

  private static MetadataStore committing(
      MetadataStore real, Function<Transaction, Commit> commit) {
    return MetadataStore.class.cast(
        Proxy.newProxyInstance(
            MetadataStore.class.getClassLoader(),
            new Class<?>[] {MetadataStore.class},
            (proxy, method, arguments) ->
                method.getName().equals("commit")
                    ? commit.apply((Transaction) arguments[0])
                    : pass(real, method, arguments)));
  }

  /** The port, with another answer for some methods. */
  private static <T> T instead(Class<T> port, T real, BiFunction<String, Call, Object> answer) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (proxy, method, arguments) ->
                answer.apply(method.getName(), () -> pass(real, method, arguments))));
  }

  private static Object pass(Object real, Method method, Object[] arguments) {
    try {
      return method.invoke(real, arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw (Error) e.getCause();
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }
}
