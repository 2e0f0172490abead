package io.cite.core.engine.record.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.service.Namespace;
import io.cite.core.domain.service.ServiceId;
import io.cite.core.domain.source.BranchName;
import io.cite.core.domain.source.CommitId;
import io.cite.core.domain.source.DeliveryId;
import io.cite.core.domain.source.HookId;
import io.cite.core.domain.source.RepositoryName;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeysTest {
  private static final ServiceId SERVICE = ServiceId.of("acme", "hello");
  private static final CommitId COMMIT = CommitId.parse("0123456789abcdef0123456789abcdef01234567");

  private static EnvironmentId environment(String branch) {
    return new EnvironmentId(SERVICE, BranchName.parse(branch));
  }

  @Test
  void putsSettingsWherePeopleLookForThem() {
    assertThat(Keys.service(SERVICE)).hasToString("/cite/acme/hello");
    assertThat(Keys.environment(environment("main"))).hasToString("/cite/acme/hello/main");
    assertThat(Keys.environment(environment("feature/x")))
        .hasToString("/cite/acme/hello/feature%2Fx");
    assertThat(Keys.deployment(environment("feature/x"), 7))
        .hasToString("/cite/.deployments/acme/hello/feature%2Fx/7");
    assertThat(Keys.delivery(new DeliveryId("guid"))).hasToString("/cite/.deliveries/guid");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "main",
        "feature/x",
        "feature%2Fx",
        "feature+x",
        "a%20b",
        "%",
        "%25",
        "ü",
        "u\u0308",
        "日本語",
        "😀",
        "a&b=c;d,e",
        "a'\"<>|b",
        "x.y-z_",
        "7"
      })
  void readsABranchBackFromItsKey(String branch) {
    EnvironmentId id = environment(branch);
    String segment = id.branch().segment();
    assertThat(segment).matches("[A-Za-z0-9._~%-]+");
    assertThat(Keys.environmentIn(Keys.ENVIRONMENTS, Keys.environmentState(id).path()))
        .contains(id);
    assertThat(Keys.environmentIn(Keys.BUILDS, Keys.build(id, 3).path())).contains(id);
    assertThat(Keys.environmentIn(Keys.DEPLOYMENTS, Keys.deployment(id, 3).path())).contains(id);
    assertThat(Keys.environmentIn(Keys.CHECKS, Keys.check(id, COMMIT).path())).contains(id);
  }

  @Test
  void keepsBranchesApartThatDifferInAnything() {
    List<String> branches =
        List.of(
            "feature/x", "feature%2Fx", "feature%2fx", "Feature/x", "feature-x", "ü", "u\u0308");
    Set<String> keys = new HashSet<>();
    branches.forEach(branch -> keys.add(Keys.environment(environment(branch)).path()));
    assertThat(keys).hasSize(branches.size());
  }

  @Test
  void keepsItsOwnRecordsFromUnderEveryNamespacesName() {
    EnvironmentId id = environment("feature/x");
    RepositoryName repository = RepositoryName.parse("Acme/Hello");
    List<Key<?>> own =
        List.of(
            Keys.SERVICES,
            Keys.ENVIRONMENTS,
            Keys.BUILDS,
            Keys.DEPLOYMENTS,
            Keys.DELIVERIES,
            Keys.INBOX,
            Keys.CHECKS,
            Keys.OUTBOX,
            Keys.HOOKS,
            Keys.REPOSITORIES,
            Keys.HEADS,
            Keys.HOOK_CHECKS,
            Keys.REDELIVERIES,
            Keys.LINKS,
            Keys.NAMESPACES,
            Keys.NAMES,
            Keys.head(id),
            Keys.hookCheck(repository),
            Keys.redelivery(new DeliveryId("guid")),
            Keys.heartbeat(),
            Keys.serviceRecord(SERVICE),
            Keys.environmentState(id),
            Keys.buildsOf(id),
            Keys.build(id, 1),
            Keys.deploymentsOf(id),
            Keys.deployment(id, 1),
            Keys.delivery(new DeliveryId("guid")),
            Keys.unsettled(new DeliveryId("guid")),
            Keys.checksOf(id),
            Keys.check(id, COMMIT),
            Keys.outboxMessage("n"),
            Keys.hook(new HookId(1)),
            Keys.repository(repository),
            Keys.linksOf(repository),
            Keys.link(repository, SERVICE),
            Keys.namespace(Namespace.parse("acme")),
            Keys.name(id));
    assertThat(own)
        .isNotEmpty()
        .allSatisfy(key -> assertThat(key.path()).startsWith("/cite/.").matches("[!-~]+"))
        .extracting(Key::path)
        .doesNotHaveDuplicates();
    assertThat(List.of(Keys.service(SERVICE), Keys.environment(id), Keys.environmentsOf(SERVICE)))
        .noneSatisfy(key -> assertThat(key.path()).startsWith("/cite/."));
  }

  @Test
  void listsNoEnvironmentsRecordsUnderAnothersPrefix() {
    for (String longer : List.of("mainline", "main-2", "main/x")) {
      EnvironmentId other = environment(longer);
      assertThat(Keys.build(other, 1).path())
          .doesNotStartWith(Keys.buildsOf(environment("main")).path());
      assertThat(Keys.deployment(other, 1).path())
          .doesNotStartWith(Keys.deploymentsOf(environment("main")).path());
    }
    EnvironmentId neighbour =
        new EnvironmentId(ServiceId.of("acme", "hello-2"), BranchName.parse("main"));
    assertThat(Keys.environment(neighbour).path())
        .doesNotStartWith(Keys.environmentsOf(SERVICE).path());
  }

  @Test
  void findsARepositoryWhateverItsCase() {
    assertThat(Keys.repository(RepositoryName.parse("Acme/Hello")))
        .isEqualTo(Keys.repository(RepositoryName.parse("acme/hello")));
  }

  @Test
  void findsNoEnvironmentInAKeyThatNamesNone() {
    assertThat(Keys.environmentIn(Keys.SERVICES, Keys.serviceRecord(SERVICE).path())).isEmpty();
  }
}
