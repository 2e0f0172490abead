package io.cite.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cite.server.sandbox.Options;
import io.cite.server.sandbox.Sandbox;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Protects that no input makes an answer of the 5xx kind: every route, parameter, header and field
 * of the OpenAPI document gets values that are wrong, hostile or just unusual. {@code
 * -Dfuzz.requests=N} sets how many requests are sent. The seed is fixed, so a failure comes again.
 */
class InputFuzzTest {
  private static final int REQUESTS = Integer.getInteger("fuzz.requests", 3_000);
  private static final int CLIENTS = 4;
  private static final Duration SOON = Duration.ofSeconds(30);

  /** Values of paths, queries and headers before they are percent-encoded. */
  private static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "0",
          "-1",
          "1",
          "2147483648",
          "9223372036854775807",
          "9223372036854775808",
          "1e9",
          "1.5",
          "null",
          "true",
          "maybe",
          "main",
          "acme",
          "hello",
          "acme/hello",
          "_",
          "..",
          "../../etc/passwd",
          "a\u0000b",
          "a\r\nX-Evil: 1",
          "\u202Egnp.exe",
          "\uFEFFmain",
          "ünïcödé",
          "\uD83D\uDE80",
          "a".repeat(300),
          "%s%n%x",
          "';drop table record;--",
          "<script>alert(1)</script>",
          "${jndi:ldap://x}",
          "javascript:alert(1)",
          "file:///etc/passwd",
          "999999d",
          "0s",
          "5m",
          "0001-01-01T00:00:00Z",
          "-999999999-01-01T00:00:00Z",
          "+1000000000-01-01T00:00:00Z",
          "2026-13-45T99:00:00Z",
          "0123456789abcdef0123456789abcdef01234567",
          "0123456",
          "\"1\"",
          "W/\"1\"",
          "*",
          "AAAA",
          "bnVsbA");

  /** Values of paths and queries that cannot be written by encoding a text. */
  private static final List<String> ENCODED =
      List.of(
          "%00", "%2F", "%2e%2e", "%c0%af", "%ff%fe", "%ed%a0%80", "%25", "%3B", "a;b=c", "%5C");

  /** Values of a field of a body, as JSON. */
  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "0",
          "-1",
          "1",
          "65536",
          "2147483648",
          "9223372036854775808",
          "1.5",
          "1e400",
          "\"\"",
          "\" \"",
          "\"a\\u0000b\"",
          "\"a\\r\\nb\"",
          "\"\\ud800\"",
          "\"" + "x".repeat(70_000) + "\"",
          "\"javascript:alert(1)\"",
          "\"http://[::1]:99999/\"",
          "\"http://169.254.169.254/\"",
          "[]",
          "[null]",
          "[1,1]",
          "[[]]",
          "[\"x\"]",
          "{}",
          "{\"A\":null}",
          "{\"\":\"\"}",
          "{\"A\":1}",
          "{\"A\":\"b\"}",
          "{\"A\":{\"B\":[]}}",
          "[{\"type\":null,\"url\":null}]",
          "[{\"type\":\"slack\",\"url\":\"x\"}]",
          "{\"path\":null,\"port\":null}",
          "{\"path\":\"/a\\r\\nb\",\"port\":0}");

  /** Bodies that are no such objects. */
  private static final List<String> BODIES =
      List.of(
          "",
          "null",
          "[]",
          "\"x\"",
          "{",
          "{}}",
          "{\"repository\":\"acme/hello\",\"repository\":\"acme/hello\"}",
          "{\"unknown\":1}",
          "\uFEFF{}",
          "{\"a\":NaN}",
          "[".repeat(5_000),
          "{\"a\":" + "9".repeat(5_000) + "}",
          "{\"a\":\"" + "x".repeat(1_100_000) + "\"}");

  private final HttpClient client = HttpClient.newHttpClient();
  private final Map<String, Integer> seen = new TreeMap<>();

  private record Operation(String method, String path, JsonNode description) {}

  @Test
  void answersEveryInputWithoutAFailureOfItsOwn(@TempDir Path data) throws Exception {
    try (Sandbox sandbox = Sandbox.start(Options.in(data))) {
      begin(sandbox);
      List<Operation> operations = operations(sandbox);
      JsonNode schemas = description(sandbox).path("components").path("schemas");
      ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
      try {
        List<Future<?>> runs = new ArrayList<>();
        for (int number = 0; number < CLIENTS; number++) {
          Random random = new Random(number);
          runs.add(
              clients.submit(
                  () -> {
                    for (int i = 0; i < REQUESTS / CLIENTS; i++) {
                      Operation operation = operations.get(random.nextInt(operations.size()));
                      check(request(sandbox, operation, schemas, random));
                    }
                    return null;
                  }));
        }
        for (Future<?> run : runs) {
          run.get();
        }
      } finally {
        clients.shutdownNow();
      }
      assertThat(call(sandbox, "GET", "/readyz", "").statusCode()).isEqualTo(200);
      assertThat(call(sandbox, "GET", "/v1/services/acme/hello", "").body()).contains("READY");
      synchronized (seen) {
        assertThat(seen.keySet()).contains("200", "400", "404", "415");
      }
    }
  }

  private void begin(Sandbox sandbox) throws Exception {
    call(sandbox, "POST", "/v1/services", "{\"repository\":\"acme/hello\"}");
    await()
        .atMost(SOON)
        .until(
            () -> call(sandbox, "GET", "/v1/services/acme/hello", "").body().contains("\"READY\""));
  }

  private JsonNode description(Sandbox sandbox) throws Exception {
    return JsonMapper.shared().readTree(call(sandbox, "GET", "/openapi.json", "").body());
  }

  private List<Operation> operations(Sandbox sandbox) throws Exception {
    List<Operation> operations = new ArrayList<>();
    description(sandbox)
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        method ->
                            operations.add(
                                new Operation(
                                    method.getKey().toUpperCase(java.util.Locale.ROOT),
                                    path.getKey(),
                                    method.getValue()))));
    return operations;
  }

  private HttpRequest request(
      Sandbox sandbox, Operation operation, JsonNode schemas, Random random) {
    String path = operation.path();
    StringBuilder query = new StringBuilder();
    HttpRequest.Builder request = HttpRequest.newBuilder();
    for (JsonNode parameter : operation.description().path("parameters")) {
      String name = parameter.path("name").asString();
      switch (parameter.path("in").asString()) {
        case "path" -> path = path.replace("{" + name + "}", part(name, random));
        case "query" -> {
          if (random.nextBoolean()) {
            query.append('&').append(name).append('=').append(encoded(random));
          }
        }
        default -> {
          if (random.nextBoolean()) {
            header(request, name, pick(TEXTS, random));
          }
        }
      }
    }
    if (random.nextInt(10) == 0) {
      query.append('&').append(encoded(random)).append('=').append(encoded(random));
    }
    if (operation.method().equals("DELETE") && !operation.path().endsWith("/pin")) {
      request.setHeader("If-Match", "\"1\""); // what was never given out, so that nothing goes
    }
    String target = path + (query.isEmpty() ? "" : "?" + query.substring(1));
    request.uri(URI.create(sandbox.cite() + target));
    if (random.nextInt(20) > 0) {
      request.header("Authorization", "Bearer " + sandbox.token().reveal());
    }
    request.header(
        "Content-Type",
        random.nextInt(10) > 0 ? "application/json" : "text/plain;charset=\"utf-99\"");
    String body = body(operation, schemas, random);
    return request.method(operation.method(), BodyPublishers.ofString(body)).build();
  }

  private static void header(HttpRequest.Builder request, String name, String value) {
    try {
      request.header(name, value);
    } catch (IllegalArgumentException e) {
      request.header(name, "x"); // the client itself refuses to send it
    }
  }

  private static String part(String name, Random random) {
    String right =
        switch (name) {
          case "ns", "owner" -> "acme";
          case "service", "repo" -> "hello";
          case "slug" -> "main";
          case "build", "deployment" -> "1";
          default -> "0123456789abcdef0123456789abcdef01234567";
        };
    String wrong = encoded(random);
    return random.nextInt(4) > 0 || wrong.isEmpty() ? right : wrong;
  }

  private static String encoded(Random random) {
    return random.nextInt(5) == 0
        ? pick(ENCODED, random)
        : URLEncoder.encode(pick(TEXTS, random), StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static String body(Operation operation, JsonNode schemas, Random random) {
    if (operation.method().equals("GET")) {
      return "";
    }
    if (random.nextInt(8) == 0) {
      return pick(BODIES, random);
    }
    String reference =
        operation
            .description()
            .path("requestBody")
            .path("content")
            .path("application/json")
            .path("schema")
            .path("$ref")
            .asString("");
    ObjectNode body = JsonMapper.shared().createObjectNode();
    List<String> fields = new ArrayList<>(List.of("unheardOf"));
    schemas
        .path(reference.substring(reference.lastIndexOf('/') + 1))
        .path("properties")
        .propertyNames()
        .forEach(fields::add);
    if (fields.contains("repository")) {
      body.put("repository", "acme/hello");
      fields.remove("unheardOf");
    }
    int wrong = 1 + random.nextInt(2);
    for (int i = 0; i < wrong && fields.size() > 1; i++) {
      body.putRawValue(
          fields.get(random.nextInt(fields.size())),
          new tools.jackson.databind.util.RawValue(pick(VALUES, random)));
    }
    return body.toString();
  }

  private static <T> T pick(List<T> values, Random random) {
    return values.get(random.nextInt(values.size()));
  }

  private void check(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<InputStream> answer = send(request);
    String type = answer.headers().firstValue("Content-Type").orElse("");
    String text = "";
    try (InputStream in = answer.body()) {
      if (!type.startsWith("text/event-stream")) {
        text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      }
    }
    String what = request.method() + " " + request.uri() + " " + request.headers() + ": " + text;
    assertThat(answer.statusCode()).as(what).isLessThan(500);
    if (answer.statusCode() >= 400 && !request.method().equals("HEAD")) {
      assertThat(type).as(what).startsWith("application/problem+json");
      JsonNode problem = JsonMapper.shared().readTree(text);
      for (String field : List.of("type", "title", "detail", "code", "errorId")) {
        assertThat(problem.path(field).asString("")).as(field + " of " + what).isNotBlank();
      }
    }
    synchronized (seen) {
      seen.merge(Integer.toString(answer.statusCode()), 1, Integer::sum);
    }
  }

  /** Sends it again if the server had closed the kept connection, as it does after a 413. */
  private HttpResponse<InputStream> send(HttpRequest request)
      throws IOException, InterruptedException {
    for (int attempt = 1; ; attempt++) {
      try {
        return client.send(request, BodyHandlers.ofInputStream());
      } catch (IOException e) {
        if (attempt == 3) {
          throw e;
        }
      }
    }
  }

  private HttpResponse<String> call(Sandbox sandbox, String method, String path, String body)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create(sandbox.cite() + path))
            .header("Authorization", "Bearer " + sandbox.token().reveal())
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }
}
