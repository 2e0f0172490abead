package io.cite.server.chaos;

import static org.awaitility.Awaitility.await;

import io.cite.sdk.CiteClient;
import io.cite.sdk.CiteClientException;
import io.cite.sdk.CiteServerException;
import io.cite.sdk.EnvironmentRef;
import io.cite.sdk.ServiceRef;
import io.cite.sdk.wire.CreateServiceRequest;
import io.cite.sdk.wire.DeploymentStateView;
import io.cite.sdk.wire.DeploymentView;
import io.cite.server.sandbox.github.SandboxGitHub;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The people of one repository: they push, build, deploy, roll back, and sometimes delete their
 * service and make it anew. What CITE has promised them is remembered.
 */
final class Team implements Runnable {
  private static final Duration TIMEOUT = Duration.ofMinutes(4);
  private static final int OVERLOADED = 503;
  private static final Set<Integer> REFUSALS = Set.of(404, 409, 412, 422);
  private static final int INTERNAL = 500;
  private static final String BRANCH = "main";
  private static final String DOCKERFILE = "FROM scratch\nEXPOSE 8080\n";

  private final String repository;
  private final EnvironmentRef environment;
  private final SandboxGitHub github;
  private final CiteClient cite;
  private final Random random;
  private final Duration pause;
  private final CountDownLatch stopped;
  private final List<String> commits = new ArrayList<>();
  private final Set<Long> promised = ConcurrentHashMap.newKeySet();
  private final List<String> surprises = new java.util.concurrent.CopyOnWriteArrayList<>();
  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicInteger released = new AtomicInteger();
  private boolean pinned;
  private int pushes;

  /**
   * A team that does nothing yet.
   *
   * @param pause how long it rests between two deeds, on average
   * @param stopped when to stop
   */
  Team(World world, String repository, Random random, Duration pause, CountDownLatch stopped) {
    this.repository = repository;
    this.environment = ServiceRef.parse(repository).environment(BRANCH);
    this.github = world.github();
    this.cite = world.client();
    this.random = random;
    this.pause = pause;
    this.stopped = stopped;
  }

  String repository() {
    return repository;
  }

  EnvironmentRef environment() {
    return environment;
  }

  /** How many deployments it has asked for, whatever became of the requests. */
  int asked() {
    return asked.get();
  }

  /** How often it has asked for the end of a pin, whatever became of the requests. */
  int released() {
    return released.get();
  }

  /** Numbers of the deployments that it was promised since its service was made. */
  Set<Long> promised() {
    return Set.copyOf(promised);
  }

  /** Answers that no server should give. */
  List<String> surprises() {
    return List.copyOf(surprises);
  }

  /** Makes the repository and the service. */
  void begin() {
    github.createRepository(repository);
    github.setPermission(repository, "admin", "admin");
    push();
    create();
  }

  @Override
  public void run() {
    try {
      while (!stopped.await(
          pause.dividedBy(2).toMillis() + random.nextInt((int) pause.toMillis()),
          TimeUnit.MILLISECONDS)) {
        act();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | AssertionError e) {
      surprises.add(repository + " gave up: " + e);
    }
  }

  private void act() {
    int deed = random.nextInt(100);
    if (pinned && deed < 50) {
      released.incrementAndGet();
      attempt(
          () -> {
            cite.environments(environment.service()).clearPin(BRANCH);
            pinned = false;
            return "";
          });
    } else if (deed < 60) {
      push();
    } else if (deed < 70) {
      attempt(() -> cite.builds(environment).start(any(commits)));
    } else if (deed < 82) {
      asked.incrementAndGet();
      promise(attempt(() -> cite.deployments(environment).deployCommit(any(commits))));
    } else if (deed < 96) {
      rollBack();
    } else {
      startOver();
    }
  }

  private void push() {
    pushes++;
    commits.add(
        github.commit(
            repository,
            BRANCH,
            Map.of("Dockerfile", DOCKERFILE, "version", Integer.toString(pushes)),
            "Change " + pushes));
  }

  private void rollBack() {
    List<DeploymentView> retired =
        attempt(
            () ->
                cite.deployments(environment).list().stream()
                    .filter(d -> d.state() == DeploymentStateView.RETIRED)
                    .limit(3)
                    .toList());
    if (retired != null && !retired.isEmpty()) {
      asked.incrementAndGet();
      pinned = true;
      long seq = any(retired).seq();
      promise(attempt(() -> cite.deployments(environment).activate(seq)));
    }
  }

  private void promise(@Nullable DeploymentView deployment) {
    if (deployment != null) {
      promised.add(deployment.seq());
    }
  }

  private void startOver() {
    await()
        .atMost(TIMEOUT)
        .pollInSameThread()
        .pollInterval(Duration.ofMillis(500))
        .until(this::isGone);
    promised.clear();
    pinned = false;
    create();
  }

  /** Asks for the service's end until there is none. */
  private boolean isGone() {
    try {
      cite.services().delete(environment.service());
      return false;
    } catch (CiteServerException e) {
      surprise(e);
      return e.status() == 404;
    } catch (CiteClientException e) {
      return false; // nobody answered: ask again
    }
  }

  /** Asks for the service until there is one. */
  private void create() {
    CreateServiceRequest wish =
        CreateServiceRequest.of(repository).withBranch(BRANCH).withReplicas(1);
    await()
        .atMost(TIMEOUT)
        .pollInSameThread()
        .pollInterval(Duration.ofMillis(500))
        .until(
            () -> {
              try {
                cite.services().create(wish);
                return false;
              } catch (CiteServerException e) {
                surprise(e);
                return e.status() == 409 && isReady();
              } catch (CiteClientException e) {
                return false; // nobody answered: ask again
              }
            });
    commits.subList(0, commits.size() - 1).clear();
  }

  private boolean isReady() {
    try {
      return cite.services().get(environment.service()).state().settled();
    } catch (CiteClientException e) {
      return false;
    }
  }

  /** Does something that may be refused or not answered; null then. */
  private <T> @Nullable T attempt(Supplier<T> deed) {
    try {
      return deed.get();
    } catch (CiteServerException e) {
      surprise(e);
      return null;
    } catch (CiteClientException e) {
      return null; // nobody answered, several times
    }
  }

  private void surprise(CiteServerException e) {
    boolean unavailable = e.status() > INTERNAL && e.status() <= OVERLOADED + 1;
    if (!REFUSALS.contains(e.status()) && !unavailable) {
      surprises.add(repository + ": " + e);
      throw e;
    }
  }

  private <T> T any(List<T> some) {
    return some.get(random.nextInt(some.size()));
  }
}
