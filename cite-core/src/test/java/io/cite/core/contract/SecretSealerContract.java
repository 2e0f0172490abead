package io.cite.core.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cite.core.domain.service.Secret;
import io.cite.core.error.InvalidInput;
import io.cite.core.port.SecretSealer;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every {@link SecretSealer} promises. */
public abstract class SecretSealerContract {
  private static final Secret SECRET = Secret.of("canary ä 😀\n");

  /** The sealer to test. */
  protected abstract SecretSealer sealer();

  @Test
  void opensWhatItSealed() {
    String sealed = sealer().seal(SECRET, "hook:acme/hello");
    assertThat(sealed).doesNotContain("canary");
    assertThat(sealer().open(sealed, "hook:acme/hello")).isEqualTo(SECRET);
    assertThat(sealer().open(sealed, "hook:acme/hello")).isEqualTo(SECRET);
  }

  @Test
  void opensNothingForAnotherRecord() {
    String sealed = sealer().seal(SECRET, "hook:acme/hello");
    assertThatThrownBy(() -> sealer().open(sealed, "hook:acme/other"))
        .isInstanceOf(InvalidInput.class)
        .hasMessageNotContaining("canary");
  }

  @Test
  void opensNothingThatItDidNotSeal() {
    String sealed = sealer().seal(SECRET, "a");
    for (String other : new String[] {"", "x", sealed + "x", "x" + sealed, sealed.substring(1)}) {
      assertThatThrownBy(() -> sealer().open(other, "a")).isInstanceOf(InvalidInput.class);
    }
  }

  @Test
  void sealsOneSecretDifferentlyEachTime() {
    assertThat(sealer().seal(SECRET, "a")).isNotEqualTo(sealer().seal(SECRET, "a"));
  }

  @Test
  void makesNoSecretTwice() {
    Set<String> made = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      made.add(sealer().generate().reveal());
    }
    assertThat(made).hasSize(100).allMatch(secret -> secret.matches("[A-Za-z0-9]+"));
  }
}
