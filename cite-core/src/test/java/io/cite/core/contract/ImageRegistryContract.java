package io.cite.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.cite.core.domain.image.Digest;
import io.cite.core.domain.image.ImageReference;
import io.cite.core.port.ImageRegistry;
import org.junit.jupiter.api.Test;

/** What every {@link ImageRegistry} promises. */
public abstract class ImageRegistryContract {
  private static final Digest NOWHERE = new Digest("sha256:" + "0".repeat(64));

  /** The registry under test. */
  protected abstract ImageRegistry registry();

  /** An image that the registry has, by tag. */
  protected abstract ImageReference present();

  @Test
  void resolvesATag() {
    assertThat(registry().resolve(present())).isPresent();
    assertThat(registry().resolve(present())).isEqualTo(registry().resolve(present()));
  }

  @Test
  void findsAnImageByItsDigest() {
    Digest digest = registry().resolve(present()).orElseThrow();

    assertThat(registry().resolve(present().pinned(digest))).contains(digest);
  }

  @Test
  void hasNoImageOfAnUnknownTag() {
    assertThat(registry().resolve(named(present().repository(), "no-such-tag"))).isEmpty();
  }

  @Test
  void hasNoImageOfAnUnknownName() {
    assertThat(registry().resolve(named("no/such/image", "1"))).isEmpty();
  }

  @Test
  void hasNoImageOfAnUnknownDigest() {
    assertThat(registry().resolve(present().pinned(NOWHERE))).isEmpty();
  }

  private ImageReference named(String repository, String tag) {
    return new ImageReference(present().registry(), repository, tag, null);
  }
}
