package io.cite.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.cite.core.error.InvalidInput;
import io.cite.server.config.KubernetesConfiguration.Taint;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ConfigurationTest {

  private static String mistakes(String yaml, Map<String, String> environment) {
    Throwable thrown = catchThrowable(() -> Configuration.parse(yaml, environment, Samples.NOW));
    assertThat(thrown).isInstanceOf(InvalidInput.class);
    return Objects.requireNonNull(thrown.getMessage());
  }

  private static String mistakes(String more) {
    return mistakes(Samples.LEAST + more, Map.of());
  }

  @Test
  void fillsWhatIsNotSetWithDefaults() {
    Configuration configuration = Samples.configuration("");
    assertThat(configuration.http().port()).isEqualTo(7070);
    assertThat(configuration.http().publicUrl()).isEqualTo(URI.create("https://cite.example.com"));
    assertThat(configuration.github().api()).isEqualTo(URI.create("https://api.github.com"));
    assertThat(configuration.kubernetes().controller())
        .isEqualTo(KubernetesConfiguration.Controller.REPLICATION_CONTROLLER);
    assertThat(configuration.kubernetes().rolloutTimeout()).isEqualTo(Duration.ofMinutes(10));
    assertThat(configuration.store().etcd()).isNull();
    assertThat(configuration.logIndex().elasticsearch()).isNull();
    assertThat(configuration.registry().url()).isNull();
  }

  @Test
  void letsTheEnvironmentWinOverTheFile() {
    Configuration configuration =
        Configuration.parse(
            Samples.LEAST,
            Map.of(
                "CITE_HTTP_PORT", "0",
                "CITE_GITHUB_WEBHOOK_SECRET", "other",
                "CITE_STORE_TYPE", "etcd",
                "CITE_STORE_ETCD_ENDPOINTS", "http://a:2379, http://b:2379",
                "CITE_SERVICE_HOST", "set by Kubernetes, no key of ours"),
            Samples.NOW);
    assertThat(configuration.http().port()).isZero();
    assertThat(configuration.github().webhookSecret().reveal()).isEqualTo("other");
    assertThat(Objects.requireNonNull(configuration.store().etcd()).endpoints())
        .containsExactly("http://a:2379", "http://b:2379");
  }

  @Test
  void readsDottedKeysLikeNestedOnes() {
    assertThat(Samples.configuration("kubernetes.serviceType: NodePort\n").kubernetes())
        .extracting(KubernetesConfiguration::serviceType)
        .isEqualTo(KubernetesConfiguration.ServiceType.NODE_PORT);
  }

  @Test
  void readsOnWhichNodesPodsRun() {
    KubernetesConfiguration kubernetes =
        Samples.configuration(
                """
                kubernetes:
                  nodeSelector: [example.com/disk=ssd]
                  tolerations: ["team=web:NoSchedule", "spot", "old:NoExecute"]
                """)
            .kubernetes();
    assertThat(kubernetes.nodeLabels()).isEqualTo(Map.of("example.com/disk", "ssd"));
    assertThat(kubernetes.tolerations())
        .containsExactly(
            new Taint("team", "web", "NoSchedule"),
            new Taint("spot", null, null),
            new Taint("old", null, "NoExecute"));
    assertThat(mistakes("kubernetes: {nodeSelector: ssd, tolerations: ['a:Never']}\n"))
        .contains("kubernetes.nodeSelector must list label=value, not 'ssd'")
        .contains("kubernetes.tolerations must list taints")
        .contains("'a:Never'");
  }

  @Test
  void tellsAllMistakesAtOnce() {
    assertThat(
            mistakes(
                """
                http: {publicUrl: "ftp://x", port: 99999, hots: y}
                github: {token: a, app: {id: "1", privateKeyFile: k.pem}}
                store: {type: postgres}
                kubernetes: {rolloutTimeout: soon, adoptNamespaces: [kube-system]}
                security: {key: c2hvcnQ=}
                colour: blue
                """,
                Map.of()))
        .startsWith("The configuration has ")
        .contains("http.publicUrl must be an http or https URL")
        .contains("http.port must be a whole number from 0 to 65535, not '99999'")
        .contains("http.hots is not a key. Did you mean http.host?")
        .contains("github.token and github.app.id must not be set together")
        .contains("github.webhookSecret must be set")
        .contains("github.collaborator must be set")
        .contains("buildbot.hook must be set")
        .contains("store.type must be one of embedded, etcd, not 'postgres'")
        .contains("kubernetes.rolloutTimeout must be a duration")
        .contains("kubernetes.adoptNamespaces has a wrong name")
        .contains("security.key must be base64 of at least 32 bytes")
        .contains("colour is not a key");
  }

  @Test
  void neverRepeatsASecretInAMistake() {
    assertThat(mistakes("", Map.of("CITE_SECURITY_KEY", "canary-canary"))).doesNotContain("canary");
  }

  @Test
  void doesNotShowSecretsInItsText() {
    assertThat(Samples.configuration("").toString()).doesNotContain("hush").doesNotContain("t0ken");
  }

  @Test
  void refusesAKeyThatIsSetTwice() {
    assertThat(mistakes("http.publicUrl: https://other.example.com\n"))
        .contains("http.publicUrl is set twice");
    assertThat(mistakes("http: {port: 1}\n")).contains("not valid YAML");
  }

  @Test
  void refusesYamlThatIsNone() {
    assertThat(mistakes("a: [\n")).contains("The file is not valid YAML");
    assertThat(mistakes("- a\n", Map.of())).contains("The file must be a map of keys");
  }

  @Test
  void asksForEndpointsWhereTheStoreIsEtcd() {
    assertThat(mistakes("store: {type: etcd}\n")).contains("store.etcd.endpoints must be set");
  }

  @Test
  void takesNoNameForATrustedProxy() {
    assertThat(mistakes("http.trustedProxies: [10.0.0.0/8, proxy.example.com]\n"))
        .contains("http.trustedProxies must be IP addresses or ranges such as 10.0.0.0/8");
  }

  @Test
  void readsTokensWithTheirScopes() {
    Configuration configuration =
        Samples.configuration(
            """
            api:
              tokens:
                - name: release-tool
                  sha256: "%s"
                  scopes:
                    - {services: ["acme/*"], verbs: [read, push]}
                  login: alice
                  expires: 2026-12-24
            """
                .formatted("ab".repeat(32)));
    ApiToken token = configuration.api().tokens().get(0);
    assertThat(token.login()).isEqualTo("alice");
    assertThat(token.expires()).isEqualTo(Instant.parse("2026-12-24T00:00:00Z"));
    assertThat(token.allows(ApiToken.Verb.PUSH, "acme", "hello")).isTrue();
    assertThat(token.allows(ApiToken.Verb.ADMIN, "acme", "hello")).isFalse();
    assertThat(token.allows(ApiToken.Verb.READ, "acme-two", "hello")).isFalse();
    assertThat(token.allowsEverywhere(ApiToken.Verb.READ)).isFalse();
  }

  @Test
  void refusesTokensThatNobodyCouldUseOrEverybodyForEver() {
    String message =
        mistakes(
            """
            api.tokens:
              - {name: "two words", sha256: abc, scopes: [], expires: 2036-01-01, colour: blue}
              - name: x
                sha256: "%s"
                scopes: [{services: ["a*"], verbs: [own]}]
                expires: never
            """
                .formatted("00".repeat(32)));
    assertThat(message)
        .contains("[0].name must be")
        .contains("[0].sha256 must be 64 hexadecimal digits")
        .contains("[0].scopes must be a list")
        .contains("[0].expires must be a time within the next 90 days")
        .contains("[0] has an unknown field 'colour'")
        .contains("[1].scopes.services must be")
        .contains("[1].scopes.verbs has 'own'")
        .contains("[1].expires must be");
  }

  @Test
  void namesEnvironmentVariablesAfterTheirKeys() {
    assertThat(
            Configuration.keys().stream()
                .filter(key -> key.name().equals("github.app.privateKeyFile"))
                .map(ConfigurationKey::environmentName))
        .containsExactly("CITE_GITHUB_APP_PRIVATE_KEY_FILE");
  }

  @Test
  void refusesAFileThatIsNotThere() {
    assertThatThrownBy(
            () -> Configuration.read(java.nio.file.Path.of("absent.yaml"), Map.of(), Samples.NOW))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("absent.yaml");
  }
}
