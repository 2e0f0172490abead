package io.cite.core.domain.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cite.core.error.InvalidInput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogUrlTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://b.invalid/#/builders/1/builds/2",
        "https://b.invalid:8443/api/v2/logs/12/raw?offset=0",
        "HTTPS://B.invalid/",
        "http://[::1]:8010/logs/1"
      })
  void readsAWebAddressAndWritesItAgain(String text) {
    assertThat(LogUrl.parse(text)).hasToString(text);
    assertThat(LogUrl.find(text)).contains(new LogUrl(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          javascript:alert(1)       | must begin with http:// or https://
          file:///etc/passwd        | must begin with http:// or https://
          data:text/html,x          | must begin with http:// or https://
          //elsewhere.invalid/x     | must begin with http:// or https://
          api/v2/logs/1             | must begin with http:// or https://
          https:alert(1)            | names no host
          http:/x                   | names no host
          http://b.invalid/<script> | is not a URL
          not a URL                 | is not a URL
          ''                        | must begin with http:// or https://
          """)
  void refusesEverythingElse(String text, String words) {
    assertThatThrownBy(() -> LogUrl.parse(text))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining(words);
    assertThat(LogUrl.find(text)).isEmpty();
  }

  @Test
  void isShownToPeopleAndSoNotTooLong() {
    String longest = "http://b.invalid/" + "x".repeat(1_983);
    assertThat(LogUrl.find(longest)).isPresent();
    assertThatThrownBy(() -> LogUrl.parse(longest + "x"))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("longer than 2000 characters")
        .message()
        .hasSizeLessThan(200);
  }
}
