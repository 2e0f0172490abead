package io.cite.core.memory;

import io.cite.core.contract.SecretSealerContract;
import io.cite.core.port.SecretSealer;

class InMemorySecretSealerTest extends SecretSealerContract {
  private final InMemorySecretSealer sealer = new InMemorySecretSealer();

  @Override
  protected SecretSealer sealer() {
    return sealer;
  }
}
