package io.cite.server.adapter.buildbot;

import io.cite.core.domain.build.LogUrl;
import io.cite.core.domain.image.ImageReference;
import io.cite.core.domain.source.BranchName;
import io.cite.core.domain.source.CommitId;
import io.cite.core.domain.source.RepositoryName;
import io.cite.core.error.InvalidInput;
import io.cite.core.port.BuilderRun;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What Buildbot knows of its builds, by its REST API. The newest builds are searched first: most
 * questions are about one that has just ended. An older one is found by its source stamp.
 *
 * @see <a href="https://docs.buildbot.net/latest/developer/raml/build.html">Buildbot's builds</a>
 */
final class BuildbotRuns {
  private static final int NEWEST = 50;
  private static final String PROPERTIES =
      "property=project&property=revision&property=branch&property=imageName";

  /** Buildbot's numbers for results: SUCCESS and WARNINGS. */
  private static final Set<Integer> SUCCESSES = Set.of(0, 1);

  private static final int FAILURE = 2;
  private static final int RETRY = 5;

  /** FAILURE, EXCEPTION, RETRY, CANCELLED. */
  private static final Set<Integer> FAILURES = Set.of(FAILURE, 4, RETRY, 6);

  private final Function<String, JsonNode> get;
  private final String root;

  /**
   * The builds of a Buildbot.
   *
   * @param get reads a resource, given its path below the root
   * @param root of Buildbot's web server, with a slash at the end
   */
  BuildbotRuns(Function<String, JsonNode> get, String root) {
    this.get = get;
    this.root = root;
  }

  List<BuilderRun> of(RepositoryName repository, CommitId commit) {
    String newest = "api/v2/builds?order=-buildid&limit=" + NEWEST + "&" + PROPERTIES;
    List<BuilderRun> runs = runs(get.apply(newest), repository, commit);
    if (runs.isEmpty()) {
      runs = byStamp(repository, commit);
    }
    return runs.stream().sorted(Comparator.comparingLong(BuilderRun::number)).toList();
  }

  /** The requests of a commit of a branch whose builds wait or have not ended. */
  List<Long> openRequests(RepositoryName repository, BranchName branch, CommitId commit) {
    Set<Long> sets = new HashSet<>();
    for (JsonNode set : get.apply("api/v2/buildsets?complete=false").path("buildsets")) {
      for (JsonNode stamp : set.path("sourcestamps")) {
        if (stamp.path("project").asString("").equalsIgnoreCase(repository.toString())
            && stamp.path("branch").asString("").equals(branch.value())
            && stamp.path("revision").asString("").equals(commit.value())) {
          sets.add(set.path("bsid").asLong());
        }
      }
    }
    List<Long> requests = new ArrayList<>();
    if (!sets.isEmpty()) {
      String open = "api/v2/buildrequests?complete=false";
      for (JsonNode request : get.apply(open).path("buildrequests")) {
        if (sets.contains(request.path("buildsetid").asLong())) {
          requests.add(request.path("buildrequestid").asLong());
        }
      }
    }
    return requests;
  }

  private List<BuilderRun> byStamp(RepositoryName repository, CommitId commit) {
    List<BuilderRun> runs = new ArrayList<>();
    String stamps = "api/v2/sourcestamps?revision=" + commit;
    for (JsonNode stamp : get.apply(stamps).path("sourcestamps")) {
      String changes = "api/v2/sourcestamps/" + stamp.path("ssid").asLong() + "/changes";
      for (JsonNode change : get.apply(changes).path("changes")) {
        String builds =
            "api/v2/changes/" + change.path("changeid").asLong() + "/builds?" + PROPERTIES;
        runs.addAll(runs(get.apply(builds), repository, commit));
      }
    }
    return runs.stream().distinct().toList();
  }

  private List<BuilderRun> runs(JsonNode answer, RepositoryName repository, CommitId commit) {
    List<BuilderRun> runs = new ArrayList<>();
    for (JsonNode build : answer.path("builds")) {
      if (property(build, "project").equalsIgnoreCase(repository.toString())
          && property(build, "revision").equals(commit.value())) {
        runs.add(run(build, commit));
      }
    }
    return runs;
  }

  private BuilderRun run(JsonNode build, CommitId commit) {
    long id = build.path("buildid").asLong();
    BuilderRun.State state = state(build);
    boolean failed = state == BuilderRun.State.FAILED || state == BuilderRun.State.ERRORED;
    return new BuilderRun(
        id,
        parsed(property(build, "branch"), BranchName::parse),
        commit,
        state,
        parsed(property(build, "imageName"), ImageReference::parse),
        failed ? log(id).orElse(null) : null);
  }

  private static BuilderRun.State state(JsonNode build) {
    int results = build.path("results").asInt(-1);
    if (!build.path("complete").asBoolean(false) || results == RETRY) {
      return BuilderRun.State.RUNNING;
    }
    if (SUCCESSES.contains(results)) {
      return BuilderRun.State.SUCCEEDED;
    }
    return results == FAILURE ? BuilderRun.State.FAILED : BuilderRun.State.ERRORED;
  }

  /** A property is stored as its value and where that came from. */
  private static String property(JsonNode build, String name) {
    return build.path("properties").path(name).path(0).asString("");
  }

  private static <T> @Nullable T parsed(String text, Function<String, T> parse) {
    try {
      return text.isEmpty() ? null : parse.apply(text);
    } catch (InvalidInput e) {
      // a property that is no such name says nothing
      return null;
    }
  }

  /** The last log of a step that failed. */
  private Optional<LogUrl> log(long build) {
    Optional<LogUrl> last = Optional.empty();
    for (JsonNode step : get.apply("api/v2/builds/" + build + "/steps").path("steps")) {
      if (FAILURES.contains(step.path("results").asInt(-1))) {
        String logs = "api/v2/steps/" + step.path("stepid").asLong() + "/logs";
        for (JsonNode log : get.apply(logs).path("logs")) {
          if (log.path("num_lines").asLong() > 0) {
            long id = log.path("logid").asLong();
            last = Optional.of(new LogUrl(root + "api/v2/logs/" + id + "/contents"));
          }
        }
      }
    }
    return last;
  }
}
