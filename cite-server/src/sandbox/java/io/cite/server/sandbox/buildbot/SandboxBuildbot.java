package io.cite.server.sandbox.buildbot;

import io.cite.adapters.github.WebhookSignature;
import io.cite.core.domain.build.LogUrl;
import io.cite.core.error.CiteException;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * A fake Buildbot: a change hook for GitHub's pushes and CITE's own events, builds
 * that report by commit statuses, logs by the REST API, and beside it the registry with the images'
 * manifests. The builds are simulated unless a tool is given. Thread-safe.
 */
public final class SandboxBuildbot implements AutoCloseable {
  private static final long MAX_EVENT = 25L * 1024 * 1024;
  private static final String HOOK = "change_hook/github";

  private final Options options;
  private final SandboxRegistry registry;
  private final JsonMapper json = JsonMapper.shared();
  private final Javalin server;
  private final Optional<RealImages> realImages;
  private final Builds builds;

  private SandboxBuildbot(Options options) {
    this.options = options;
    this.registry = new SandboxRegistry(options.images());
    this.server = Javalin.create(this::configure).start(options.host(), options.port());
    GitHubCalls github = new GitHubCalls(options.githubApi(), options.token());
    this.realImages = options.tool().map(tool -> new RealImages(tool, options.token()));
    ImageMaker images =
        realImages.isPresent()
            ? realImages.get()
            : new FakeImages(github, registry, options.host() + ":" + server.port());
    this.builds = new Builds(url(), github, images, options.delay());
  }

  /** Starts listening. */
  public static SandboxBuildbot start(Options options) {
    return new SandboxBuildbot(options);
  }

  /** The root, with a slash at the end; also the registry's. */
  public URI url() {
    return URI.create("http://" + options.host() + ":" + server.port() + "/");
  }

  /** The change hook. */
  public URI hook() {
    return url().resolve(HOOK);
  }

  /** What goes wrong from now on; may be changed at any time. */
  public Set<Fault> faults() {
    return builds.faults();
  }

  /** Keeps a log with these lines, and tells where. */
  public LogUrl putLog(List<String> lines) {
    return new LogUrl(url() + "api/v2/logs/" + builds.putLog(lines) + "/contents");
  }

  private void configure(JavalinConfig config) {
    config.startup.showJavalinBanner = false;
    config.http.maxRequestSize = MAX_EVENT;
    config.routes.post("/" + HOOK, this::event);
    config.routes.get("/api/v2", ctx -> answer(ctx, Map.of("meta", Map.of())));
    new BuildResource(() -> builds, this::answer).routes(config.routes);
    config.routes.get("/api/v2/logs/{id}", ctx -> log(ctx).ifPresent(log -> metadata(ctx, log)));
    config.routes.get(
        "/api/v2/logs/{id}/contents", ctx -> log(ctx).ifPresent(log -> contents(ctx, log)));
    config.routes.get(
        "/api/v2/logs/{id}/raw", ctx -> log(ctx).ifPresent(log -> ctx.result(log.raw())));
    config.routes.get("/v2/", ctx -> answer(ctx, Map.of()));
    config.routes.get("/v2/<path>", this::manifest);
    config.routes.head("/v2/<path>", this::manifest);
  }

  private void event(Context ctx) {
    byte[] body = ctx.bodyAsBytes();
    String signature = ctx.header(WebhookSignature.HEADER);
    if (builds.faults().contains(Fault.HOOK_DOWN)) {
      ctx.status(503).result("the master is being reconfigured");
    } else if (!WebhookSignature.matches(body, signature, List.of(options.secret()))) {
      ctx.status(400)
          .result(signature == null ? "request is not signed" : "the signature does not match");
    } else {
      accept(ctx, body);
    }
  }

  private void accept(Context ctx, byte[] body) {
    String event = Optional.ofNullable(ctx.header("X-GitHub-Event")).orElse("");
    try {
      Optional<SourceStamp> request = SourceStamp.parse(event, json.readTree(body));
      request.ifPresent(builds::enqueue);
      ctx.result(request.isPresent() ? "1 change found" : "no change found");
    } catch (JacksonException e) {
      ctx.status(400).result("the body is not JSON");
    } catch (CiteException e) {
      ctx.status(400).result(e.getMessage());
    }
  }

  private Optional<BuildLog> log(Context ctx) {
    String id = ctx.pathParam("id");
    Optional<BuildLog> log =
        id.matches("[0-9]{1,18}") ? builds.log(Long.parseLong(id)) : Optional.empty();
    if (log.isEmpty()) {
      ctx.status(404);
      answer(ctx, Map.of("error", "not found"));
    }
    return log;
  }

  private void metadata(Context ctx, BuildLog log) {
    Map<String, Object> entry =
        Map.of("logid", log.id(), "name", "stdio", "type", "s", "num_lines", log.size());
    answer(ctx, Map.of("logs", List.of(entry), "meta", Map.of()));
  }

  private void contents(Context ctx, BuildLog log) {
    int offset = number(ctx, "offset", 0);
    String content = log.chunk(offset, number(ctx, "limit", Integer.MAX_VALUE));
    Map<String, Object> chunk = Map.of("logid", log.id(), "firstline", offset, "content", content);
    answer(ctx, Map.of("logchunks", List.of(chunk), "meta", Map.of()));
  }

  private static int number(Context ctx, String parameter, int otherwise) {
    String text = ctx.queryParam(parameter);
    return text != null && text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : otherwise;
  }

  private void manifest(Context ctx) {
    String path = ctx.pathParam("path");
    int at = path.lastIndexOf("/manifests/");
    Optional<SandboxRegistry.Manifest> manifest =
        at < 0
            ? Optional.empty()
            : registry.find(path.substring(0, at), path.substring(at + "/manifests/".length()));
    if (manifest.isEmpty()) {
      ctx.status(404);
      answer(ctx, Map.of("errors", List.of(Map.of("code", "MANIFEST_UNKNOWN"))));
      return;
    }
    ctx.header("Docker-Content-Digest", manifest.get().digest().value());
    ctx.contentType(SandboxRegistry.MEDIA_TYPE).result(manifest.get().bytes());
  }

  private void answer(Context ctx, Object body) {
    ctx.contentType("application/json").result(json.writeValueAsBytes(body));
  }

  /** Stops at once; builds under way are left as they are. */
  @Override
  public void close() {
    builds.close();
    realImages.ifPresent(RealImages::close);
    server.stop();
  }
}
