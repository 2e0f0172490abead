package io.cite.server.chaos;

import io.cite.server.sandbox.github.rest.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Breaks one thing after the other and mends each after a while, and takes the time until somebody
 * leads again. To be driven by one thread, which must outlive the servers that it starts.
 */
final class Disturbances {
  /** What can go wrong. */
  enum Kind {
    SERVER_KILLED,
    SERVER_PAUSED,
    ETCD_MEMBER_KILLED,
    CONNECTIONS_CUT,
    CONNECTIONS_DELAYED,
    CONNECTIONS_HALF_CLOSED,
    GITHUB_FAILS
  }

  private record Repair(long due, Kind kind, Runnable work) {}

  private final World world;
  private final Random random;
  private final Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
  private final List<Repair> repairs = new ArrayList<>();
  private final List<Long> recoveries = new ArrayList<>();
  private final List<String> story = new ArrayList<>();
  private final long begun = System.nanoTime();
  private CompletableFuture<Void> starts = CompletableFuture.completedFuture(null);
  private long leaderLost;
  private @Nullable Replica lost;

  Disturbances(World world, Random random) {
    this.world = world;
    this.random = random;
  }

  int count() {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }

  Map<Kind, Integer> counts() {
    return Map.copyOf(counts);
  }

  /** Milliseconds from each loss of the leader until another one led. */
  List<Long> recoveries() {
    return List.copyOf(recoveries);
  }

  /** What was done when. */
  List<String> story() {
    return List.copyOf(story);
  }

  /** Whether GitHub fails now, for whoever asks it. */
  boolean gitHubFails() {
    return isBroken(Kind.GITHUB_FAILS);
  }

  private boolean isBroken(Kind kind) {
    boolean starting = kind == Kind.ETCD_MEMBER_KILLED && !starts.isDone();
    return starting || repairs.stream().anyMatch(repair -> repair.kind() == kind);
  }

  /** Takes its time; meanwhile the others go on, and who leads is seen when it happens. */
  private void startMember(int member) {
    starts = starts.thenRunAsync(() -> world.members().start(member));
  }

  /** Breaks something that is not broken. */
  void next() {
    Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
    boolean serverLess = world.replicas().stream().anyMatch(replica -> !replica.isReady());
    boolean needsServers = kind == Kind.SERVER_KILLED || kind == Kind.SERVER_PAUSED;
    if (isBroken(kind) || (needsServers && serverLess)) {
      return;
    }
    Replica victim = any(world.replicas());
    switch (kind) {
      case SERVER_KILLED -> kill(victim);
      case SERVER_PAUSED -> pause(victim);
      case ETCD_MEMBER_KILLED -> {
        int member = 1 + random.nextInt(world.members().endpoints().size());
        world.members().kill(member);
        broke(kind, "member " + member, seconds(4, 10), () -> startMember(member));
      }
      case CONNECTIONS_CUT -> {
        List<TcpProxy> some = some(victim);
        some.forEach(TcpProxy::cut);
        broke(kind, victim + ", " + some.size(), seconds(1, 8), () -> mend(some));
      }
      case CONNECTIONS_DELAYED -> {
        List<TcpProxy> some = some(victim);
        Duration delay = Duration.ofMillis(50 + random.nextInt(1_000));
        some.forEach(proxy -> proxy.delay(delay));
        broke(kind, victim + ", " + some.size(), seconds(3, 10), () -> mend(some));
      }
      case CONNECTIONS_HALF_CLOSED -> {
        List<TcpProxy> some = some(victim);
        some.forEach(TcpProxy::halfClose);
        broke(kind, victim + ", " + some.size(), Duration.ZERO, () -> {});
      }
      case GITHUB_FAILS -> {
        Fault before = Fault.answer("*", "/repos/.*", 502).times(3 + random.nextInt(5));
        Fault after =
            Fault.answer("POST", "/repos/.*/(deployments|statuses|hooks).*", 504)
                .afterItsEffect()
                .times(1 + random.nextInt(4));
        world.github().fault(random.nextBoolean() ? before : after);
        broke(kind, "", seconds(3, 6), world.github()::clearFaults);
      }
    }
  }

  private void kill(Replica victim) {
    noteLoss(victim);
    victim.kill();
    broke(Kind.SERVER_KILLED, victim.toString(), seconds(0, 3), victim::start);
  }

  private void pause(Replica victim) {
    noteLoss(victim);
    victim.pause();
    Duration beyond = World.LEASE.plus(seconds(1, 4));
    broke(Kind.SERVER_PAUSED, victim.toString(), beyond, victim::resume);
  }

  private void noteLoss(Replica victim) {
    if (victim.isLeading()) {
      leaderLost = System.nanoTime();
      lost = victim;
    }
  }

  private void broke(Kind kind, String what, Duration until, Runnable repair) {
    counts.merge(kind, 1, Integer::sum);
    story.add(at() + " " + kind + " " + what);
    repairs.add(new Repair(System.nanoTime() + until.toNanos(), kind, repair));
  }

  private String at() {
    return (System.nanoTime() - begun) / 1_000_000 + " ms";
  }

  /** Mends what is due, and sees who leads. */
  void tend() {
    if (starts.isCompletedExceptionally()) {
      starts.join();
    }
    long now = System.nanoTime();
    for (Iterator<Repair> each = repairs.iterator(); each.hasNext(); ) {
      Repair repair = each.next();
      if (repair.due() - now <= 0) {
        each.remove();
        repair.work().run();
      }
    }
    if (lost != null) {
      Optional<Replica> leader = world.leader();
      if (leader.isPresent()) {
        recoveries.add((System.nanoTime() - leaderLost) / 1_000_000);
        story.add(at() + " " + leader.get() + " leads");
        lost = null;
      }
    }
  }

  /** Mends everything now. */
  void end() {
    repairs.forEach(repair -> repair.work().run());
    repairs.clear();
    starts.join();
    world.replicas().forEach(Replica::awaitReady);
  }

  private static void mend(List<TcpProxy> proxies) {
    proxies.forEach(TcpProxy::mend);
  }

  private List<TcpProxy> some(Replica victim) {
    List<TcpProxy> all = victim.network();
    List<TcpProxy> chosen = all.stream().filter(proxy -> random.nextBoolean()).toList();
    return chosen.isEmpty() ? all : chosen;
  }

  private Duration seconds(int least, int most) {
    return Duration.ofMillis(least * 1_000L + random.nextInt((most - least) * 1_000));
  }

  private <T> T any(List<T> some) {
    return some.get(random.nextInt(some.size()));
  }
}
