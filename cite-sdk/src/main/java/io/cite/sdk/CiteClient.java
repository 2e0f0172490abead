package io.cite.sdk;

import io.cite.sdk.wire.AuditEntryView;
import io.cite.sdk.wire.BuildView;
import io.cite.sdk.wire.DeliveryView;
import io.cite.sdk.wire.DeploymentView;
import io.cite.sdk.wire.ServiceView;
import io.cite.sdk.wire.WhyView;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Speaks to a CITE server. Make one and share it: it is thread-safe, and building it sends nothing.
 *
 * <p>All methods block. They fail with {@link CiteServerException} when the server refuses, with
 * {@link CiteUnavailableException} when it cannot be reached, and, if they wait, with {@link
 * CiteTimeoutException}. Requests that can be repeated safely are repeated a few times when the
 * failure may pass (408, 429, 502, 503, 504, a broken connection), after the time that {@code
 * Retry-After} names; every POST carries an {@code Idempotency-Key}, so that it takes effect once
 * however often it is sent.
 */
public final class CiteClient implements AutoCloseable {
  /** Servers send a comment more often than this on an event stream that has nothing to tell. */
  private static final Duration SILENCE = Duration.ofMinutes(2);

  private final Transport transport;
  private final Resources resources;
  private final Waiting waiting;
  private final Set<EventSubscription> subscriptions = ConcurrentHashMap.newKeySet();

  private CiteClient(Builder builder) {
    HttpClient http = builder.httpClient != null ? builder.httpClient : builder.plainHttpClient();
    transport =
        new Transport(http, builder.server, builder.token, builder.timeout, InstantSource.system());
    resources = new Resources(transport);
    waiting = new Waiting(transport, this::events, builder.resyncInterval);
  }

  /** Begins to build a client for the server at that address, such as {@code https://cite}. */
  public static Builder builder(URI server) {
    return new Builder(server);
  }

  /** The services. */
  public Services services() {
    return new Services(resources);
  }

  /** The environments of a service. */
  public Environments environments(ServiceRef service) {
    return new Environments(resources, service);
  }

  /** The builds of an environment. */
  public Builds builds(EnvironmentRef environment) {
    return new Builds(resources, environment);
  }

  /** The deployments of an environment. */
  public Deployments deployments(EnvironmentRef environment) {
    return new Deployments(resources, environment);
  }

  /** The webhooks that came in and what became of them, newest first. */
  public Paged<DeliveryView> deliveries() {
    return resources.list(DeliveryView.class, "deliveries");
  }

  /** One webhook, by the GUID that GitHub gave it. */
  public DeliveryView delivery(String id) {
    return resources.get(DeliveryView.class, "deliveries", id).value();
  }

  /**
   * Why something did or did not happen to a commit of {@code owner/repo}.
   *
   * @param commit its id, or the first 7 digits or more
   */
  public WhyView why(String repository, String commit) {
    ServiceRef parts = ServiceRef.parse(repository);
    return resources.get(WhyView.class, "why", parts.namespace(), parts.name(), commit).value();
  }

  /** Who did what, newest first. */
  public Paged<AuditEntryView> audit() {
    return resources.list(AuditEntryView.class, "audit");
  }

  /** Hears of all state changes that the caller may see, until the subscription is closed. */
  public EventSubscription events(EventListener listener) {
    return subscribe(null, listener);
  }

  /** Hears of the state changes of one service, until the subscription is closed. */
  public EventSubscription events(ServiceRef service, EventListener listener) {
    return subscribe(service, listener);
  }

  private EventSubscription subscribe(@Nullable ServiceRef service, EventListener listener) {
    transport.requireOpen();
    EventSubscription subscription =
        new EventSubscription(transport, service, listener, SILENCE, subscriptions::remove);
    subscriptions.add(subscription);
    return subscription.open();
  }

  /**
   * Waits until a deployment is live, or has ended otherwise; the state of what is returned tells
   * which.
   */
  public DeploymentView awaitDeployment(
      ServiceRef service, String slug, long seq, Duration limit, ProgressListener listener) {
    Object[] path =
        Resources.join(Environments.path(service.environment(slug)), "deployments", seq);
    return waiting.until(
        "wait for the end of deployment " + seq + " of " + service.environment(slug),
        service,
        limit,
        left -> transport.json(Call.get(path).within(left), DeploymentView.class),
        new DeploymentProgress(listener)::saw,
        deployment -> deployment.state().ended());
  }

