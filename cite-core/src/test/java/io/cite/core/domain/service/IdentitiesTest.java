package io.cite.core.domain.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cite.core.domain.source.BranchName;
import io.cite.core.error.InvalidInput;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdentitiesTest {
  private static final String DNS_1035 = "[a-z](?:[-a-z0-9]{0,61}[a-z0-9])?";
  private static final String DNS_1123 = "[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?";
  private static final long SEED = 20_260_101;

  private static String slug(String branch) {
    return BranchSlug.of(BranchName.parse(branch)).value();
  }

  @ParameterizedTest
  @ValueSource(strings = {"main", "feature-x", "1", "release-2026-01", "deadbee"})
  void keepsABranchThatIsALabelAlready(String branch) {
    assertThat(slug(branch)).isEqualTo(branch);
  }

  @ParameterizedTest
  @CsvSource({
    "feature/x, feature-x-",
    "feature.x, feature-x-",
    "Feature-X, feature-x-",
    "feature--x, feature-x-",
    "a-deadbeef, a-deadbeef-",
    "deadbeef, deadbeef-",
    "日本/x, x-"
  })
  void givesAnyOtherBranchAReadablePartAndAHash(String branch, String beginning) {
    assertThat(slug(branch)).matches(beginning + "[0-9a-f]{8}");
  }

  @Test
  void givesABranchWithoutAnyReadableLetterItsHashAlone() {
    String slug = slug("日本語");
    assertThat(slug).matches("[0-9a-f]{8}");
    assertThat(slug(slug)).isNotEqualTo(slug);
  }

  @Test
  void cutsALongBranchAndKeepsItApartFromOthers() {
    String one = slug("x".repeat(50) + "1");
    String two = slug("x".repeat(50) + "2");
    assertThat(one).hasSize(50).isNotEqualTo(two);
    assertThat(slug("x".repeat(50))).isEqualTo("x".repeat(50));
  }

  @Test
  void givesNoTwoBranchesOneSlug() {
    Map<String, BranchName> seen = new HashMap<>();
    for (BranchName branch : TrickyBranches.generate(SEED, 20_000)) {
      String slug = BranchSlug.of(branch).value();
      assertThat(slug).matches(DNS_1123).hasSizeLessThanOrEqualTo(50);
      assertThat(BranchSlug.parse(slug).value()).isEqualTo(slug);
      BranchName other = seen.put(slug, branch);
      assertThat(other).as("also %s, seed %s", branch, SEED).isNull();
    }
  }

  @Test
  void namesEveryEnvironmentAsKubernetesWants() {
    for (String service : List.of("a", "hello", "s".repeat(63), "s" + "-x".repeat(31))) {
      for (BranchName branch : TrickyBranches.generate(SEED, 500)) {
        EnvironmentId id = new EnvironmentId(ServiceId.of("acme", service), branch);
        assertThat(id.name()).matches(DNS_1035);
        assertThat(EnvironmentId.parse(id.toString())).isEqualTo(id);
      }
    }
  }

  @Test
  void keepsLongEnvironmentNamesApart() {
    ServiceId service = ServiceId.of("acme", "s".repeat(60));
    Set<String> names = new java.util.HashSet<>();
    for (int i = 0; i < 2000; i++) {
      names.add(new EnvironmentId(service, BranchName.parse("branch-" + i)).name());
    }
    assertThat(names).hasSize(2000);
  }

  @Test
  void readsAnEnvironmentWhoseBranchHasSlashes() {
    EnvironmentId id = EnvironmentId.parse("acme/hello/feature/x/y");
    assertThat(id.branch().value()).isEqualTo("feature/x/y");
    assertThat(id.service()).hasToString("acme/hello");
    assertThatThrownBy(() -> EnvironmentId.parse("acme/hello"))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("must be written as namespace/service/branch");
  }

  @ParameterizedTest
  @CsvSource({"Acme, acme", "acme-corp, acme-corp", "emu_corp, emu-corp", "42, 42"})
  void makesTheNamespaceOfAnOwner(String owner, String namespace) {
    assertThat(Namespace.of(owner)).hasToString(namespace);
  }

  @ParameterizedTest
  @ValueSource(strings = {"default", "Default", "kube-system", "KUBE-public", "kube-x"})
  void leavesKubernetesItsOwnNamespaces(String owner) {
    assertThatThrownBy(() -> Namespace.of(owner))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("belongs to Kubernetes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-a", "a-", "a.b", "A", "a/b", ".deployments"})
  void refusesANamespaceThatKubernetesDoesNotAllow(String text) {
    assertThatThrownBy(() -> Namespace.parse(text))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("a-z, 0-9 and '-', and at most 63 characters");
  }

  @ParameterizedTest
  @CsvSource({
    "hello, hello",
    "Hello.World, hello-world",
    "2048, app-2048",
    "_x_, x",
    "..., app",
    "my--app, my-app",
    "hellö, hell"
  })
  void namesAServiceAfterItsRepository(String repository, String service) {
    assertThat(ServiceName.from(repository)).hasToString(service);
  }

  @Test
  void shortensTheNameOfALongRepository() {
    String one = ServiceName.from("n".repeat(99) + "1").value();
    String two = ServiceName.from("n".repeat(99) + "2").value();
    assertThat(one).matches(DNS_1035).hasSize(63).isNotEqualTo(two);
    assertThat(ServiceName.from("9".repeat(100)).value()).matches(DNS_1035);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1a", "Hello", "a_b", "a-", "-a", "a.b", "a/b"})
  void saysHowAServiceMayBeCalled(String text) {
    assertThatThrownBy(() -> ServiceName.parse(text))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("must begin with a letter")
        .hasMessageContaining("at most 63 characters");
  }

  @Test
  void refusesAServiceNameThatIsTooLong() {
    assertThat(ServiceName.parse("a".repeat(63)).value()).hasSize(63);
    assertThatThrownBy(() -> ServiceName.parse("a".repeat(64))).isInstanceOf(InvalidInput.class);
    assertThatThrownBy(() -> ServiceName.parse("a".repeat(5000)))
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(300));
  }
}
