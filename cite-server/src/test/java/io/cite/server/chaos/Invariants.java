package io.cite.server.chaos;

import io.cite.core.domain.build.Build;
import io.cite.core.domain.build.BuildState;
import io.cite.core.domain.deploy.Deployment;
import io.cite.core.domain.deploy.DeploymentState;
import io.cite.core.domain.deploy.Origin;
import io.cite.core.domain.deploy.SagaId;
import io.cite.core.domain.service.EnvironmentSettings;
import io.cite.core.domain.service.EnvironmentState;
import io.cite.core.domain.service.ServiceRecord;
import io.cite.core.domain.service.ServiceState;
import io.cite.core.domain.source.Delivery;
import io.cite.core.engine.record.Records;
import io.cite.core.engine.record.Versioned;
import io.cite.core.engine.record.schema.Keys;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What must hold once things are quiet, asked of the real systems; each breach in words. */
final class Invariants {
  private static final String CONTEXT = "buildbot/cite-build";
  private static final String OURS = "app.kubernetes.io/managed-by";

  private final World world;
  private final Records records;
  private final List<Team> teams;
  private final List<Deployment> deployments;
  private final Set<String> sagas;
  private final List<String> breaches = new ArrayList<>();

  private Invariants(World world, List<Team> teams) {
    this.world = world;
    this.records = world.records();
    this.teams = teams;
    this.deployments = records.list(Keys.DEPLOYMENTS).stream().map(Versioned::value).toList();
    this.sagas =
        deployments.stream().map(Deployment::sagaId).map(SagaId::value).collect(Collectors.toSet());
  }

  /** All breaches of all invariants. */
  static List<String> breaches(World world, List<Team> teams) {
    Invariants invariants = new Invariants(world, teams);
    invariants.everyDeliveryIsSettled();
    invariants.noDeliveryOfAHookIsRefused();
    for (Versioned<EnvironmentState> state : invariants.records.list(Keys.ENVIRONMENTS)) {
      invariants.trafficGoesToTheNewest(state.value());
      invariants.nothingIsDoneTwice(state.value());
    }
    for (Team team : teams) {
      invariants.gitHubAgrees(team);
      invariants.promisesAreKept(team);
    }
    invariants.objectsHaveOwners();
    return List.copyOf(invariants.breaches);
  }

  private void require(boolean holds, String breach) {
    if (!holds) {
      breaches.add(breach);
    }
  }

  private void everyDeliveryIsSettled() {
    // taken first: deliveries that failed are made again all the time
    Set<String> acknowledged = world.ingress().acknowledged();
    Map<String, Delivery> stored =
        records.list(Keys.DELIVERIES).stream()
            .map(Versioned::value)
            .collect(Collectors.toMap(d -> d.id().value(), Function.identity()));
    for (String id : acknowledged) {
      require(stored.containsKey(id), "delivery " + id + " was acknowledged and is lost");
    }
    stored
        .values()
        .forEach(
            delivery -> require(delivery.disposition().isFinal(), "without an end: " + delivery));
  }

  /** What a hook that was removed with its service had still to say may be refused. */
  private void noDeliveryOfAHookIsRefused() {
    Map<String, Ingress.Refusal> refused = new HashMap<>(world.ingress().refused());
    refused.values().removeIf(refusal -> refusal.status() >= 500);
    refused.keySet().removeAll(world.ingress().acknowledged());
    Set<String> hooks =
        teams.stream()
            .flatMap(team -> world.listed("/repos/" + team.repository() + "/hooks").stream())
            .map(hook -> hook.path("id").asString())
            .collect(Collectors.toSet());
    refused.forEach(
        (id, refusal) -> require(!hooks.contains(refusal.hook()), id + " met a " + refusal));
  }

  private void trafficGoesToTheNewest(EnvironmentState state) {
    List<Deployment> all = deployments(state);
    List<Deployment> live = all.stream().filter(d -> d.state() == DeploymentState.LIVE).toList();
    String name = state.id().name();
    Service service =
        world
            .kubernetes()
            .services()
            .inNamespace(state.id().namespace().value())
            .withName(name)
            .get();
    if (service == null) {
      breaches.add("no Service " + name);
      return;
    }
    String selected = service.getSpec().getSelector().get("cite.io/deployment");
    if (live.isEmpty()) {
      require("none".equals(selected), name + " selects " + selected + " though nothing is live");
      return;
    }
    require(live.size() == 1, name + " has several live deployments " + seqs(live));
    Deployment newest = live.get(0);
    require(
        Long.toString(newest.rolloutSeq()).equals(selected),
        name + " selects " + selected + " and not that of " + newest.seq());
    require(
        Long.toString(newest.seq())
            .equals(service.getMetadata().getAnnotations().get("cite.io/deploy-seq")),
        name + " was not switched last by " + newest.seq());
    require(
        all.stream()
            .filter(d -> d.state() == DeploymentState.RETIRED)
            .allMatch(d -> d.seq() < newest.seq()),
        name + " has a retired deployment newer than the live " + newest.seq());
    require(Long.valueOf(newest.seq()).equals(state.live()), name + " has another live one noted");
    var pods =
        world
            .kubernetes()
            .replicationControllers()
            .inNamespace(state.id().namespace().value())
            .withName(name + "-" + selected)
            .get();
    require(pods != null, name + " selects a rollout that is not there");
    require(
        pods == null || Integer.valueOf(1).equals(pods.getStatus().getReadyReplicas()),
        name + "'s live pods are not ready");
  }

