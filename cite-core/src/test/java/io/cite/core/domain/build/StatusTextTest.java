package io.cite.core.domain.build;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StatusTextTest {
  @Test
  void findsTheImage() {
    assertThat(StatusText.image("Build success. imageName:r.io/acme/hello:1 in 3 s"))
        .contains("r.io/acme/hello:1");
    assertThat(StatusText.image("imageName:r.io/x@sha256:12")).contains("r.io/x@sha256:12");
  }

  @Test
  void findsTheLog() {
    assertThat(StatusText.logUrl("Build failure. logURL:http://b.invalid/#/builders/1"))
        .contains("http://b.invalid/#/builders/1");
  }

  @Test
  void findsNothingWhereThereIsNothing() {
    assertThat(StatusText.image(null)).isEmpty();
    assertThat(StatusText.image("")).isEmpty();
    assertThat(StatusText.image("imageName:")).isEmpty();
    assertThat(StatusText.image("notimageName:r.io/x")).isEmpty();
    assertThat(StatusText.logUrl("imageName:r.io/x")).isEmpty();
  }
}
