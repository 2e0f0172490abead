package io.cite.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.cite.core.domain.deploy.DeploymentState;
import io.cite.core.domain.service.Secret;
import io.cite.core.error.Upstream;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Secret variables on their way from an order to the cluster. */
class EnvironmentSetupTest {
  private final AtomicBoolean away = new AtomicBoolean();
  private final World world = new World(this::lens);

  private io.cite.core.port.cluster.Cluster lens(io.cite.core.port.cluster.Cluster real) {
    ClusterLens lens =
        (call, arguments) -> {
          if (away.get() && call.equals("ClusterSecrets.put")) {
            throw Upstream.retryable("Kubernetes", "store secrets", "it does not answer", null);
          }
        };
    return lens.over(real);
  }

  private void set(String value) {
    world
        .useCases
        .updateEnvironment()
        .execute(EnvironmentChange.variables(null, Map.of("K", Secret.of(value))));
  }

  @Test
  void noRolloutBeginsBeforeTheSecretsAreThere() {
    world.create();
    world.pushAndBuild("live before");
    away.set(true);
    set("new");
    world.pushAndBuild("needs the secret");
    world.pass(Duration.ofMinutes(1));

    assertThat(world.deployments().get(0).state()).isEqualTo(DeploymentState.ANNOUNCED);
    assertThat(world.deployments().get(1).state()).isEqualTo(DeploymentState.LIVE);

    away.set(false);
    world.pass(Duration.ofMinutes(2));
    assertThat(world.cluster.secrets(World.ENVIRONMENT)).containsEntry("K", Secret.of("new"));
    assertThat(world.deployments().get(0).state()).isEqualTo(DeploymentState.LIVE);
  }

  @Test
  void theLastOfTwoValuesCounts() {
    world.create();
    away.set(true);
    set("first");
    world.settle();
    set("second");
    away.set(false);
    world.pass(Duration.ofMinutes(2));

    assertThat(world.cluster.secrets(World.ENVIRONMENT)).containsEntry("K", Secret.of("second"));
  }

  @Test
  void aProcessThatCrashesLeavesTheSecretsToTheNextOne() {
    world.create();
    away.set(true);
    set("kept");
    world.settle();
    world.restart();
    away.set(false);
    world.settle();

    assertThat(world.cluster.secrets(World.ENVIRONMENT)).containsEntry("K", Secret.of("kept"));
    assertThat(world.store.get("/cite/.environments/acme/hello/main").orElseThrow().document())
        .doesNotContainKey("setup");
  }
}