  private void gitHubAgrees(Team team) {
    Map<Long, Deployment> known = new HashMap<>();
    for (Deployment deployment : deployments) {
      Long id = deployment.host().githubId();
      if (id != null && isOf(team, deployment)) {
        known.put(id, deployment);
      }
    }
    Map<String, List<Long>> shown = new HashMap<>();
    for (JsonNode deployment : world.listed("/repos/" + team.repository() + "/deployments")) {
      long id = deployment.path("id").asLong();
      String last = lastStatus(team.repository(), id);
      Deployment ours = known.remove(id);
      String what = team.repository() + " deployment " + id + " at GitHub is " + last;
      if (ours == null) {
        require(
            Set.of("inactive", "failure").contains(last) || isOfThePast(deployment, last),
            what + " and no deployment of ours: " + deployment.path("payload"));
      } else {
        require(expected(ours).contains(last), what + " and ours is " + brief(ours));
        shown.computeIfAbsent(saga(deployment), key -> new ArrayList<>()).add(id);
      }
    }
    known.values().forEach(d -> breaches.add("GitHub does not know " + brief(d)));
    shown.forEach(
        (saga, ids) -> require(ids.size() == 1, "GitHub has " + saga + " several times: " + ids));
    for (JsonNode commit : world.listed("/repos/" + team.repository() + "/commits")) {
      String sha = commit.path("sha").asString("");
      for (JsonNode status :
          world.listed("/repos/" + team.repository() + "/commits/" + sha + "/statuses")) {
        if (status.path("context").asString("").equals(CONTEXT)) {
          require(
              !status.path("state").asString("").equals("pending"),
              team.repository() + "@" + sha + " is pending for ever");
          break; // the newest comes first
        }
      }
    }
  }

  /** A deleted service's deployments that were replaced keep the last word on them. */
  private boolean isOfThePast(JsonNode deployment, String last) {
    return last.equals("success") && !sagas.contains(saga(deployment));
  }

  private static Set<String> expected(Deployment d) {
    return switch (d.state()) {
      case LIVE -> Set.of(d.hasNoEndpoints() ? "failure" : "success");
      case RETIRED -> Set.of("success", "inactive");
      case FAILED -> Set.of("failure");
      case SUPERSEDED, CANCELLED -> Set.of("inactive");
      case REQUESTED, ANNOUNCED, ROLLING_OUT, READY -> Set.of();
    };
  }

  private String lastStatus(String repository, long id) {
    return world.listed("/repos/" + repository + "/deployments/" + id + "/statuses").stream()
        .findFirst()
        .map(status -> status.path("state").asString(""))
        .orElse("without a status");
  }

  private static String saga(JsonNode deployment) {
    JsonNode payload = deployment.path("payload");
    JsonNode read = payload.isString() ? JsonMapper.shared().readTree(payload.asString()) : payload;
    return read.path("cite").path("saga").asString("");
  }

  private void objectsHaveOwners() {
    Set<String> expected = new TreeSet<>();
    for (Versioned<EnvironmentState> stored : records.list(Keys.ENVIRONMENTS)) {
      String name = stored.value().id().namespace() + "/" + stored.value().id().name();
      expected.add(name);
      deployments(stored.value()).stream()
          .filter(d -> d.rollout().mayExist())
          .forEach(d -> expected.add(name + "-" + d.rolloutSeq()));
    }
    Set<String> found = new TreeSet<>();
    for (String namespace : namespaces()) {
      var services = world.kubernetes().services().inNamespace(namespace);
      services.withLabel(OURS, "cite").list().getItems().forEach(o -> found.add(named(o)));
      var controllers = world.kubernetes().replicationControllers().inNamespace(namespace);
      controllers.withLabel(OURS, "cite").list().getItems().forEach(o -> found.add(named(o)));
    }
    Set<String> orphans = new TreeSet<>(found);
    orphans.removeAll(expected);
    Set<String> missing = new TreeSet<>(expected);
    missing.removeAll(found);
    require(orphans.isEmpty(), "objects without a record: " + orphans);
    require(missing.isEmpty(), "records without their object: " + missing);
    Set<String> services = new HashSet<>();
    records.list(Keys.SERVICES).forEach(stored -> services.add(stored.value().id().toString()));
    for (Team team : teams) {
      int wanted = services.contains(team.environment().service().toString()) ? 1 : 0;
      Map<String, Long> hooks =
          world.listed("/repos/" + team.repository() + "/hooks").stream()
              .collect(
                  Collectors.groupingBy(
                      hook -> hook.path("config").path("url").asString(""), Collectors.counting()));
      require(
          hooks.size() == 2 * wanted && hooks.values().stream().allMatch(n -> n == 1),
          team.repository() + " has hooks " + hooks);
    }
    for (Versioned<ServiceRecord> service : records.list(Keys.SERVICES)) {
      require(
          service.value().state() == ServiceState.READY,
          service.value().id() + " is " + service.value().state());
      for (Versioned<EnvironmentSettings> environment :
          records.list(Keys.environmentsOf(service.value().id()))) {
        require(
            records.get(Keys.environmentState(environment.value().id())).isPresent(),
            environment.value().id() + " has settings and no state");
      }
    }
  }

