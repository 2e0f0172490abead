package io.cite.adapters.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.cite.core.error.CiteException;
import io.cite.core.error.Conflict;
import io.cite.core.error.NotFound;
import io.cite.core.error.Upstream;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.ConnectException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KubernetesFailuresTest {
  private static CiteException translate(Status status) {
    return KubernetesFailures.translate("do it", new KubernetesClientException(status));
  }

  private static Status status(int code, String message) {
    return new StatusBuilder().withCode(code).withMessage(message).build();
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 422})
  void isPermanentInTheServersWordsWhereItRefuses(int code) {
    assertThat(translate(status(code, "exceeded quota: none")))
        .hasMessage("CITE could not do it (Kubernetes): exceeded quota: none.")
        .isInstanceOfSatisfying(Upstream.class, e -> assertThat(e.isRetryable()).isFalse());
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 500, 502, 503, 504})
  void mayPassWhereTheServerFails(int code) {
    assertThat(translate(status(code, "etcdserver: request timed out")))
        .isInstanceOfSatisfying(Upstream.class, e -> assertThat(e.isRetryable()).isTrue());
  }

  @Test
  void mayPassWhileTheNamespaceIsBeingDeleted() {
    String words = "unable to create new content in namespace x because it is being terminated";

    assertThat(translate(status(403, words)))
        .isInstanceOfSatisfying(Upstream.class, e -> assertThat(e.isRetryable()).isTrue());
  }

  @Test
  void saysHowLongToWaitWhereThereWereTooManyRequests() {
    Status status =
        new StatusBuilder(status(429, "too many requests"))
            .withNewDetails()
            .withRetryAfterSeconds(7)
            .endDetails()
            .build();

    assertThat(translate(status))
        .isInstanceOfSatisfying(
            Upstream.class, e -> assertThat(e.retryAfter()).contains(Duration.ofSeconds(7)));
  }

  @Test
  void isNotFoundOrConflictWhereTheServerSaysSo() {
    assertThat(translate(status(404, "namespaces \"x\" not found"))).isInstanceOf(NotFound.class);
    assertThat(translate(status(409, "the object has been modified"))).isInstanceOf(Conflict.class);
  }

  @Test
  void mayPassWhereNobodyAnswers() {
    CiteException failure =
        KubernetesFailures.translate(
            "do it", new KubernetesClientException("An error", new ConnectException("refused")));

    assertThat(failure)
        .hasMessageContaining("did not answer: refused")
        .isInstanceOfSatisfying(Upstream.class, e -> assertThat(e.isRetryable()).isTrue());
  }
}
