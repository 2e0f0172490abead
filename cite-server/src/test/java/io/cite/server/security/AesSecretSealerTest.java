package io.cite.server.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cite.core.contract.SecretSealerContract;
import io.cite.core.domain.service.Secret;
import io.cite.core.error.InvalidInput;
import io.cite.core.port.SecretSealer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AesSecretSealerTest extends SecretSealerContract {
  private static final SealingKey OLD = SealingKey.parse(Secret.of("old:" + "0f".repeat(32)));
  private static final SealingKey NEW =
      SealingKey.parse(Secret.of("new:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="));
  private final AesSecretSealer sealer = new AesSecretSealer(List.of(NEW));

  @Override
  protected SecretSealer sealer() {
    return sealer;
  }

  @Test
  void opensWhatItSealed() {
    for (String text : List.of("", "s3cret", "zażółć \uD83D\uDE80\n", "x".repeat(100_000))) {
      assertThat(sealer.open(sealer.seal(Secret.of(text), "acme/hello"), "acme/hello").reveal())
          .isEqualTo(text);
    }
  }

  @Test
  void sealsTheSameSecretDifferentlyEachTimeAndWithoutShowingIt() {
    String one = sealer.seal(Secret.of("canary"), "acme/hello");

    assertThat(one).startsWith("v1.new.").doesNotContain("canary");
    assertThat(one).isNotEqualTo(sealer.seal(Secret.of("canary"), "acme/hello"));
  }

  @Test
  void refusesAnotherContext() {
    String sealed = sealer.seal(Secret.of("s3cret"), "acme/hello");

    assertThatThrownBy(() -> sealer.open(sealed, "acme/other"))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("acme/other")
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void refusesWhatWasChangedAtAnyPlace() {
    String sealed = sealer.seal(Secret.of("s3cret"), "c");
    for (int i = 0; i < sealed.length() - 1; i++) {
      char other = sealed.charAt(i) == 'A' ? 'B' : 'A';
      String changed = sealed.substring(0, i) + other + sealed.substring(i + 1);
      assertThatThrownBy(() -> sealer.open(changed, "c")).isInstanceOf(InvalidInput.class);
    }
  }

  @Test
  void refusesWhatIsNoSealedSecret() {
    for (String text :
        List.of("", "v1", "v1.new", "v1.new.", "v1.new.AAAA", "v1.new.%%", "x.y.z", "v1.new.a.b")) {
      assertThatThrownBy(() -> sealer.open(text, "c")).isInstanceOf(InvalidInput.class);
    }
  }

  @Test
  void opensWithAnOldKeyAndSealsWithTheNewOne() {
    String before = new AesSecretSealer(List.of(OLD)).seal(Secret.of("s3cret"), "c");
    AesSecretSealer rotated = new AesSecretSealer(List.of(NEW, OLD));

    assertThat(rotated.open(before, "c").reveal()).isEqualTo("s3cret");
    assertThat(rotated.seal(Secret.of("s3cret"), "c")).startsWith("v1.new.");
    assertThatThrownBy(() -> sealer.open(before, "c"))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("a key that is not in security.key");
  }

  /** Sealed by the version before Tink, which used the JDK's own cipher. */
  @Test
  void opensWhatTheVersionBeforeTinkSealed() {
    AesSecretSealer rotated = new AesSecretSealer(List.of(NEW, OLD));
    Map<String, String> sealed =
        Map.of(
            "v1.old.1Dx7VyNCLrqzUFXdg5CyWBZcBTXYdxZHT3TZVw", "",
            "v1.new.IQqOJlddIiCjIbsJHreJZgaFhKtLiP_noehJHQ", "",
            "v1.old.RTJTApq4P7wkZC-Ad9b-qgTtMvXT6sxIC9_Q1DEJ4oZjxw", "s3cret",
            "v1.new.awWadUOLPNsFBLPr8sPxEdJLYl0_47AZ2LX6CuTCkJxfMQ", "s3cret",
            "v1.old.mEQpWfW4OxJSkAla53YhzFdaZRBrhhDSTg_vcJCSlVLuPKELb0PoMmUpzWM",
                "zażółć \uD83D\uDE80\n",
            "v1.new.QvarCiyWd7ZGqiuIPyrcdfZW_stkcZzG51SFFZnXBc6tybmF0bbx6Y6UEt0",
                "zażółć \uD83D\uDE80\n");

    sealed.forEach(
        (text, plain) -> {
          assertThat(rotated.open(text, "acme/hello").reveal()).isEqualTo(plain);
          assertThatThrownBy(() -> rotated.open(text, "acme/other"))
              .isInstanceOf(InvalidInput.class);
        });
  }

  @Test
  void makesSecretsOf256BitsInLettersAndDigits() {
    assertThat(sealer.generate().reveal()).matches("[0-9a-zA-Z]{64}");
    assertThat(sealer.generate()).isNotEqualTo(sealer.generate());
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
      assertThatThrownBy(() -> SealingKey.parse(Secret.of(text))).isInstanceOf(InvalidInput.class);
    }
    assertThatThrownBy(() -> new AesSecretSealer(List.of())).isInstanceOf(InvalidInput.class);
    assertThatThrownBy(() -> new AesSecretSealer(List.of(OLD, OLD)))
        .isInstanceOf(InvalidInput.class);
  }

  @Test
  void doesNotPrintItsKeys() {
    assertThat(OLD.toString()).doesNotContain("0f0f");
  }
}
