package io.cite.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.cite.core.engine.check.Finding;
import io.cite.core.engine.check.Finding.Outcome;
import io.cite.core.error.Upstream;
import io.cite.core.port.cluster.Cluster;
import io.cite.core.port.cluster.RolloutId;
import io.cite.core.usecase.SeenRevisions;
import io.cite.core.usecase.operate.DeleteService;
import io.cite.core.usecase.operate.Diagnose;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What CITE works on without success shows, with its cause. */
class DiagnoseTroubleTest {
  private final AtomicBoolean hangs = new AtomicBoolean();
  private final World world = new World(this::keeping);

  DiagnoseTroubleTest() {
    world.create();
    world.pushAndBuild("second");
  }

  /** The cluster, which removes no environment while it hangs. */
  private Cluster keeping(Cluster real) {
    ClusterLens lens =
        (call, arguments) -> {
          if (hangs.get() && call.equals("ClusterObjects.removeAllOf")) {
            throw Upstream.retryable("Kubernetes", "remove it", "it does not answer", null);
          }
        };
    return lens.over(real);
  }

  private List<Finding> diagnose() {
    return world.useCases.diagnose().execute(new Diagnose.Command(World.CALLER, true));
  }

  @Test
  void findsADeletionThatHangsWithItsCause() {
    world.pass(Duration.ofHours(1));
    hangs.set(true);
    world
        .useCases
        .deleteService()
        .execute(new DeleteService.Command(World.CALLER, World.SERVICE, SeenRevisions.any()));
    world.pass(Duration.ofMinutes(4));
    assertThat(diagnose()).isEmpty();

    world.pass(Duration.ofMinutes(2));
    assertThat(diagnose())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.kind()).isEqualTo(Finding.Kind.SERVICE_STUCK);
              assertThat(finding.text()).contains("DELETING since", "it does not answer");
              assertThat(finding.outcome()).isEqualTo(Outcome.REPAIRED);
            });

    hangs.set(false);
    world.pass(Duration.ofMinutes(2));
    assertThat(diagnose()).isEmpty();
    assertThat(world.cluster.objects().inventory()).isEmpty();
  }

  @Test
  void findsALiveDeploymentThatNobodyServes() {
    world.cluster.takeNoTraffic(rollout -> true);
    world.pushAndBuild("third");
    world.cluster.makeUnready(new RolloutId(World.ENVIRONMENT, 1));
    world.pass(Duration.ofMinutes(2));

    assertThat(diagnose())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.kind()).isEqualTo(Finding.Kind.DEPLOYMENT_WITHOUT_ENDPOINTS);
              assertThat(finding.text()).contains("no pod took traffic within 30 s");
              assertThat(finding.outcome()).isEqualTo(Outcome.LEFT);
            });
    world.cluster.takeNoTraffic(rollout -> false);
    world.settle();
    assertThat(diagnose()).isEmpty();
  }

  @Test
  void findsALiveDeploymentThatWasNotChecked() {
    world.cluster.takeNoTraffic(rollout -> true);
    world.pushAndBuild("third");
    world.closeEngine();
    world.cluster.takeNoTraffic(rollout -> false);
    world.clock.advance(Duration.ofMinutes(2));

    assertThat(diagnose())
        .extracting(Finding::kind)
        .containsExactly(Finding.Kind.DEPLOYMENT_WITHOUT_ENDPOINTS);
    world.restart();
    world.settle();
    assertThat(diagnose()).isEmpty();
  }
}
