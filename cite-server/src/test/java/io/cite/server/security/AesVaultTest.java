package io.cite.server.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cite.core.contract.VaultContract;
import io.cite.core.domain.service.Secret;
import io.cite.core.error.InvalidInput;
import io.cite.core.port.Vault;
import java.util.List;
import org.junit.jupiter.api.Test;

class AesVaultTest extends VaultContract {
  private static final VaultKey OLD = VaultKey.parse(Secret.of("old:" + "0f".repeat(32)));
  private static final VaultKey NEW =
      VaultKey.parse(Secret.of("new:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="));
  private final AesVault vault = new AesVault(List.of(NEW));

  @Override
  protected Vault vault() {
    return vault;
  }

  @Test
  void opensWhatItSealed() {
    for (String text : List.of("", "s3cret", "zażółć \uD83D\uDE80\n", "x".repeat(100_000))) {
      assertThat(vault.open(vault.seal(Secret.of(text), "acme/hello"), "acme/hello").reveal())
          .isEqualTo(text);
    }
  }

  @Test
  void sealsTheSameSecretDifferentlyEachTimeAndWithoutShowingIt() {
    String one = vault.seal(Secret.of("canary"), "acme/hello");

    assertThat(one).startsWith("v1.new.").doesNotContain("canary");
    assertThat(one).isNotEqualTo(vault.seal(Secret.of("canary"), "acme/hello"));
  }

  @Test
  void refusesAnotherContext() {
    String sealed = vault.seal(Secret.of("s3cret"), "acme/hello");

    assertThatThrownBy(() -> vault.open(sealed, "acme/other"))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("acme/other")
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void refusesWhatWasChangedAtAnyPlace() {
    String sealed = vault.seal(Secret.of("s3cret"), "c");
    for (int i = 0; i < sealed.length() - 1; i++) {
      char other = sealed.charAt(i) == 'A' ? 'B' : 'A';
      String changed = sealed.substring(0, i) + other + sealed.substring(i + 1);
      assertThatThrownBy(() -> vault.open(changed, "c")).isInstanceOf(InvalidInput.class);
    }
  }

  @Test
  void refusesWhatIsNoSealedSecret() {
    for (String text :
        List.of("", "v1", "v1.new", "v1.new.", "v1.new.AAAA", "v1.new.%%", "x.y.z", "v1.new.a.b")) {
      assertThatThrownBy(() -> vault.open(text, "c")).isInstanceOf(InvalidInput.class);
    }
  }

  @Test
  void opensWithAnOldKeyAndSealsWithTheNewOne() {
    String before = new AesVault(List.of(OLD)).seal(Secret.of("s3cret"), "c");
    AesVault rotated = new AesVault(List.of(NEW, OLD));

    assertThat(rotated.open(before, "c").reveal()).isEqualTo("s3cret");
    assertThat(rotated.seal(Secret.of("s3cret"), "c")).startsWith("v1.new.");
    assertThatThrownBy(() -> vault.open(before, "c"))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("a key that is not known");
  }

  @Test
  void makesSecretsOf256BitsInLettersAndDigits() {
    assertThat(vault.fresh().reveal()).matches("[0-9a-zA-Z]{64}");
    assertThat(vault.fresh()).isNotEqualTo(vault.fresh());
  }

  @Test
  void refusesKeysThatAreNotOf32BytesOrHaveNoId() {
    for (String text :
        List.of(
            "",
            "a",
            ":" + "0f".repeat(32),
            "a:",
            "a:AAAA",
            "a.b:" + "0f".repeat(32),
            "a:" + "zz".repeat(32))) {
      assertThatThrownBy(() -> VaultKey.parse(Secret.of(text))).isInstanceOf(InvalidInput.class);
    }
    assertThatThrownBy(() -> new AesVault(List.of())).isInstanceOf(InvalidInput.class);
    assertThatThrownBy(() -> new AesVault(List.of(OLD, OLD))).isInstanceOf(InvalidInput.class);
  }

  @Test
  void doesNotPrintItsKeys() {
    assertThat(OLD.toString()).doesNotContain("0f0f");
  }
}
