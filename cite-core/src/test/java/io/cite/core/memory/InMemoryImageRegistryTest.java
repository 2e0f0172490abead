package io.cite.core.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.cite.core.contract.ImageRegistryContract;
import io.cite.core.domain.image.Digest;
import io.cite.core.domain.image.ImageReference;
import io.cite.core.port.ImageRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InMemoryImageRegistryTest extends ImageRegistryContract {
  private final InMemoryImageRegistry registry = new InMemoryImageRegistry();

  @BeforeEach
  void push() {
    registry.push(present());
  }

  @Override
  protected ImageRegistry registry() {
    return registry;
  }

  @Override
  protected ImageReference present() {
    return ImageReference.parse("registry.example.com/acme/hello:1");
  }

  @Test
  void movesATagAndKeepsTheOldContent() {
    Digest old = registry.resolve(present()).orElseThrow();

    Digest moved = registry.push(present(), "other content");

    assertThat(registry.resolve(present())).contains(moved);
    assertThat(registry.resolve(present().pinned(old))).contains(old);
  }
}