  private Set<String> namespaces() {
    return teams.stream()
        .map(team -> team.environment().service().namespace())
        .collect(Collectors.toSet());
  }

  private static String named(HasMetadata object) {
    return object.getMetadata().getNamespace() + "/" + object.getMetadata().getName();
  }

  private void nothingIsDoneTwice(EnvironmentState state) {
    deploysByItselfOnce(state);
    List<Build> builds =
        records.list(Keys.buildsOf(state.id())).stream().map(Versioned::value).toList();
    // one that was given up leaves the statuses that come after all to the next
    requireDistinct(
        builds.stream()
            .filter(b -> b.state() != BuildState.TIMED_OUT)
            .map(
                b ->
                    state.id() + " has a build of " + b.commit() + " after " + b.statuses().floor())
            .toList());
    for (Build b : builds) {
      builds.stream()
          .filter(other -> other.number() < b.number() && other.commit().equals(b.commit()))
          .forEach(
              other ->
                  require(
                      Math.max(other.statuses().floor(), b.statuses().floor())
                          >= Math.min(other.statuses().seen(), b.statuses().seen()),
                      state.id()
                          + " has a status of both "
                          + other.number()
                          + " and "
                          + b.number()));
    }
    builds.forEach(
        build ->
            require(
                build.state().isFinal() && !build.awaitsDecision(),
                state.id() + " has an open build " + build.number()));
  }

  /**
   * Releasing the pin deploys the branch's newest commit (again, where it was live before). So a
   * build may be deployed by itself a second time, after a rollback from it, and no more often than
   * pins were released.
   */
  private void deploysByItselfOnce(EnvironmentState state) {
    int released =
        teams.stream()
            .filter(team -> team.environment().toString().equals(state.id().toString()))
            .mapToInt(Team::released)
            .sum();
    Map<Long, Long> last = new HashMap<>();
    int repeated = 0;
    long rolledBack = 0;
    for (Deployment d : deployments(state)) {
      if (d.origin() == Origin.ROLLBACK) {
        rolledBack = d.seq();
      } else if (d.origin() == Origin.AUTO) {
        Long before = last.put(d.identity().build(), d.seq());
        if (before != null) {
          repeated++;
          require(
              before < rolledBack,
              state.id()
                  + " deployed build "
                  + d.identity().build()
                  + " in "
                  + before
                  + " and again in "
                  + d.seq());
        }
      }
    }
    require(
        repeated <= released,
        state.id()
            + " deployed "
            + repeated
            + " builds again, and pins were released "
            + released
            + " times");
  }

  private void requireDistinct(List<String> all) {
    all.stream()
        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()))
        .forEach((what, times) -> require(times == 1, times + " times: " + what));
  }

  private void promisesAreKept(Team team) {
    List<Deployment> all = deployments.stream().filter(d -> isOf(team, d)).toList();
    Set<Long> stored = all.stream().map(Deployment::seq).collect(Collectors.toSet());
    for (long seq : team.promised()) {
      require(stored.contains(seq), team.repository() + " was promised " + seq + ", which is lost");
    }
    long manual = all.stream().filter(d -> d.origin() != Origin.AUTO).count();
    require(
        manual <= team.asked(),
        team.repository() + " asked " + team.asked() + " times and got " + manual);
  }

  private List<Deployment> deployments(EnvironmentState state) {
    return deployments.stream()
        .filter(d -> d.environment().equals(state.id()))
        .sorted(Comparator.comparingLong(Deployment::seq))
        .toList();
  }

  private static boolean isOf(Team team, Deployment deployment) {
    return deployment
        .environment()
        .service()
        .toString()
        .equals(team.environment().service().toString());
  }

  private static List<Long> seqs(List<Deployment> deployments) {
    return deployments.stream().map(Deployment::seq).toList();
  }

  private static String brief(Deployment d) {
    return d.environment() + "#" + d.seq() + " " + d.state() + " (" + d.cause() + ")";
  }
}
