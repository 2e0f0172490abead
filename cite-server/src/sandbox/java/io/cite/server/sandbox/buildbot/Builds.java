package io.cite.server.sandbox.buildbot;

import io.cite.core.domain.image.ImageReference;
import io.cite.core.error.Upstream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs builds and tells GitHub how they go. Thread-safe. */
final class Builds implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Builds.class);
  private static final int WORKERS = 4;
  private static final int CANCELLED = 6;
  private static final int ATTEMPTS = 4;
  private static final int MAX_DESCRIPTION = 140;
  private static final int SHORTENED_BY = 28;

  /**
   * A build.
   *
   * @param results Buildbot's number: 0 for success, 2 for failure, 6 for a cancelled one; -1
   *     before its end
   * @param image what it made; null for nothing
   */
  record Build(
      long number, SourceStamp request, int results, @Nullable ImageReference image) {
    boolean complete() {
      return results >= 0;
    }
  }

  private final URI url;
  private final GitHubCalls github;
  private final ImageMaker images;
  private final Duration delay;
  private final Set<Fault> faults = ConcurrentHashMap.newKeySet();
  private final AtomicLong number = new AtomicLong();
  private final Map<Long, Build> builds = new ConcurrentHashMap<>();
  private final Map<Long, BuildLog> logs = new ConcurrentHashMap<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final ExecutorService workers =
      Executors.newFixedThreadPool(
          WORKERS,
          task -> {
            Thread thread = new Thread(task, "sandbox-buildbot");
            thread.setDaemon(true);
            return thread;
          });

  Builds(URI url, GitHubCalls github, ImageMaker images, Duration delay) {
    this.url = url;
    this.github = github;
    this.images = images;
    this.delay = delay;
  }

  Set<Fault> faults() {
    return faults;
  }

  /** The build with this number. */
  Optional<Build> find(long id) {
    return Optional.ofNullable(builds.get(id));
  }

  Optional<BuildLog> log(long id) {
    return Optional.ofNullable(logs.get(id));
  }

  /** Keeps a log that is no build's, and tells its number. */
  long putLog(List<String> lines) {
    BuildLog log = new BuildLog(number.incrementAndGet());
    lines.forEach(log::output);
    logs.put(log.id(), log);
    return log.id();
  }

  /** All builds, oldest first. */
  List<Build> all() {
    List<Build> all = new ArrayList<>(builds.values());
    all.sort(java.util.Comparator.comparingLong(Build::number));
    return List.copyOf(all);
  }

  void enqueue(SourceStamp request) {
    long id = number.incrementAndGet();
    builds.put(id, new Build(id, request, -1, null));
    logs.put(id, new BuildLog(id));
    workers.execute(() -> run(id, request, logs.get(id)));
  }

  private void run(long id, SourceStamp request, BuildLog log) {
    try {
      report(id, request, "pending", "Build queued.");
      if (isClosedWithin(delay.dividedBy(2))) {
        return;
      }
      if (find(id).orElseThrow().complete()) {
        return;
      }
      report(id, request, "pending", "Build started.");
      if (faults.contains(Fault.NEVER_ENDS) || isClosedWithin(delay.dividedBy(2))) {
        return;
      }
      Optional<ImageReference> image = make(request, log);
      boolean ended = end(new Build(id, request, image.isPresent() ? 0 : 2, image.orElse(null)));
      if (ended && !faults.contains(Fault.NO_FINAL_STATUS)) {
        report(
            id,
            request,
            image.isPresent() ? "success" : "failure",
            image.map(Builds::success).orElseGet(() -> failure(log)));
      }
    } catch (RuntimeException e) {
      LOG.warn("Build {} of {} was not reported", id, request.repository(), e);
    }
  }

  /** Whether this is how the build ended: one that was cancelled has ended before. */
  private boolean end(Build ended) {
    return builds.replace(ended.number(), new Build(ended.number(), ended.request(), -1, null), ended);
  }

  /** Cancels a build that has not ended. */
  void cancel(Build build) {
    if (end(new Build(build.number(), build.request(), CANCELLED, null))) {
      workers.execute(() -> report(build.number(), build.request(), "error", "Build cancelled."));
    }
  }

  private Optional<ImageReference> make(SourceStamp request, BuildLog log) {
    try {
      return images.make(request, log);
    } catch (RuntimeException e) {
      log.error(String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  /** Twelve digits of the commit do if the whole does not fit. */
  private static String success(ImageReference image) {
    String text = "Build success. imageName:" + image;
    if (text.length() <= MAX_DESCRIPTION) {
      return text;
    }
    String bare = "imageName:" + image;
    return bare.length() <= MAX_DESCRIPTION
        ? bare
        : bare.substring(0, bare.length() - SHORTENED_BY);
  }

  private String failure(BuildLog log) {
    return "Build failure. logURL:" + url + "api/v2/logs/" + log.id() + "/contents";
  }

  private void report(long id, SourceStamp request, String state, String description) {
    if (faults.contains(Fault.NO_STATUSES)) {
      return;
    }
    for (int attempt = 1; ; attempt++) {
      try {
        github.status(request, state, description, url + "#/builders/1/builds/" + id);
        return;
      } catch (Upstream e) {
        if (!e.isRetryable()
            || attempt == ATTEMPTS
            || isClosedWithin(Duration.ofMillis(100L << attempt))) {
          throw e;
        }
      }
    }
  }

  private boolean isClosedWithin(Duration time) {
    try {
      return closed.await(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  @Override
  public void close() {
    closed.countDown();
    workers.shutdownNow();
  }
}
