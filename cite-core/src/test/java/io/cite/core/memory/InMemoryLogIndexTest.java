package io.cite.core.memory;

import io.cite.core.contract.LogIndexContract;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.port.LogIndex;
import java.time.Instant;

class InMemoryLogIndexTest extends LogIndexContract {
  private final InMemoryLogIndex index = new InMemoryLogIndex();

  @Override
  protected LogIndex index() {
    return index;
  }

  @Override
  protected void givenLine(EnvironmentId environment, Instant at, String pod, String text) {
    index.add(environment, at, pod, text);
  }
}
