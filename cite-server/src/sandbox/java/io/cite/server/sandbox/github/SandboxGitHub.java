package io.cite.server.sandbox.github;

import io.cite.server.sandbox.github.event.DeliveryLog;
import io.cite.server.sandbox.github.event.DeliveryMode;
import io.cite.server.sandbox.github.event.Events;
import io.cite.server.sandbox.github.event.Pushes;
import io.cite.server.sandbox.github.event.WebhookSender;
import io.cite.server.sandbox.github.git.GitStorage;
import io.cite.server.sandbox.github.git.Repositories;
import io.cite.server.sandbox.github.oauth.Authorization;
import io.cite.server.sandbox.github.oauth.OAuthApp;
import io.cite.server.sandbox.github.rest.Api;
import io.cite.server.sandbox.github.rest.ApiCall;
import io.cite.server.sandbox.github.rest.CallLog;
import io.cite.server.sandbox.github.rest.Fault;
import io.cite.server.sandbox.github.rest.Faults;
import io.cite.server.sandbox.github.rest.ApiContext;
import io.cite.server.sandbox.github.rest.RateLimits;
import io.cite.server.sandbox.github.shape.Links;
import io.cite.server.sandbox.github.shape.Shapes;
import io.cite.server.sandbox.github.state.State;
import io.cite.server.sandbox.github.transport.GitHttp;
import io.cite.server.sandbox.github.transport.PushPolicy;
import io.javalin.Javalin;
import jakarta.servlet.DispatcherType;
import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.http.UriCompliance;

/**
 * A fake GitHub: the part of its REST API that CITE uses, webhooks with signatures and
 * deliveries, and real git over smart HTTP, all under one root and without TLS. It stands alone and
 * reaches nothing but the webhooks' addresses. Thread-safe.
 *
 * <p>Modelled after GitHub's REST API description, version 2022-11-28.
 */
public final class SandboxGitHub implements AutoCloseable {

  private final Javalin server;
  private final State state;
  private final GitStorage storage;
  private final WebhookSender sender;
  private final Faults faults;
  private final RateLimits limits;
  private final CallLog calls;
  private final URI url;
  private final Fixture fixture;
  private final Authorization authorization;

  private SandboxGitHub(Options options) {
    state = new State(options.data().resolve("state.json"));
    storage = new GitStorage(options.data().resolve("repositories"));
    DeliveryLog deliveries = new DeliveryLog(options.data().resolve("deliveries"));
    state.reserve(deliveries.lastId());
    Repositories repositories = new Repositories(state, storage, options.clock());
    Links links = new Links();
    Shapes shapes = Shapes.of(links, state, repositories);
    sender = new WebhookSender(state, deliveries, options.clock());
    Events events = new Events(shapes, repositories, sender);
    Pushes pushes = new Pushes(state, repositories, events, options.clock());
    faults = new Faults();
    limits = new RateLimits(options.rateLimit(), options.clock());
    calls = new CallLog();
    authorization = new Authorization(state);
    fixture = new Fixture(state, repositories, pushes, links, options.clock());
    options.users().forEach(user -> fixture.addUser(user.login(), user.token()));
    ApiContext context =
        new ApiContext(state, repositories, shapes, events, pushes, sender, deliveries, options.clock());
    PushPolicy policy =
        new PushPolicy(
            options.anonymousPush(),
            options.createOnPush(),
            options.users().stream().map(User::login).toList());
    server =
        server(
            options,
            new Api(context, limits, faults, calls),
            new GitHttp(state, repositories, pushes, policy),
            authorization);
    options.publicUrl().ifPresent(known -> links.listensAt(plain(known)));
    server.start();
    String host = options.host().equals("0.0.0.0") ? "127.0.0.1" : options.host();
    url = URI.create("http://" + host + ":" + server.port());
    links.listensAt(plain(options.publicUrl().orElse(url)));
  }

  /** Starts answering before it returns. */
  public static SandboxGitHub start(Options options) {
    return new SandboxGitHub(options);
  }

  /** The root of the API and of all repositories, without a slash at its end. */
  public URI url() {
    return url;
  }

  /** Makes somebody known, or gives them one more token. */
  public User addUser(String login, String token) {
    return fixture.addUser(login, token);
  }

  /** Lets people sign in to an application with their accounts here. */
  public void registerApp(OAuthApp app) {
    authorization.register(app);
  }

  /** Makes an organization known. */
  public void addOrganization(String login) {
    fixture.addOrganization(login);
  }

  /** Makes an empty public repository, and its owner if there is none. */
  public Repository createRepository(String fullName) {
    return fixture.createRepository(fullName, false);
  }

  /** Makes an empty private repository, and its owner if there is none. */
  public Repository createPrivateRepository(String fullName) {
    return fixture.createRepository(fullName, true);
  }

  /** Puts one commit by the repository's owner on a branch, with all that a push would lead to. */
  public String commit(
      String repository, String branch, java.util.Map<String, String> files, String message) {
    return fixture.commit(repository, branch, files, message);
  }

  /** Deletes a branch, with all that a push would lead to. */
  public void deleteBranch(String repository, String branch) {
    fixture.deleteBranch(repository, branch);
  }

  /**
   * @param permission {@code none}, {@code read}, {@code triage}, {@code write}, {@code maintain}
   *     or {@code admin}
   */
  public void setPermission(String repository, String login, String permission) {
    fixture.setPermission(repository, login, permission);
  }

  public void archive(String repository) {
    fixture.archive(repository);
  }

  /** What becomes of webhooks from now on. */
  public void deliveries(DeliveryMode mode) {
    sender.mode(mode);
  }

  /** Loses the next webhooks without a trace. */
  public void loseNextDeliveries(int count) {
    sender.loseNext(count);
  }

  /** Whether no webhook is being sent or waits to be, held ones aside. */
  public boolean deliveriesIdle() {
    return sender.idle();
  }

  /** Makes trouble for API calls to come. */
  public void fault(Fault fault) {
    faults.add(fault);
  }

  public void clearFaults() {
    faults.clear();
  }

  /** Changes how many calls each caller has per hour, and starts the hour anew. */
  public void rateLimit(int callsAnHour) {
    limits.limit(callsAnHour);
  }

  /** The last 10,000 calls of the REST API, oldest first. */
  public List<ApiCall> calls() {
    return calls.all();
  }

  public void clearCalls() {
    calls.clear();
  }

  @Override
  public void close() {
    faults.close();
    server.stop();
    sender.close();
    storage.close();
    state.close();
  }

  private static Javalin server(
      Options options, Api api, GitHttp git, Authorization authorization) {
    return Javalin.create(
        config -> {
          config.startup.showJavalinBanner = false;
          config.jetty.host = options.host();
          config.jetty.port = options.port();
          // Branches and environments have slashes, which clients send as %2F.
          config.jetty.modifyHttpConfiguration(http -> http.setUriCompliance(UriCompliance.UNSAFE));
          config.jetty.modifyServletContextHandler(
              context -> {
                context.getServletHandler().setDecodeAmbiguousURIs(true);
                context.addFilter(new FilterHolder(git), "/*", EnumSet.of(DispatcherType.REQUEST));
              });
          api.register(config.routes);
          authorization.register(config.routes);
        });
  }

  private static String plain(URI uri) {
    return uri.toString().replaceAll("/+$", "");
  }
}
