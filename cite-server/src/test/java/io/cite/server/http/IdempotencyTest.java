package io.cite.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.cite.core.engine.store.IdempotencyStore;
import io.cite.core.engine.store.Stores;
import io.cite.core.error.InvalidInput;
import io.cite.core.memory.InMemoryMetadataStore;
import io.cite.server.config.ApiToken.Verb;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IdempotencyTest {
  private final InMemoryMetadataStore store = new InMemoryMetadataStore();
  private final AtomicReference<Instant> now = new AtomicReference<>(Fixture.NOW);
  private final Idempotency idempotency =
      new Idempotency(new Stores(store).idempotency(), now::get);
  private final AtomicInteger done = new AtomicInteger();
  private final Fixture server =
      new Fixture(
          Route.post(
              "/orders",
              Policy.token(Verb.READ),
              idempotency.once(
                  ctx -> {
                    if (new String(BodyIntake.bodyOf(ctx), java.nio.charset.StandardCharsets.UTF_8)
                        .contains("wrong")) {
                      done.incrementAndGet();
                      throw new InvalidInput("wrong");
                    }
                    ctx.status(202);
                    ctx.header("Location", "/orders/" + done.incrementAndGet());
                    ctx.json(Map.of("number", done.get()));
                  })));

  @AfterEach
  void stop() {
    server.close();
  }

  private HttpResponse<String> order(String token, String key, String body) throws IOException {
    return server.send(
        server
            .request("/orders", token)
            .header("Idempotency-Key", key)
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  @Test
  void doesTheSameRequestOnce() throws IOException {
    HttpResponse<String> first = order("reader", "k", "{}");
    HttpResponse<String> second = order("reader", "k", "{}");
    assertThat(done).hasValue(1);
    assertThat(second.statusCode()).isEqualTo(202);
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(second.headers().firstValue("Location")).hasValue("/orders/1");
  }

  @Test
  void keepsTheKeysOfTwoTokensApart() throws IOException {
    order("reader", "k", "{}");
    order("pusher", "k", "{}");
    assertThat(done).hasValue(2);
  }

  @Test
  void refusesAKeyThatWasUsedForAnotherRequest() throws IOException {
    order("reader", "k", "{}");
    HttpResponse<String> other = order("reader", "k", "{\"a\":1}");
    assertThat(other.statusCode()).isEqualTo(409);
    assertThat(other.body()).contains("reused-key");
  }

  @Test
  void letsARequestThatFailedBeSentAgain() throws IOException {
    assertThat(order("reader", "k", "wrong").statusCode()).isEqualTo(400);
    assertThat(order("reader", "k", "wrong").statusCode()).isEqualTo(400);
    assertThat(done).hasValue(2);
    assertThat(order("reader", "k", "{}").statusCode()).isEqualTo(202);
  }

  @Test
  void forgetsKeysAfterADay() throws IOException {
    order("reader", "k", "{}");
    assertThat(idempotency.clean()).isZero();
    now.set(Fixture.NOW.plus(IdempotencyStore.RETENTION).plusSeconds(1));
    assertThat(idempotency.clean()).isEqualTo(1);
    assertThat(store.list("/cite/.idempotency/")).isEmpty();
  }

  @Test
  void refusesKeysThatCannotBeOne() throws IOException {
    assertThat(order("reader", "x".repeat(256), "{}").statusCode()).isEqualTo(400);
    assertThat(done).hasValue(0);
  }
}
