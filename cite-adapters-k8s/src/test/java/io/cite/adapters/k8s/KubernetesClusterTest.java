package io.cite.adapters.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.cite.core.domain.service.ContainerPorts;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.service.Namespace;
import io.cite.core.domain.service.Secret;
import io.cite.core.domain.service.ServiceId;
import io.cite.core.domain.source.BranchName;
import io.cite.core.error.CiteException;
import io.cite.core.error.ErrorCode;
import io.cite.core.error.NotFound;
import io.cite.core.port.LogLine;
import io.cite.core.port.Subscription;
import io.cite.core.port.cluster.LogQuery;
import io.cite.core.port.cluster.NamespaceFinding;
import io.cite.core.port.cluster.RolloutId;
import io.cite.core.port.cluster.Traffic;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServicePortBuilder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is Kubernetes' own, on a real cluster. */
class KubernetesClusterTest {
  @RegisterExtension
  final RealCluster real =
      new RealCluster(
          KubernetesSettings.defaults()
              .withGracePeriod(Duration.ZERO)
              .withServiceType(ServiceType.NODE_PORT, "127.0.0.1"));

  @Test
  void servesAtItsAddressWhatTrafficWasSwitchedTo() {
    real.cluster().traffic().ensureService(real.environment(), RealCluster.PORTS);
    RolloutId rollout = real.rollOutAndAwait(real.spec(1, new TestImages().serving()));

    real.cluster().traffic().switchTraffic(real.environment(), 1, rollout, RealCluster.PORTS);

    String address = real.cluster().traffic().address(real.environment()).orElseThrow();
    assertThat(address).startsWith("http://127.0.0.1:3");
    HttpClient http = HttpClient.newHttpClient();
    await()
        .atMost(RealCluster.TIMEOUT)
        .until(() -> status(http, address), code -> code == 404 || code == 200);
    assertThat(real.cluster().traffic().current(real.environment()))
        .contains(new Traffic(1, 1, RealCluster.PORTS, 1));
  }

