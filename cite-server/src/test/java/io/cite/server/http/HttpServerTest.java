package io.cite.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cite.core.error.ErrorCode;
import io.cite.core.error.InvalidInput;
import io.cite.sdk.wire.CreateServiceRequest;
import io.cite.sdk.wire.ProblemView;
import io.cite.server.config.ApiToken.Verb;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HttpServerTest {
  @SuppressWarnings("NullAway.Init")
  private Fixture server;

  @BeforeAll
  void start() {
    server =
        new Fixture(
            Route.get("/open", Policy.open(), ctx -> ctx.json(Map.of("at", Instant.EPOCH))),
            Route.post(
                "/echo",
                Policy.token(Verb.READ),
                ctx -> ctx.json(Json.read(ctx, CreateServiceRequest.class))),
            Route.get(
                "/broken",
                Policy.open(),
                ctx -> {
                  throw new IllegalStateException("secret detail");
                }),
            Route.get(
                "/wrong",
                Policy.open(),
                ctx -> {
                  throw new InvalidInput(ErrorCode.NO_DOCKERFILE, "no Dockerfile");
                }));
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private ProblemView problem(HttpResponse<String> answer) {
    assertThat(answer.headers().firstValue("Content-Type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
    ProblemView problem = Json.MAPPER.readValue(answer.body(), ProblemView.class);
    assertThat(problem.status()).isEqualTo(answer.statusCode());
    assertThat(problem.type()).isEqualTo("urn:cite:error:" + problem.code());
    assertThat(problem.errorId()).isNotBlank();
    return problem;
  }

  private void refuses(String body, int status, String code) throws IOException {
    HttpResponse<String> answer = server.send("POST", "/echo", "reader", body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(problem(answer).code()).isEqualTo(code);
  }

  @Test
  void writesTimesAsText() throws IOException {
    assertThat(server.send("GET", "/open", null, "").body())
        .isEqualTo("{\"at\":\"1970-01-01T00:00:00Z\"}");
  }

  @Test
  void sendsSecurityHeadersWithEveryAnswer() throws IOException {
    for (String path : new String[] {"/open", "/absent", "/broken"}) {
      HttpResponse<String> answer = server.send("GET", path, null, "");
      assertThat(answer.headers().map())
          .containsKey("x-content-type-options")
          .containsKey("content-security-policy")
          .containsKey("cache-control")
          .doesNotContainKey("server");
    }
  }

  @Test
  void hidesWhatADefectSaid() throws IOException {
    HttpResponse<String> answer = server.send("GET", "/broken", null, "");
    assertThat(problem(answer).code()).isEqualTo("internal");
    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body()).doesNotContain("secret detail").doesNotContain("Exception");
  }

  @Test
  void translatesAKnownFailure() throws IOException {
    HttpResponse<String> answer = server.send("GET", "/wrong", null, "");
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(problem(answer).detail()).isEqualTo("no Dockerfile");
  }

  @Test
  void answers404WhereThereIsNothing() throws IOException {
    assertThat(problem(server.send("GET", "/absent", null, "")).code()).isEqualTo("not-found");
  }

  @Test
  void answers405WithTheMethodsThatThereAre() throws IOException {
    HttpResponse<String> answer = server.send("DELETE", "/open", null, "");
    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("Allow")).hasValue("GET, HEAD, OPTIONS");
    assertThat(problem(answer).code()).isEqualTo("method-not-allowed");
  }

  @Test
  void tellsTheMethodsToOptions() throws IOException {
    HttpResponse<String> answer = server.send("OPTIONS", "/open", null, "");
    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(answer.headers().firstValue("Allow")).hasValue("GET, HEAD, OPTIONS");
  }

  @Test
  void answersHeadLikeGetWithoutABody() throws IOException {
    HttpResponse<String> answer = server.send("HEAD", "/open", null, "");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
  }

  @Test
  void readsAGoodBody() throws IOException {
    HttpResponse<String> answer =
        server.send("POST", "/echo", "reader", "{\"repository\":\"acme/hello\",\"ports\":[1]}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).contains("acme/hello");
  }

  @Test
  void refusesBodiesThatAreNotExactlyRight() throws IOException {
    refuses("{\"repository\":\"a/b\",\"colour\":1}", 400, "unknown-field");
    refuses("{\"repository\":\"a/b\",\"probe\":{\"state\":\"READY\"}}", 400, "unknown-field");
    refuses("{\"repository\":\"a/b\",\"repository\":\"c/d\"}", 400, "malformed-body");
    refuses("{\"repository\":", 400, "malformed-body");
    refuses("{\"repository\":\"a/b\"} {}", 400, "malformed-body");
    refuses("{\"replicas\":\"2\"}", 400, "malformed-body");
    refuses("{\"replicas\":1.5}", 400, "malformed-body");
    refuses("{\"ports\":[null]}", 400, "malformed-body");
    refuses("null", 400, "malformed-body");
    refuses("[]", 400, "malformed-body");
    refuses("", 400, "malformed-body");
    refuses("{\"variables\":" + "[".repeat(70) + "]".repeat(70) + "}", 400, "malformed-body");
    refuses("{\"name\":\"" + "x".repeat(Json.MAX_BODY) + "\"}", 413, "too-large");
  }

  @Test
  void hearsASenderOutBeforeItRefusesWhatIsTooLarge() throws IOException {
    try (Socket socket = new Socket("127.0.0.1", server.port())) {
      String request =
          "POST /echo HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer reader\r\n"
              + "Content-Type: application/json\r\nContent-Length: "
              + 4 * Json.MAX_BODY
              + "\r\n\r\n";
      byte[] half = new byte[2 * Json.MAX_BODY];
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().write(half);
      socket.setSoTimeout(300);
      assertThatThrownBy(() -> socket.getInputStream().read())
          .as("an answer while the body is being sent")
          .isInstanceOf(SocketTimeoutException.class);
      socket.setSoTimeout(0);
      socket.getOutputStream().write(half);
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answer).startsWith("HTTP/1.1 413").contains("urn:cite:error:too-large");
    }
  }

  @Test
  void refusesABodyThatIsNotJson() throws IOException {
    HttpRequest.Builder request =
        server.request("/echo", "reader").header("Content-Type", "text/plain");
    HttpResponse<String> answer =
        server.send(request.POST(HttpRequest.BodyPublishers.ofString("a=b")));
    assertThat(answer.statusCode()).isEqualTo(415);
    problem(answer);
  }

  @Test
  void refusesAChunkedBodyThatGrowsTooLarge() throws IOException {
    HttpRequest.Builder request =
        server.request("/echo", "reader").header("Content-Type", "application/json");
    byte[] large = new byte[Json.MAX_BODY + 10];
    HttpResponse<String> answer =
        server.send(
            request.POST(
                HttpRequest.BodyPublishers.ofInputStream(
                    () -> new java.io.ByteArrayInputStream(large))));
    assertThat(answer.statusCode()).isEqualTo(413);
  }

  @Test
  void refusesHeadersThatAreTooLarge() throws IOException {
    HttpResponse<String> answer =
        server.send(server.request("/open", null).header("X-Large", "x".repeat(20_000)).GET());
    assertThat(answer.statusCode()).isEqualTo(431);
    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/problem+json");
  }

  @Test
  void answersNonsenseWithAProblem() throws IOException {
    try (Socket socket = new Socket("127.0.0.1", server.port())) {
      socket.getOutputStream().write("NONSENSE\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answer).startsWith("HTTP/1.1 400").contains("urn:cite:error:");
    }
  }

  @Test
  void refusesWhoHasNoTokenOrAWrongOne() throws IOException {
    for (String token : new String[] {"unknown", "late", "", "x".repeat(600)}) {
      HttpResponse<String> answer = server.send("POST", "/echo", token, "{}");
      assertThat(answer.statusCode()).isEqualTo(401);
      assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValue("Bearer realm=\"cite\"");
      problem(answer);
    }
    assertThat(server.send("POST", "/echo", null, "{}").statusCode()).isEqualTo(401);
    assertThat(
            server
                .send(
                    server
                        .request("/echo", null)
                        .header("Authorization", "Basic cm9vdDpyb290")
                        .GET())
                .statusCode())
        .isEqualTo(405);
  }

  @Test
  void limitsTheRequestsOfOneToken() throws IOException {
    try (Fixture limited =
        new Fixture(3, Route.get("/x", Policy.token(Verb.READ), ctx -> ctx.result("x")))) {
      for (int i = 0; i < 3; i++) {
        assertThat(limited.send("GET", "/x", "reader", "").statusCode()).isEqualTo(200);
      }
      HttpResponse<String> answer = limited.send("GET", "/x", "reader", "");
      assertThat(answer.statusCode()).isEqualTo(429);
      assertThat(Integer.parseInt(answer.headers().firstValue("Retry-After").orElse("0")))
          .isBetween(1, 60);
      assertThat(limited.send("GET", "/x", "admin", "").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void limitsGuessingOfTokensButNeverAValidToken() throws IOException {
    try (Fixture limited =
        new Fixture(60, Route.get("/x", Policy.token(Verb.READ), ctx -> ctx.result("x")))) {
      for (int i = 0; i < 60; i++) {
        assertThat(limited.send("GET", "/x", "guess" + i, "").statusCode()).isEqualTo(401);
      }
      HttpResponse<String> shed = limited.send("GET", "/x", "guess", "");
      assertThat(shed.statusCode()).isEqualTo(429);
      assertThat(shed.headers().firstValue("Retry-After")).hasValue("60");
      assertThat(limited.send("GET", "/x", "reader", "").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void countsGuessesForTheAddressThatATrustedProxyNames() throws IOException {
    Route route = Route.get("/x", Policy.token(Verb.READ), ctx -> ctx.result("x"));
    try (Fixture limited = new Fixture(1, route)) {
      assertThat(guess(limited, "X-Forwarded-For", "198.51.100.7")).isEqualTo(401);
      assertThat(guess(limited, "X-Forwarded-For", "198.51.100.7")).isEqualTo(429);
      assertThat(guess(limited, "X-Forwarded-For", "203.0.113.9, 198.51.100.7"))
          .as("what a client wrote before the proxy's own entry")
          .isEqualTo(429);
      assertThat(guess(limited, "X-Forwarded-For", "198.51.100.7, 127.0.0.9")).isEqualTo(429);
      assertThat(guess(limited, "Forwarded", "for=\"198.51.100.7:4711\";proto=https"))
          .isEqualTo(429);
      assertThat(guess(limited, "X-Forwarded-For", "198.51.100.8")).isEqualTo(401);
      assertThat(guess(limited, "Forwarded", "for=\"[2001:db8::7]\", for=127.0.0.3"))
          .isEqualTo(401);
      assertThat(guess(limited, "X-Forwarded-For", "2001:db8:0::7")).isEqualTo(429);
      assertThat(guess(limited, "X-Forwarded-For", "unknown")).as("the proxy").isEqualTo(401);
      assertThat(guess(limited, "X-Forwarded-For", "999.1.1.1")).as("the proxy").isEqualTo(429);
    }
  }

  @Test
  void believesNeitherOfTwoHeadersThatDiffer() throws IOException {
    Route route = Route.get("/x", Policy.token(Verb.READ), ctx -> ctx.result("x"));
    try (Fixture limited = new Fixture(1, route)) {
      for (int i = 0; i < 2; i++) {
        int status =
            limited
                .send(
                    limited
                        .request("/x", "guess")
                        .header("X-Forwarded-For", "198.51.100.7")
                        .header("Forwarded", "for=198.51.100." + i))
                .statusCode();
        assertThat(status).isEqualTo(i == 0 ? 401 : 429);
      }
    }
  }

  @Test
  void believesNoClientThatIsNoTrustedProxy() throws IOException {
    Route route = Route.get("/x", Policy.token(Verb.READ), ctx -> ctx.result("x"));
    try (Fixture limited = new Fixture(1, List.of(), new RoutingTable(List.of(route)))) {
      assertThat(guess(limited, "X-Forwarded-For", "198.51.100.7")).isEqualTo(401);
      assertThat(guess(limited, "X-Forwarded-For", "198.51.100.8")).isEqualTo(429);
    }
  }

  private static int guess(Fixture server, String header, String value) throws IOException {
    return server.send(server.request("/x", "guess").header(header, value)).statusCode();
  }

  @Test
  void showsSomebodyElsesServiceToNobodyAndAuditsTheAttempt() throws IOException {
    String path = "/v1/services/{ns}/{service}";
    try (Fixture scoped =
        new Fixture(
            Route.get(path, Policy.service(Verb.READ), ctx -> ctx.result("x")),
            Route.post(path, Policy.service(Verb.PUSH), ctx -> ctx.result("x")),
            Route.delete(path, Policy.service(Verb.ADMIN), ctx -> ctx.result("x")))) {
      Map<String, String> expected =
          Map.of(
              "reader", "200 403 403",
              "pusher", "200 200 403",
              "admin", "200 200 200",
              "stranger", "404 404 404",
              "narrow", "404 404 404",
              "root", "200 200 200",
              "late", "401 401 401");
      for (Map.Entry<String, String> entry : expected.entrySet()) {
        StringBuilder got = new StringBuilder();
        for (String method : new String[] {"GET", "POST", "DELETE"}) {
          got.append(' ')
              .append(
                  scoped.send(method, "/v1/services/acme/hello", entry.getKey(), "").statusCode());
        }
        assertThat(got.toString().strip()).as(entry.getKey()).isEqualTo(entry.getValue());
      }
      assertThat(scoped.audited)
          .extracting(entry -> Objects.requireNonNull(entry).actor())
          .contains("stranger", "narrow", "reader");
    }
  }
}
