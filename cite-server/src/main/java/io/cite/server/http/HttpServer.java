package io.cite.server.http;

import io.cite.core.error.CiteException;
import io.cite.core.error.ErrorCode;
import io.cite.server.config.HttpConfiguration;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import io.javalin.http.MethodNotAllowedResponse;
import io.javalin.json.JavalinJackson3;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.jetty.http.MimeTypes;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/** Listens and brings requests to the routes of a table. Once started it runs until closed. */
public final class HttpServer implements AutoCloseable {
  private static final String METHOD_OVERRIDE = "X-HTTP-Method-Override";
  private static final int MAX_HEADERS = 16 * 1024;
  private static final long STOP_MILLIS = 2_000;
  private static final long MIB = 1024L * 1024;

  private final HttpConfiguration configuration;
  private final RoutingTable table;
  private final AccessControl guard;
  private final Meters meters;
  private final Pages pages;
  private final Javalin javalin;

  HttpServer(
      HttpConfiguration configuration, RoutingTable table, AccessControl guard, Meters meters) {
    this(configuration, table, guard, meters, Pages.NONE);
  }

  HttpServer(
      HttpConfiguration configuration,
      RoutingTable table,
      AccessControl guard,
      Meters meters,
      Pages pages) {
    this.configuration = configuration;
    this.table = table;
    this.guard = guard;
    this.meters = meters;
    this.pages = pages;
    this.javalin = Javalin.create(this::configure);
  }

  /** Begins to listen. */
  public void start() {
    javalin.start();
  }

  /** The port that it listens on. */
  public int port() {
    return javalin.port();
  }

  /** The port for health alone, as far as there is one. */
  OptionalInt healthPort() {
    Connector[] connectors = javalin.jettyServer().server().getConnectors();
    return connectors.length == 2
        ? OptionalInt.of(((ServerConnector) connectors[1]).getLocalPort())
        : OptionalInt.empty();
  }

  /** Takes no new requests, and ends once those under way are answered or some seconds passed. */
  @Override
  public void close() {
    javalin.stop();
  }

  private void configure(JavalinConfig config) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.concurrency.useVirtualThreads = configuration.virtualThreads();
    config.http.prefer405over404 = true;
    config.http.generateEtags = false;
    config.http.compressionStrategy = CompressionStrategy.NONE;
    config.http.maxRequestSize = Json.MAX_BODY;
    config.jsonMapper(new JavalinJackson3(Json.MAPPER, configuration.virtualThreads()));
    if (!configuration.virtualThreads() || Runtime.version().feature() < 21) {
      QueuedThreadPool threads = new QueuedThreadPool(configuration.maxThreads(), 8);
      threads.setName("cite-http");
      config.jetty.threadPool = threads;
    }
    config.jetty.modifyHttpConfiguration(
        http -> {
          http.setSendServerVersion(false);
          http.setRequestHeaderSize(MAX_HEADERS);
        });
    config.jetty.modifyServer(
        server -> {
          server.setErrorHandler(new ContainerProblems());
          server.setStopTimeout(STOP_MILLIS);
          server.setHandler(new Listeners.Separation(intake()));
        });
    config.jetty.addConnector((server, http) -> Listeners.all(server, http, configuration));
    Integer healthPort = configuration.healthPort();
    if (healthPort != null) {
      config.jetty.addConnector(
          (server, http) -> Listeners.health(server, http, configuration.host(), healthPort));
    }
    config.routes.before(HttpServer::secure);
    config.routes.before(HttpServer::refuseOverride);
    config.routes.before(HttpServer::refuseCharset);
    config.routes.exception(Exception.class, (failure, ctx) -> answer(ctx, failure));
    // Javalin answers these itself unless their very class is named
    config.routes.exception(HttpResponseException.class, (failure, ctx) -> answer(ctx, failure));
    for (Route route : table.routes()) {
      add(config, route);
    }
  }

  private BodyIntake intake() {
    BodyBudget budget = new BodyBudget(configuration.bodyMemory() * MIB);
    meters.gauge(
        "cite.http.body.bytes", "Memory of request bodies that are not answered", budget::used);
    return new BodyIntake(new BodyLimits(table, guard), budget, configuration.bodyTimeout());
  }

  private void add(JavalinConfig config, Route route) {
    config.routes.addHttpHandler(route.method(), route.path(), ctx -> handle(ctx, route));
    if (route.method().equals(HandlerType.GET)) {
      // Without a route of its own Javalin answers 200 to every HEAD, also without a token.
      config.routes.addHttpHandler(HandlerType.HEAD, route.path(), ctx -> handle(ctx, route));
    }
  }

  private void handle(Context ctx, Route route) {
    long begun = System.nanoTime();
    try {
      guard.admit(ctx, route.policy());
      route.checkParameters(ctx);
      route.action().handle(ctx);
    } catch (Exception e) {
      answer(ctx, e);
    } catch (VirtualMachineError e) {
      Thread thread = Thread.currentThread();
      thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
      throw e;
    } finally {
      meters.answered(route, ctx.statusCode(), System.nanoTime() - begun);
    }
  }

  /** Javalin would obey it, so that a link could delete a service. */
  private static void refuseOverride(Context ctx) {
    if (ctx.header(METHOD_OVERRIDE) != null) {
      throw new HttpProblem(
          ErrorCode.INVALID_INPUT,
          "The header " + METHOD_OVERRIDE + " is not supported. Send the request with its method.");
    }
  }

  /**
   * Bodies are UTF-8. A name that Java does not know would fail wherever a parameter is read.
   *
   * @see <a href="https://www.rfc-editor.org/rfc/rfc8259#section-8.1">RFC 8259, section 8.1</a>
   */
  private static void refuseCharset(Context ctx) {
    if (!isUtf8(ctx.header("Content-Type"))) {
      throw new HttpProblem(
          ErrorCode.MALFORMED_BODY,
          415,
          "The charset of the request body is not supported. Send it in UTF-8.",
          Map.of());
    }
  }

  private static boolean isUtf8(@Nullable String contentType) {
    try {
      String charset = MimeTypes.getCharsetFromContentType(contentType);
      return charset == null || charset.equalsIgnoreCase("utf-8");
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private void answer(Context ctx, Exception failure) {
    if (failure instanceof MethodNotAllowedResponse) {
      ctx.header("Allow", String.join(", ", allowed(ctx.path())));
      if (ctx.method().equals(HandlerType.OPTIONS)) {
        ctx.status(204);
        return;
      }
    }
    if (failure instanceof CiteException refusal) {
      guard.denied(ctx, refusal);
    }
    Problems.answer(ctx, failure, pages);
  }

  private Set<String> allowed(String path) {
    TreeSet<String> methods = new TreeSet<>(table.methods(path));
    if (methods.contains("GET")) {
      methods.add("HEAD");
    }
    methods.add("OPTIONS");
    return methods;
  }

  private static void secure(Context ctx) {
    ctx.header("X-Content-Type-Options", "nosniff");
    ctx.header("Cache-Control", "no-store");
    ctx.header("Referrer-Policy", "no-referrer");
    ctx.header("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
  }
}
