package io.cite.server.http;

import static io.cite.server.http.SettingsServer.ADDED;
import static io.cite.server.http.SettingsServer.ENVIRONMENT;
import static io.cite.server.http.SettingsServer.ENVIRONMENTS;
import static io.cite.server.http.SettingsServer.ONE;
import static io.cite.server.http.SettingsServer.PATH;
import static io.cite.server.http.SettingsServer.SERVICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.cite.core.domain.service.NotificationTarget;
import io.cite.core.domain.service.Secret;
import io.cite.core.domain.service.ServiceSettings;
import io.cite.core.engine.record.Records;
import io.cite.core.engine.record.Versioned;
import io.cite.core.engine.record.schema.Keys;
import io.cite.core.engine.store.FormerTargets;
import io.cite.core.engine.store.NotificationUrls;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** Settings that are secret: secret variables, and the URLs of notification targets. */
@Timeout(60)
class SecretSettingsTest {
  private static final String CANARY = "canary-7f3a";
  private static final String URL = "https://93.184.215.14:8443/services/" + CANARY;
  private static final String TARGETS =
      "{\"notifications\":[{\"type\":\"webhook\",\"url\":\"" + URL + "\"}]}";

  private final SettingsServer server = new SettingsServer();

  @BeforeEach
  void create() throws IOException {
    server.create();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void patch(String path, String body) throws IOException {
    HttpResponse<String> answer = server.send("PATCH", path, null, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    server.engine.settle();
  }

  private JsonNode get(String path) throws IOException {
    return SettingsServer.json(server.send("GET", path, null, ""));
  }

  private String detail(String path, String body) throws IOException {
    HttpResponse<String> answer = server.send("PATCH", path, null, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    return SettingsServer.json(answer).path("detail").asString();
  }

  @Test
  void aSecretWithTheValueNullIsRemoved() throws IOException {
    patch(ONE, "{\"secrets\":{\"B\":\"2\"}}");
    assertThat(server.cluster.secrets(ENVIRONMENT)).containsOnlyKeys("A", "B");

    patch(ONE, "{\"secrets\":{\"A\":null,\"C\":\"3\",\"absent\":null}}");
    assertThat(server.cluster.secrets(ENVIRONMENT)).containsOnlyKeys("B", "C");
    assertThat(server.stores.environments().settings(ENVIRONMENT).value().secretNames())
        .containsExactly("B", "C");
    assertThat(server.ports.audit().list(null, 1).get(0).entry().detail())
        .isEqualTo("secrets: C; removed secrets: A, absent");

    patch(ONE, "{\"secrets\":{\"A\":\"again\"}}");
    assertThat(server.cluster.secrets(ENVIRONMENT)).containsEntry("A", Secret.of("again"));
  }

  @Test
  void ordersThatCameBeforeTheClusterWasChangedCountInTheirOrder() throws IOException {
    for (String secrets : List.of("{\"A\":null,\"B\":\"2\"}", "{\"A\":\"3\",\"B\":null}")) {
      HttpResponse<String> answer =
          server.send("PATCH", ONE, null, "{\"secrets\":" + secrets + "}");
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }
    server.engine.settle();

    assertThat(server.cluster.secrets(ENVIRONMENT)).containsOnlyKeys("A");
    assertThat(server.cluster.secrets(ENVIRONMENT)).containsEntry("A", Secret.of("3"));
  }

  @Test
  void aNewEnvironmentGetsTheSecretsThatTheServicesOwnEnvironmentHas() throws IOException {
    patch(ONE, "{\"secrets\":{\"A\":null,\"B\":\"2\"}}");
    assertThat(get(PATH).path("secretNames").toString()).isEqualTo("[\"B\"]");

    assertThat(server.send("POST", ENVIRONMENTS, null, "{\"branch\":\"side\"}").statusCode())
        .isEqualTo(201);
    server.engine.settle();
    assertThat(server.cluster.secrets(ADDED)).containsOnlyKeys("B");
    assertThat(server.stores.environments().settings(ADDED).value().secretNames())
        .containsExactly("B");
  }

  @Test
  void aNameIsAVariableOrASecret() throws IOException {
    String own = "The name 'A' is a variable and a secret. Use it for one of them.";
    assertThat(detail(ONE, "{\"variables\":{\"A\":\"1\"}}")).isEqualTo(own);
    assertThat(detail(PATH, "{\"variables\":{\"A\":\"1\"}}")).isEqualTo(own);
    patch(ONE, "{\"variables\":{\"A\":\"1\"},\"secrets\":{\"A\":null}}");

    patch(PATH, "{\"variables\":{\"V\":\"1\"}}");
    assertThat(detail(ONE, "{\"secrets\":{\"V\":\"1\"}}"))
        .isEqualTo(
            "The name 'V' is a variable of the service, which new environments get. Remove it"
                + " there first.");
  }

  @Test
  void theValueNullIsForChangesOfAnEnvironmentAlone() throws IOException {
    assertThat(detail(PATH, "{\"secrets\":{\"A\":null}}"))
        .isEqualTo("The field 'secrets.A' has a null where a value is required.");
    assertThat(detail(ONE, "{\"secrets\":{\"not a name\":null}}")).contains("variable name");
    assertThat(detail(ONE, "{\"variables\":{\"A\":null}}"))
        .isEqualTo("The field 'variables.A' has a null where a value is required.");
  }

  @Test
  void aBodyWithUtf8ThatIsNotTheShortestFormIsRefused() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes("{\"variables\":{\"A\":\"".getBytes(StandardCharsets.US_ASCII));
    body.writeBytes(new byte[] {(byte) 0xc0, (byte) 0xaf});
    body.writeBytes("\"}}".getBytes(StandardCharsets.US_ASCII));
    HttpResponse<String> answer =
        server.send(
            server
                .request(ONE, "root")
                .header("Content-Type", "application/json")
                .method("PATCH", HttpRequest.BodyPublishers.ofByteArray(body.toByteArray())));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(SettingsServer.json(answer).path("detail").asString())
        .isEqualTo("The request body is malformed: it is not text in UTF-8.");
  }

  @Test
  void theUrlOfANotificationTargetIsSealedAndShownInPart() throws IOException {
    patch(PATH, TARGETS);

    HttpResponse<String> answer = server.send("GET", PATH, null, "");
    assertThat(answer.body())
        .doesNotContain(CANARY)
        .contains("\"url\":\"https://93.184.215.14:8443\"");
    assertThat(server.memory.list("/cite/"))
        .as("stored")
        .isNotEmpty()
        .noneMatch(entry -> entry.document().toString().contains(CANARY));
    assertThat(server.ports.audit().list(null, 100))
        .isNotEmpty()
        .noneMatch(entry -> entry.toString().contains(CANARY));
    assertThat(new NotificationTarget(NotificationTarget.Type.WEBHOOK, URL).toString())
        .doesNotContain(CANARY);
  }

  @Test
  void settingTheSameTargetsAgainChangesNothing() throws IOException {
    patch(PATH, TARGETS);
    List<NotificationTarget.Sealed> stored = stored();
    patch(PATH, TARGETS);

    assertThat(stored()).isEqualTo(stored);
    assertThat(server.ports.audit().list(null, 1).get(0).entry().detail()).isEqualTo("no change");
  }

  @Test
  void targetsOfAnEarlierVersionAreSealedByTheLeader() throws IOException {
    Records records = new Records(server.memory);
    Versioned<ServiceSettings> settings = records.get(Keys.service(SERVICE)).orElseThrow();
    NotificationTarget.Sealed plain =
        new NotificationTarget.Sealed(NotificationTarget.Type.WEBHOOK, URL, null);
    records
        .write()
        .replace(settings, settings.value().withNotifications(List.of(plain)))
        .commitOrRetry();
    assertThat(server.send("GET", PATH, null, "").body()).doesNotContain(CANARY);

    NotificationUrls urls = new NotificationUrls(server.ports.sealer());
    new FormerTargets(new Records(server.memory), urls).seal();

    assertThat(server.memory.list("/cite/"))
        .isNotEmpty()
        .noneMatch(entry -> entry.document().toString().contains(CANARY));
    assertThat(urls.open(SERVICE, stored().get(0)).url()).isEqualTo(URL);
  }

  private List<NotificationTarget.Sealed> stored() {
    return server.stores.services().settings(SERVICE).value().notifications();
  }
}