  /** {@link #awaitDeployment(ServiceRef, String, long, Duration, ProgressListener)} in silence. */
  public DeploymentView awaitDeployment(EnvironmentRef environment, long seq, Duration limit) {
    return awaitDeployment(
        environment.service(), environment.slug(), seq, limit, ProgressListener.SILENT);
  }

  /**
   * Waits until the creation of a service has come to a result: ready, failed, or degraded, which
   * means that it works while a step is still tried.
   */
  public ServiceView awaitServiceReady(ServiceRef service, Duration limit) {
    return awaitServiceReady(service, limit, change -> {});
  }

  /** The same; the listener is given the service each time that it reads differently. */
  public ServiceView awaitServiceReady(
      ServiceRef service, Duration limit, Consumer<ServiceView> listener) {
    Object[] path = Services.path(service);
    return waiting.until(
        "wait until " + service + " is ready",
        service,
        limit,
        left -> transport.json(Call.get(path).within(left), ServiceView.class),
        new Changes<>(listener),
        seen -> seen.state().settled());
  }

  /** Waits until a build has ended, in whichever way. */
  public BuildView awaitBuild(EnvironmentRef environment, long number, Duration limit) {
    return awaitBuild(environment, number, limit, change -> {});
  }

  /** The same; the listener is given the build each time that it reads differently. */
  public BuildView awaitBuild(
      EnvironmentRef environment, long number, Duration limit, Consumer<BuildView> listener) {
    Object[] path = Resources.join(Environments.path(environment), "builds", number);
    return waiting.until(
        "wait for the end of build " + number + " of " + environment,
        environment.service(),
        limit,
        left -> transport.json(Call.get(path).within(left), BuildView.class),
        new Changes<>(listener),
        build -> build.state().ended());
  }

  /** Ends subscriptions and waiting; requests under way still end as they would. */
  @Override
  public void close() {
    transport.closed().complete(null);
    subscriptions.forEach(EventSubscription::close);
  }

  /** Passes on a value only if it differs from the one before. */
  private static final class Changes<T> implements Consumer<T> {
    private final Consumer<T> listener;
    private @Nullable T last;

    Changes(Consumer<T> listener) {
      this.listener = listener;
    }

    @Override
    public void accept(T value) {
      if (!value.equals(last)) {
        last = value;
        listener.accept(value);
      }
    }
  }

  /** Collects what a client needs to know; only the address is required. */
  public static final class Builder {
    private final URI server;
    private @Nullable String token;
    private Duration timeout = Duration.ofSeconds(30);
    private @Nullable HttpClient httpClient;
    private Duration resyncInterval = Waiting.RESYNC_INTERVAL;

    private Builder(URI server) {
      String scheme = server.getScheme();
      if (!"http".equals(scheme) && !"https".equals(scheme)) {
        throw new IllegalArgumentException(
            "The address of the server must be an http or https URL: " + server);
      }
      this.server = server;
    }

    /** The API token of the caller. */
    public Builder token(String token) {
      this.token = token;
      return this;
    }

    /** How long one answer may take; default 30 seconds. */
    public Builder timeout(Duration timeout) {
      if (timeout.isNegative() || timeout.isZero()) {
        throw new IllegalArgumentException("The timeout must be longer than zero: " + timeout);
      }
      this.timeout = timeout;
      return this;
    }

    /** An HTTP client with settings of its own, such as a proxy or a private CA. */
    public Builder httpClient(HttpClient httpClient) {
      this.httpClient = httpClient;
      return this;
    }

    /** How old a reading of what is awaited may be while events come. */
    Builder resyncInterval(Duration resyncInterval) {
      this.resyncInterval = resyncInterval;
      return this;
    }

    /** The client; nothing is sent yet. */
    public CiteClient build() {
      return new CiteClient(this);
    }

    private HttpClient plainHttpClient() {
      HttpClient.Builder plain = HttpClient.newBuilder().connectTimeout(timeout);
      if ("http".equals(server.getScheme())) {
        plain.version(HttpClient.Version.HTTP_1_1); // spares the attempt to upgrade
      }
      return plain.build();
    }
  }
}
