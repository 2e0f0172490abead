package io.cite.server.sandbox.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Kubernetes API over plain HTTP whose pods are simulated: controllers get pods, pods become
 * ready after a short while, Services get endpoints, containers write a few log lines. Images can
 * be made to fail. It knows nothing of who calls. Thread-safe.
 */
public final class SandboxKubernetes implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SandboxKubernetes.class);

  /** Held, since a level set on a logger that nobody holds is lost; it tells of every request. */
  private static final java.util.logging.Logger CHATTER =
      java.util.logging.Logger.getLogger(MockWebServer.class.getName());

  private static final Duration START_TIME = Duration.ofMillis(300);
  private static final long PAUSE_MILLIS = 20;
  private static final long STOP_SECONDS = 10;
  private static final long WHILE_STARTING_MILLIS = 100;

  private final FailingImages failing = new FailingImages();
  private final AtomicBoolean due = new AtomicBoolean();
  private final KubernetesMockServer server;
  private final KubernetesClient client;
  private final SandboxController controller;
  private final @Nullable ClusterFile file;
  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "sandbox-kubernetes");
            thread.setDaemon(true);
            return thread;
          });

  @SuppressWarnings("deprecation") // the mock server takes the mapper of the library
  private SandboxKubernetes(InetAddress host, int port, Clock clock, @Nullable Path data) {
    CHATTER.setLevel(Level.WARNING);
    KubernetesCrudDispatcher store = new KubernetesCrudDispatcher();
    file = data == null ? null : new ClusterFile(data, store);
    int number = file == null ? 0 : file.restore();
    server =
        new KubernetesMockServer(
            new Context(Serialization.jsonMapper()),
            new MockWebServer(),
            new HashMap<>(),
            new SandboxDispatcher(
                store,
                new SandboxLogs(failing, clock)::of,
                this::reconcileSoon),
            false);
    server.init(host, port);
    client =
        new KubernetesClientBuilder()
            .withConfig(new ConfigBuilder(Config.empty()).withMasterUrl(url()).build())
            .withHttpClientFactory(new JdkHttpClientFactory())
            .build();
    controller = new SandboxController(client, failing, START_TIME, clock, number);
    reconcileSoon();
  }

  /**
   * Starts one whose objects are gone when it is closed.
   *
   * @param host address to listen on
   * @param port port to listen on; 0 for a free one
   */
  public static SandboxKubernetes start(String host, int port) {
    return start(host, port, null);
  }

  /**
   * Starts one.
   *
   * @param host address to listen on
   * @param port port to listen on; 0 for a free one
   * @param data the file that keeps its objects, made if it is missing; null keeps them in memory
   */
  public static SandboxKubernetes start(String host, int port, @Nullable Path data) {
    try {
      InetAddress address = InetAddress.getByName(host);
      return new SandboxKubernetes(address, port, Clock.systemUTC(), data);
    } catch (UnknownHostException e) {
      throw new io.cite.core.error.InvalidInput("The host '" + host + "' is not known");
    }
  }

  /** Where it listens, without a slash at the end. */
  public String url() {
    String url = server.url("/");
    return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
  }

  /** A client of it; closed with it. */
  public KubernetesClient client() {
    return client;
  }

  /** From now on, pods that start with an image in which the expression is found fail. */
  public void failImagesMatching(String regex, ImageFailure failure) {
    failing.add(regex, failure);
  }

  /** From now on, pods of all images start well. */
  public void failNoImages() {
    failing.clear();
  }

  private void reconcileSoon() {
    if (due.compareAndSet(false, true)) {
      schedule(PAUSE_MILLIS);
    }
  }

  private void schedule(long millis) {
    try {
      var unused = executor.schedule(this::reconcile, millis, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("closed");
    }
  }

  private void reconcile() {
    due.set(false);
    boolean again;
    try {
      again = controller.reconcile();
    } catch (KubernetesClientException e) {
      LOG.debug("the sandbox's controller tries again", e);
      again = true;
    }
    save();
    if (again && due.compareAndSet(false, true)) {
      schedule(WHILE_STARTING_MILLIS);
    }
  }

  private void save() {
    if (file == null) {
      return;
    }
    try {
      file.save(controller.number());
    } catch (UncheckedIOException e) {
      LOG.warn("The objects of the sandbox's Kubernetes were not saved", e);
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
    try {
      if (!executor.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("The sandbox's controller did not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    client.close();
    server.destroy();
    save();
  }
}
