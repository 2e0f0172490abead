package io.cite.server.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cite.core.domain.deploy.Deployment;
import io.cite.core.domain.deploy.DeploymentState;
import io.cite.core.engine.record.Versioned;
import io.cite.core.engine.record.schema.Keys;
import io.cite.core.error.CiteException;
import io.cite.sdk.CiteClient;
import io.cite.sdk.ServiceRef;
import io.cite.sdk.wire.CreateServiceRequest;
import io.cite.server.fixture.JsonClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** How long it takes until another server goes on, and what happens while etcd has no quorum. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RecoveryIT {
  private static final Duration LONGEST = Duration.ofMinutes(3);
  private static final Duration TICK = Duration.ofMillis(50);
  private static final int ROUNDS = 3;

  /** After this GitHub gives a webhook up. */
  private static final Duration HOST_WAITS = Duration.ofSeconds(10);

  private static final String BRANCH = "main";

  private final String owner = "recovery-" + Long.toString(System.currentTimeMillis(), 36);
  private final String repository = owner + "/app";
  private World world;
  private CiteClient cite;
  private int pushes;

  @BeforeAll
  void start(@TempDir Path folder) throws IOException {
    world = new World(folder, new Random(1));
    world.owner(owner);
    world.start();
    cite = world.client();
    world.github().createRepository(repository);
    world.github().setPermission(repository, "admin", "admin");
    push();
    cite.services().create(CreateServiceRequest.of(repository).withReplicas(1));
    ServiceRef service = ServiceRef.parse(repository);
    assertThat(cite.awaitServiceReady(service, LONGEST).state().settled()).isTrue();
    awaitLive(push());
  }

  @AfterAll
  void leaveNothing() {
    if (world != null) {
      world.close();
    }
  }

  @Test
  @Order(1)
  void anotherServerGoesOnSoonAfterTheLeaderIsKilled() {
    for (int round = 1; round <= ROUNDS; round++) {
      Replica leader = world.leader().orElseThrow();
      String commit = push();
      awaitStarted(commit);
      long killed = System.nanoTime();
      leader.kill();
      long led = until(() -> world.leader().isPresent(), killed);
      awaitLive(commit);
      say("leader killed: another led after " + led + " ms, live after " + since(killed) + " ms");
      assertThat(led).isLessThan(World.LEASE.plusSeconds(5).toMillis());
      leader.start();
      leader.awaitReady();
    }
  }

  @Test
  @Order(2)
  void anotherServerLeadsAtOnceWhenTheLeaderIsAskedToEnd() {
    for (int round = 1; round <= ROUNDS; round++) {
      Replica leader = world.leader().orElseThrow();
      String commit = push();
      awaitStarted(commit);
      long asked = System.nanoTime();
      leader.askToStop();
      long led = until(() -> world.leader().filter(other -> other != leader).isPresent(), asked);
      awaitLive(commit);
      say("leader ended: another led after " + led + " ms, live after " + since(asked) + " ms");
      assertThat(led).isLessThan(World.LEASE.toMillis());
      leader.stop();
      leader.start();
      leader.awaitReady();
    }
  }

  @Test
  @Order(3)
  void anotherServerLeadsWhenTheLeaderIsPausedBeyondItsLease() {
    for (int round = 1; round <= ROUNDS; round++) {
      Replica leader = world.leader().orElseThrow();
      String commit = push();
      awaitStarted(commit);
      long paused = System.nanoTime();
      leader.pause();
      long led = until(() -> world.leader().isPresent(), paused);
      awaitLive(commit);
      say("leader paused: another led after " + led + " ms, live after " + since(paused) + " ms");
      assertThat(led).isLessThan(World.LEASE.plusSeconds(5).toMillis());
      leader.resume();
      leader.awaitReady();
      await().pollInterval(TICK).atMost(LONGEST).until(() -> leaders() == 1);
    }
  }

  @Test
  @Order(4)
  void takesNoWebhookWhileEtcdHasNoQuorumAndLosesNone() {
    await().atMost(LONGEST).until(() -> world.github().deliveriesIdle());
    final Set<String> before = world.ingress().acknowledged();
    final Set<String> refusedBefore = world.ingress().refused().keySet();
    world.members().kill(1);
    world.members().kill(2);
    final long lost = System.nanoTime();
    final Map<String, Integer> counted = world.ingress().counts();
    world.ingress().slowest();
    final String commit = push();
    await().atMost(LONGEST).until(() -> answered(counted, 503) > 0);
    await().atMost(LONGEST).until(() -> world.github().deliveriesIdle());
    Duration slowest = world.ingress().slowest();
    say(
        "without quorum: "
            + answered(counted, 503)
            + " webhooks were refused, within "
            + slowest.toMillis()
            + " ms each");
    assertThat(slowest).isLessThan(HOST_WAITS);
    assertThat(answered(counted, 502)).as("hanging or cut off").isZero();
    assertThat(world.ingress().acknowledged()).isEqualTo(before);
    assertThat(world.replicas()).isNotEmpty().noneMatch(Replica::isReady);
    assertReadsSayThatTheStoreIsAway();
    world.members().start(1);
    world.members().start(2);
    long back = System.nanoTime();
    say("without quorum: for " + (since(lost) - since(back)) + " ms");
    until(() -> world.replicas().stream().allMatch(Replica::isReady), back);
    say("quorum is back: all servers were ready after " + since(back) + " ms");
    until(() -> world.leader().isPresent(), back);
    say("quorum is back: a server led after " + since(back) + " ms");
    awaitLive(commit);
    say("quorum is back: the push made meanwhile was live after " + since(back) + " ms");
    Set<String> refused = new HashSet<>(world.ingress().refused().keySet());
    refused.removeAll(refusedBefore);
    assertThat(refused).isNotEmpty();
    until(() -> settled().containsAll(refused), back);
    say("quorum is back: what was refused was made again after " + since(back) + " ms");
    assertThat(settled()).containsAll(world.ingress().acknowledged());
  }

  /** Within a bound, and by a status: never what may be wrong. */
  private void assertReadsSayThatTheStoreIsAway() {
    for (Replica replica : world.replicas()) {
      long asked = System.nanoTime();
      JsonClient.Answer answer = world.asks(replica).get("/v1/services/" + repository);
      say("without quorum: a read was answered " + answer.status() + " in " + since(asked) + " ms");
      assertThat(answer.status()).isEqualTo(503);
      assertThat(since(asked)).isLessThan(HOST_WAITS.toMillis());
    }
  }

  private List<String> settled() {
    return world.records().list(Keys.DELIVERIES).stream()
        .filter(stored -> stored.value().disposition().isFinal())
        .map(stored -> stored.value().id().value())
        .toList();
  }

  private long leaders() {
    return world.replicas().stream().filter(Replica::isLeading).count();
  }

  private int answered(Map<String, Integer> since, int status) {
    String what = "answered " + status;
    return world.ingress().counts().getOrDefault(what, 0) - since.getOrDefault(what, 0);
  }

  private String push() {
    pushes++;
    return world
        .github()
        .commit(
            repository,
            BRANCH,
            Map.of("Dockerfile", "FROM scratch\n", "version", Integer.toString(pushes)),
            "Change " + pushes);
  }

  private void awaitStarted(String commit) {
    await().pollInterval(TICK).atMost(LONGEST).until(() -> hasDeployment(commit, d -> true));
  }

  private void awaitLive(String commit) {
    await()
        .pollInterval(TICK)
        .atMost(LONGEST)
        .until(() -> hasDeployment(commit, d -> d.state() == DeploymentState.LIVE));
  }

  private boolean hasDeployment(String commit, Predicate<Deployment> wanted) {
    try {
      return world.records().list(Keys.DEPLOYMENTS).stream()
          .map(Versioned::value)
          .anyMatch(d -> d.commit().value().equals(commit) && wanted.test(d));
    } catch (CiteException e) {
      return false; // etcd does not answer yet
    }
  }

  private static long until(Callable<Boolean> condition, long begun) {
    await().pollInterval(TICK).atMost(LONGEST).until(condition);
    return since(begun);
  }

  private static long since(long begun) {
    return (System.nanoTime() - begun) / 1_000_000;
  }

  private static void say(String what) {
    System.out.println("recovery: " + what);
  }
}