  /**
   * What the address answers, 0 if nothing. kube-proxy reserves a node port by listening at it
   * without ever accepting, so a connection that is made before its rules are there is never
   * answered.
   */
  private static int status(HttpClient http, String url) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + "/")).timeout(Duration.ofSeconds(2)).build();
    try {
      return http.send(request, BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      return 0;
    }
  }

  @Test
  void keepsTheNodePortOfAPortThatStays() {
    real.cluster().traffic().ensureService(real.environment(), RealCluster.PORTS);
    String before = real.cluster().traffic().address(real.environment()).orElseThrow();

    real.cluster()
        .traffic()
        .switchTraffic(
            real.environment(), 1, real.rollout(1), new ContainerPorts(List.of(8080, 9090)));

    assertThat(real.cluster().traffic().address(real.environment())).contains(before);
  }

  @Test
  void mergesSecretsIntoOneObject() {
    real.cluster()
        .secrets()
        .put(real.environment(), Map.of("A", Secret.of("1"), "B", Secret.of("2")));
    real.cluster()
        .secrets()
        .put(real.environment(), Map.of("B", Secret.of("$(A)é"), "C", Secret.of("")));
    EnvironmentId copy = environment("main");

    real.cluster().secrets().copy(real.environment(), copy, List.of("A", "B", "C"));

    assertThat(secrets(copy))
        .isEqualTo(secrets(real.environment()))
        .isEqualTo(Map.of("A", "1", "B", "$(A)é", "C", ""));
  }

  private EnvironmentId environment(String branch) {
    return new EnvironmentId(
        ServiceId.of(real.namespace().value(), "hello"), BranchName.parse(branch));
  }

  private Map<String, String> secrets(EnvironmentId environment) {
    return real
        .admin()
        .secrets()
        .inNamespace(environment.namespace().value())
        .withName(environment.name() + "-secrets")
        .require()
        .getData()
        .entrySet()
        .stream()
        .collect(
            java.util.stream.Collectors.toMap(
                Map.Entry::getKey,
                e -> new String(Base64.getDecoder().decode(e.getValue()), StandardCharsets.UTF_8)));
  }

  @Test
  void handsVariablesToPodsAsTheyAre() {
    real.cluster().secrets().put(real.environment(), Map.of("HIDDEN", Secret.of("$(TOKEN)")));
    real.cluster()
        .rollouts()
        .rollOut(
            real.spec(
                1,
                new TestImages().crashing(),
                Map.of("TOKEN", "a$b$(PORT)$$c", "OTHER", "x"),
                true));

    List<LogLine> lines =
        await()
            .atMost(RealCluster.TIMEOUT)
            .until(
                () ->
                    real.cluster()
                        .logs()
                        .read(real.environment(), null, new LogQuery(10, null, false)),
                seen -> !seen.isEmpty());

    assertThat(lines).extracting(LogLine::text).contains("cannot start with a$b$(PORT)$$c");
  }

  @Test
  void neverTouchesAServiceThatItDidNotMake() {
    real.admin()
        .resource(
            new ServiceBuilder()
                .withNewMetadata()
                .withNamespace(real.namespace().value())
                .withName(real.environment().name())
                .endMetadata()
                .withNewSpec()
                .addToSelector("app", "theirs")
                .withPorts(new ServicePortBuilder().withPort(80).build())
                .endSpec()
                .build())
        .create();

    assertCode(
        ErrorCode.FOREIGN_OBJECT,
        () -> real.cluster().traffic().ensureService(real.environment(), RealCluster.PORTS));
    assertCode(
        ErrorCode.FOREIGN_OBJECT,
        () ->
            real.cluster()
                .traffic()
                .switchTraffic(real.environment(), 1, real.rollout(1), RealCluster.PORTS));
    real.cluster().objects().removeAllOf(real.environment());
    assertThat(
            real.admin()
                .services()
                .inNamespace(real.namespace().value())
                .withName(real.environment().name())
                .get())
        .isNotNull();
  }

  @Test
  void usesANamespaceOfOthersOnlyWhenConfiguredAndNeverRemovesIt() {
    Namespace foreign = Namespace.of(real.owner() + "-theirs");
    var made =
        real.admin()
            .resource(
                new NamespaceBuilder()
                    .withNewMetadata()
                    .withName(foreign.value())
                    .endMetadata()
                    .build());
    made.create();
    try {
      assertCode(
          ErrorCode.FOREIGN_OBJECT,
          () -> real.cluster().namespaces().ensure(foreign, "theirs", false));
      assertThat(real.cluster().namespaces().ensure(foreign, "theirs", true)).isFalse();
      real.cluster().namespaces().removeIfUnused(foreign);
      assertThat(real.cluster().namespaces().lookUp(foreign)).isEqualTo(NamespaceFinding.FOREIGN);
    } finally {
      made.delete();
    }
  }

  @Test
  void refusesTwoOwnersInOneNamespace() {
    assertCode(
        ErrorCode.NAME_COLLISION,
        () -> real.cluster().namespaces().ensure(real.namespace(), "another", false));
    assertThat(
            real.cluster()
                .namespaces()
                .ensure(real.namespace(), real.owner().toUpperCase(java.util.Locale.ROOT), false))
        .isFalse();
  }

  @Test
  void refusesToSwitchTrafficWithoutAService() {
    assertThatThrownBy(
            () ->
                real.cluster()
                    .traffic()
                    .switchTraffic(real.environment(), 1, real.rollout(1), RealCluster.PORTS))
        .isInstanceOf(NotFound.class);
  }

  @Test
  void followsPodsThatComeAndRun() {
    List<LogLine> lines = new CopyOnWriteArrayList<>();
    try (Subscription following = real.cluster().logs().follow(real.environment(), lines::add)) {
      real.cluster().rollouts().rollOut(real.spec(1, new TestImages().serving()));

      await().atMost(RealCluster.TIMEOUT).until(() -> !lines.isEmpty());
    }

    assertThat(lines).extracting(LogLine::text).containsExactly("serving on 8080");
    assertThat(lines.get(0).pod()).startsWith(real.rollout(1).name());
    assertThat(Instant.parse(lines.get(0).at())).isBefore(Instant.now().plusSeconds(60));
  }

  @Test
  void readsTheLogOfTheRunBefore() {
    real.cluster().rollouts().rollOut(real.spec(1, new TestImages().crashing()));
    LogQuery previous = new LogQuery(5, Duration.ofMinutes(5), true);

    List<LogLine> lines =
        await()
            .atMost(RealCluster.TIMEOUT)
            .until(
                () -> real.cluster().logs().read(real.environment(), real.rollout(1), previous),
                seen -> !seen.isEmpty());

    assertThat(lines).extracting(LogLine::text).containsExactly("cannot start with");
  }

  private static void assertCode(ErrorCode code, Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(CiteException.class, e -> assertThat(e.code()).isEqualTo(code));
  }
}
