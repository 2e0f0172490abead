package io.cite.core.domain.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.error.InvalidInput;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SagaIdTest {
  @Test
  void tellsDeploymentsApartByTheTimeOfTheirRequestToo() {
    EnvironmentId environment = EnvironmentId.parse("acme/hello/fix#1@x");
    SagaId saga = SagaId.of(environment, 3, Instant.ofEpochMilli(1_767_323_045_000L));

    assertThat(saga).hasToString("acme/hello/fix#1@x#3@1767323045000");
    assertThat(SagaId.parse(saga.value())).isEqualTo(saga);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "acme/hello#1@2", "acme/hello/main#1", "acme/hello/main@2", "a b"})
  void refusesWhatIsNoSagaId(String text) {
    assertThatThrownBy(() -> SagaId.parse(text))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("must be written as namespace/service/branch#seq@milliseconds");
  }
}
