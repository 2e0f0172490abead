package io.cite.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cite.core.domain.service.ServiceId;
import io.cite.core.domain.source.Permission;
import io.cite.core.domain.source.RepositoryName;
import io.cite.core.engine.store.Stores;
import io.cite.core.error.Upstream;
import io.cite.core.memory.InMemoryMetadataStore;
import io.cite.core.port.source.Repositories;
import io.cite.server.config.ApiToken.Verb;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OwnerRightsTest {
  private static final RepositoryName REPOSITORY = RepositoryName.parse("acme/hello");

  private final List<String> asked = new ArrayList<>();
  private Permission permission = Permission.READ;
  private boolean away;
  private final OwnerRights rights =
      new OwnerRights(
          new Stores(new InMemoryMetadataStore()).services(),
          InMemoryPorts.only(
              Repositories.class, "permission", arguments -> answer((String) arguments[1])));

  private Permission answer(String login) {
    asked.add(login);
    if (away) {
      throw Upstream.retryable("GitHub", "read a permission", "it is away", null);
    }
    return permission;
  }

  @Test
  void includesWhatTheHostAllowsAndNoMore() {
    permission = Permission.PUSH;
    assertThat(rights.includes("ada", REPOSITORY, Verb.READ)).isTrue();
    assertThat(rights.includes("ada", REPOSITORY, Verb.PUSH)).isTrue();
    assertThat(rights.includes("ada", REPOSITORY, Verb.ADMIN)).isFalse();
  }

  @Test
  void asksOnceForEachLoginHoweverItIsWritten() {
    rights.includes("ada", REPOSITORY, Verb.READ);
    rights.includes("Ada", REPOSITORY, Verb.ADMIN);
    rights.includes("bob", REPOSITORY, Verb.READ);
    assertThat(asked).containsExactly("ada", "bob");
  }

  @Test
  void remembersNoFailure() {
    away = true;
    assertThatThrownBy(() -> rights.includes("ada", REPOSITORY, Verb.READ))
        .isInstanceOf(Upstream.class);
    away = false;
    assertThat(rights.includes("ada", REPOSITORY, Verb.READ)).isTrue();
  }

  @Test
  void includesNothingOfAServiceThatIsNotThere() {
    assertThat(rights.includes("ada", ServiceId.of("acme", "hello"), Verb.READ)).isFalse();
    assertThat(asked).isEmpty();
  }
}
