package io.cite.sdk;

import io.cite.sdk.wire.BuildView;
import io.cite.sdk.wire.CreateServiceRequest;
import io.cite.sdk.wire.DeploymentStateView;
import io.cite.sdk.wire.DeploymentView;
import io.cite.sdk.wire.PlannedChangeView;
import io.cite.sdk.wire.ProbeView;
import io.cite.sdk.wire.ServiceView;
import io.cite.sdk.wire.UpdateServiceRequest;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/** The code of docs/sdk.md; {@link SamplesTest} holds the two together. */
final class Samples {
  private final CiteClient cite;

  Samples(CiteClient cite) {
    this.cite = cite;
  }

  static CiteClient connect(String token) {
    // sample: connect
    CiteClient cite =
        CiteClient.builder(URI.create("http://127.0.0.1:7070"))
            .token(token)
            .timeout(Duration.ofSeconds(20))
            .build();
    // end
    return cite;
  }

  void create() {
    // sample: create
    CreateServiceRequest request =
        CreateServiceRequest.of("acme/hello")
            .withBranch("main")
            .withProbe(ProbeView.http("/"))
            .withReplicas(2)
            .withVariables(Map.of("GREETING", "hello"));

    for (PlannedChangeView change : cite.services().plan(request).changes()) {
      System.out.println(change.step() + ": " + change.action() + " " + change.target());
    }
    ServiceRef hello = ServiceRef.of(cite.services().create(request));
    ServiceView made = cite.awaitServiceReady(hello, Duration.ofMinutes(2));
    System.out.println(hello + " is " + made.state());
    // end
  }

  void deploy(String commit) {
    // sample: deploy
    EnvironmentRef main = ServiceRef.parse("acme/hello").environment("main");

    BuildView build = cite.builds(main).start(commit);
    build = cite.awaitBuild(main, build.number(), Duration.ofMinutes(20));
    if (build.image() == null) {
      System.out.println(cite.builds(main).log(build.number()));
      return;
    }
    DeploymentView deployment = cite.deployments(main).deployBuild(build.number());
    deployment =
        cite.awaitDeployment(
            main.service(),
            main.slug(),
            deployment.seq(),
            Duration.ofMinutes(10),
            ProgressListener.lines(System.out::println));
    if (deployment.state() != DeploymentStateView.LIVE) {
      System.out.println(deployment.cause() + " " + deployment.evidence());
    }
    // end
  }

  void operate(EnvironmentRef main, String commit) {
    // sample: operate
    // rolls back to deployment 3 and pins the environment
    cite.deployments(main).activate(3, "the prices are wrong");
    cite.environments(main.service()).clearPin(main.slug()); // new builds are deployed again

    cite.why("acme/hello", commit).entries().forEach(link -> System.out.println(link.text()));
    cite.audit().stream().limit(20).forEach(System.out::println);
    // end
  }

  void change(ServiceRef hello) {
    // sample: change
    ETagged<ServiceView> read = cite.services().getWithETag(hello);
    int more = read.value().replicas() + 1;
    cite.services().update(hello, UpdateServiceRequest.unchanged().withReplicas(more), read.etag());
    // end
  }

  void listen(ServiceRef hello) {
    // sample: events
    try (EventSubscription events =
        cite.events(hello, event -> System.out.println(event.type() + " " + event.state()))) {
      doOtherWork();
      System.out.println(events.connected() ? "connected" : "not connected now");
    }
    // end
  }

  void failures(ServiceRef hello) {
    // sample: failures
    try {
      cite.services().get(hello);
    } catch (CiteServerException e) {
      System.err.println(e.status() + " " + e.code() + ": " + e.detail() + ", id " + e.errorId());
    } catch (CiteUnavailableException e) {
      System.err.println("try again later: " + e.getMessage());
    }
    // end
  }

  private static void doOtherWork() {}
}
