package io.cite.core.memory;

import io.cite.core.contract.VaultContract;
import io.cite.core.port.Vault;

class InMemoryVaultTest extends VaultContract {
  private final InMemoryVault vault = new InMemoryVault();

  @Override
  protected Vault vault() {
    return vault;
  }
}
