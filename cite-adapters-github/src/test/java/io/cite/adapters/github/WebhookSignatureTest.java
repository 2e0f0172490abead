package io.cite.adapters.github;

import static org.assertj.core.api.Assertions.assertThat;

import io.cite.core.domain.service.Secret;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class WebhookSignatureTest {
  private static final byte[] BODY = "Hello, World!".getBytes(StandardCharsets.UTF_8);
  private static final Secret SECRET = Secret.of("It's a Secret to Everybody");
  private static final String SIGNATURE =
      "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";

  @Test
  void passesGitHubsOwnExample() {
    assertThat(WebhookSignature.sign(BODY, SECRET)).isEqualTo(SIGNATURE);
    assertThat(WebhookSignature.matches(BODY, SIGNATURE, List.of(SECRET))).isTrue();
  }

  @Test
  void takesBothSecretsDuringARotation() {
    List<Secret> both = List.of(Secret.of("new"), SECRET);
    assertThat(WebhookSignature.matches(BODY, SIGNATURE, both)).isTrue();
    String fresh = WebhookSignature.sign(BODY, Secret.of("new"));
    assertThat(WebhookSignature.matches(BODY, fresh, both)).isTrue();
  }

  @Test
  void refusesWhatIsNotSignedWithTheSecret() {
    byte[] other = "Hello, World".getBytes(StandardCharsets.UTF_8);
    assertThat(WebhookSignature.matches(other, SIGNATURE, List.of(SECRET))).isFalse();
    assertThat(WebhookSignature.matches(BODY, SIGNATURE, List.of(Secret.of("x")))).isFalse();
    assertThat(WebhookSignature.matches(BODY, SIGNATURE, List.of())).isFalse();
  }

  @Test
  void refusesEveryOtherForm() {
    String hex = SIGNATURE.substring("sha256=".length());
    for (String header :
        new String[] {
          null,
          "",
          hex,
          "sha256=",
          "sha1=" + hex.substring(0, 40),
          "SHA256=" + hex,
          "sha256=" + hex.toUpperCase(Locale.ROOT),
          SIGNATURE + "0",
          SIGNATURE + "\n",
          " " + SIGNATURE
        }) {
      assertThat(WebhookSignature.matches(BODY, header, List.of(SECRET))).as(header).isFalse();
    }
  }

  @Test
  void neverMatchesAnEmptySecret() {
    assertThat(WebhookSignature.matches(BODY, SIGNATURE, List.of(Secret.of("")))).isFalse();
  }
}
