package io.cite.server.adapter.buildbot;

import io.cite.adapters.github.WebhookSignature;
import io.cite.core.domain.build.LogUrl;
import io.cite.core.domain.source.BranchName;
import io.cite.core.domain.source.Commit;
import io.cite.core.domain.source.CommitId;
import io.cite.core.domain.source.RepositoryName;
import io.cite.core.error.Upstream;
import io.cite.core.port.Builder;
import io.cite.core.port.BuilderRun;
import io.cite.core.port.HookSpec;
import io.cite.server.outbound.Answer;
import io.cite.server.outbound.OutboundHttp;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@link Builder} over Buildbot: the event {@code cite} to its GitHub change hook, signed like
 * GitHub's own events, and builds and logs from its REST API. A refused signature is a permanent
 * {@link Upstream}. Thread-safe.
 *
 * @see <a href="https://docs.buildbot.net/latest/manual/configuration/wwwhooks.html">Buildbot's
 *     change hooks</a>
 */
public final class BuildbotBuilder implements Builder {
  private static final String SYSTEM = "Buildbot";
  private static final int MAX_ANSWER = 64 * 1024;
  private static final int MAX_LOG = 256 * 1024;
  private static final int MAX_LIST = 2 * 1024 * 1024;

  private final BuildbotSettings settings;
  private final OutboundHttp http;
  private final JsonMapper json = JsonMapper.shared();
  private final BuildbotRuns runs;
  private final BuildbotControl control;

  /** A builder at the configured Buildbot; connects to nothing yet. */
  public BuildbotBuilder(BuildbotSettings settings) {
    this.settings = settings;
    this.http = new OutboundHttp(SYSTEM, settings.timeout());
    this.runs = new BuildbotRuns(this::list, settings.url().toString());
    this.control = new BuildbotControl(settings, http);
  }

  @Override
  public void request(RepositoryName repository, BranchName branch, Commit commit) {
    byte[] body = json.writeValueAsBytes(CiteEvent.of(repository, branch, commit));
    String operation = "request a build of " + repository + " at " + commit.id().abbreviated();
    Answer answer =
        http.send(
            operation,
            HttpRequest.newBuilder(settings.hook())
                .header("Content-Type", "application/json")
                .header("X-GitHub-Event", "cite")
                .header("X-GitHub-Delivery", UUID.randomUUID().toString())
                .header(WebhookSignature.HEADER, WebhookSignature.sign(body, settings.secret()))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body)),
            MAX_ANSWER);
    if (!answer.isSuccess()) {
      throw http.refusal(operation, answer);
    }
  }

  @Override
  public List<BuilderRun> runs(RepositoryName repository, CommitId commit) {
    return runs.of(repository, commit);
  }

  /**
   * {@inheritDoc}
   *
   * <p>Buildbot cancels the requests: those that wait are dropped, and builds that have begun are
   * stopped.
   *
   * @see <a href="https://docs.buildbot.net/latest/developer/raml/buildrequest.html">Buildbot's
   *     build requests</a>
   */
  @Override
  public boolean cancel(RepositoryName repository, BranchName branch, CommitId commit, String why) {
    String operation = "cancel a build of " + repository + " at " + commit.abbreviated();
    List<Long> open = runs.openRequests(repository, branch, commit);
    open.forEach(request -> control.cancel(operation, request, why));
    return open.isEmpty();
  }

  private JsonNode list(String path) {
    return get(settings.url().resolve(path), MAX_LIST)
        .map(this::parse)
        .orElseThrow(
            () ->
                Upstream.permanent(
                    SYSTEM, "read builds", "there is nothing at " + settings.url() + path, null));
  }

  /**
   * {@inheritDoc}
   *
   * <p>Of a long log less than {@code maxLines} may be read: at most its last 256 KiB.
   */
  @Override
  public Optional<String> log(LogUrl url, int maxLines) {
    return LogAddress.parse(url.value(), settings.url())
        .flatMap(address -> get(address.resource()).map(log -> end(address, log, maxLines)));
  }

  private String end(LogAddress address, Answer metadata, int maxLines) {
    JsonNode log = parse(metadata).path("logs").path(0);
    long lines = log.path("num_lines").asLong(0);
    boolean isStdio = log.path("type").asString("s").equals("s");
    for (long wanted = Math.min(lines, maxLines); wanted > 0; wanted /= 2) {
      Optional<Answer> contents = get(address.contents(lines - wanted, wanted));
      if (contents.isEmpty()) {
        return "";
      }
      if (contents.get().isWhole()) {
        return text(parse(contents.get()), isStdio);
      }
    }
    return "";
  }

  private static String text(JsonNode contents, boolean isStdio) {
    String text =
        StreamSupport.stream(contents.path("logchunks").spliterator(), false)
            .map(chunk -> chunk.path("content").asString(""))
            .collect(Collectors.joining());
    if (!isStdio) {
      return text;
    }
    // Each line of such a log is led by the stream it came from: h(eader), o(utput) or e(rror).
    return text.lines()
        .map(line -> line.isEmpty() ? line : line.substring(1))
        .collect(Collectors.joining("\n", "", text.isEmpty() ? "" : "\n"));
  }

  @Override
  public HookSpec hook() {
    return new HookSpec(settings.hook().toString(), Set.of("push"), settings.secret());
  }

  /**
   * Asks whether Buildbot answers.
   *
   * @throws Upstream if it does not
   */
  public void check() {
    if (get(settings.url().resolve("api/v2")).isEmpty()) {
      throw Upstream.permanent(
          SYSTEM, "reach Buildbot", "there is no REST API at " + settings.url() + "api/v2", null);
    }
  }

  private Optional<Answer> get(URI uri) {
    return get(uri, MAX_LOG);
  }

  private Optional<Answer> get(URI uri, int maxBytes) {
    String operation = "read " + uri.getPath();
    Answer answer = http.send(operation, HttpRequest.newBuilder(uri), maxBytes);
    if (answer.status() == 404) {
      return Optional.empty();
    }
    if (!answer.isSuccess()) {
      throw http.refusal(operation, answer);
    }
    return Optional.of(answer);
  }

  private JsonNode parse(Answer answer) {
    try {
      return json.readTree(answer.body());
    } catch (JacksonException e) {
      throw Upstream.permanent(SYSTEM, "read its REST API", "the answer is not JSON", e);
    }
  }
}
