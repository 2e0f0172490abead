package io.cite.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cite.core.contract.Servers;
import io.cite.server.fixture.JsonClient;
import io.cite.server.fixture.LocalServer;
import io.cite.server.fixture.LocalServer.Reply;
import io.cite.server.sandbox.Options;
import io.cite.server.sandbox.Sandbox;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What version 0.1 stored is opened by this version, and everything in it goes on. */
class UpgradeIT {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String HELLO = "/v1/services/acme/hello";
  private static final String MAIN = HELLO + "/environments/main";
  private static final String FEATURE = HELLO + "/environments/feature-x-217d2bf5";

  @TempDir private Path folder = Path.of(".");

  private final LocalServer receiver = new LocalServer(request -> Reply.of(200, ""));

  @AfterEach
  void close() {
    receiver.close();
  }

  @Test
  void goesOnFromTheEmbeddedStore() throws Exception {
    FormerVersion former = FormerVersion.unpacked("embedded", folder);
    former.move(receiver.url());
    try (Sandbox sandbox = Sandbox.start(former.options())) {
      Upgraded upgraded = new Upgraded(sandbox);
      upgraded.awaitLive(MAIN, former.commits("main").get(1));

      upgraded.finishesWhatWasUnderWay(former);
      upgraded.goesOn(former);
    }
  }

  @Test
  void goesOnFromEtcd() throws Exception {
    FormerVersion former = FormerVersion.unpacked("etcd", folder);
    String endpoints = Servers.require("CITE_ETCD_ENDPOINTS");
    former.move(receiver.url());
    try (EtcdRecords etcd = new EtcdRecords()) {
      Map<String, String> ofOtherTests = etcd.all();
      etcd.replaceAll(former.etcd());
      Options options =
          former
              .options()
              .with("store.type", "etcd")
              .with("store.etcd.endpoints", Arrays.asList(endpoints.split(",")));
      try (Sandbox sandbox = Sandbox.start(options)) {
        Upgraded upgraded = new Upgraded(sandbox);
        String first = former.commits("main").get(0);
        upgraded.awaitLive(MAIN, first);

        upgraded.reportsWhatWasNotReported(first);
        assertThat(etcd.all().keySet())
            .isNotEmpty()
            .noneMatch(key -> key.startsWith("/cite/.looks/"));
        upgraded.finishesWhatWasUnderWay(former);
        upgraded.goesOn(former);
      } finally {
        etcd.replaceAll(ofOtherTests);
      }
    }
  }

  /** A server of this version on what the former one left. */
  private final class Upgraded {
    private final Sandbox sandbox;
    private final JsonClient cite;
    private final JsonClient github;

    Upgraded(Sandbox sandbox) {
      this.sandbox = sandbox;
      this.cite = new JsonClient(sandbox.cite(), sandbox.token().reveal());
      this.github = new JsonClient(sandbox.github().url(), sandbox.token().reveal());
    }

    /** The rollback that GitHub did not hear of, and its two notices. */
    void reportsWhatWasNotReported(String commit) {
      await("the deployment to be announced")
          .atMost(SOON)
          .untilAsserted(() -> assertThat(reported(commit)).containsExactly("success", "inactive"));
      await("the notices")
          .atMost(SOON)
          .untilAsserted(
              () ->
                  assertThat(notices(commit))
                      .containsExactlyInAnyOrder("deployment_started", "deployment_live"));
    }

    /** The push that was to be checked, the service that was to be made, and the one to go. */
    void finishesWhatWasUnderWay(FormerVersion former) {
      String pushed = former.commits("feature/x").get(2);
      await("the push to be checked")
          .atMost(SOON)
          .untilAsserted(
              () -> {
                JsonNode build = cite.get(FEATURE).expect(200).json().path("lastBuild");
                assertThat(build.path("commit").asString()).isEqualTo(pushed);
                assertThat(build.path("origin").asString()).isEqualTo("PUSH");
              });
      // Buildbot was not notified of that push, or forgot it
      cite.post(FEATURE + "/builds", Map.of()).expect(202);
      awaitLive(FEATURE, pushed);
      await("the notices")
          .atMost(SOON)
          .untilAsserted(
              () -> assertThat(notices(pushed)).contains("deployment_live", "build_succeeded"));
      awaitService("/v1/services/acme/late", service -> service.text("state").equals("READY"));
      awaitService("/v1/services/acme/gone", service -> service.status() == 404);
    }

    /** A push goes live, the one before comes back, and then the service is deleted. */
    void goesOn(FormerVersion former) {
      cite.delete(MAIN + "/pin").expect(200);
      String pushed =
          sandbox.github().commit("acme/hello", "main", Map.of("new.txt", "new\n"), "Say more");
      awaitLive(MAIN, pushed);
      assertThat(reported(pushed)).isNotEmpty();

      cite.post(MAIN + "/deployments/2/activate", Map.of()).expect(202);
      awaitLive(MAIN, former.commits("main").get(1));

      cite.delete(HELLO).expect(202);
      awaitService(HELLO, service -> service.status() == 404);
      assertThat(github.get("/repos/acme/hello/hooks").expect(200).json()).isEmpty();
      assertThat(sandbox.kubernetes().client().services().inNamespace("acme").list().getItems())
          .extracting(service -> service.getMetadata().getName())
          .containsExactlyInAnyOrder("late-main", "shop-trunk");
    }

    void awaitLive(String environment, String commit) {
      await("commit " + commit + " to be live")
          .atMost(SOON)
          .untilAsserted(
              () -> {
                JsonNode now = cite.get(environment).expect(200).json();
                assertThat(now.path("state").asString()).as(now.toPrettyString()).isEqualTo("LIVE");
                assertThat(now.at("/live/commit").asString())
                    .as(now.toPrettyString())
                    .isEqualTo(commit);
              });
    }

    private void awaitService(String service, Predicate<JsonClient.Answer> wanted) {
      await(service)
          .atMost(SOON)
          .untilAsserted(
              () -> {
                JsonClient.Answer now = cite.get(service);
                assertThat(wanted.test(now)).as(now.body()).isTrue();
              });
    }

    /** The last states at GitHub of the deployments of a commit, the newest first. */
    private List<String> reported(String commit) {
      String deployments = "/repos/acme/hello/deployments";
      return github
          .get(deployments + "?ref=" + commit)
          .expect(200)
          .json()
          .valueStream()
          .map(deployment -> deployments + "/" + deployment.path("id").asLong() + "/statuses")
          .map(statuses -> github.get(statuses).expect(200).json().at("/0/state").asString())
          .toList();
    }

    /** What kinds of notices of a commit came. */
    private List<String> notices(String commit) {
      return receiver.requests().stream()
          .map(request -> JsonMapper.shared().readTree(request.body()))
          .filter(notice -> notice.path("commit").asString().equals(commit))
          .map(notice -> notice.path("kind").asString())
          .toList();
    }
  }
}
