package io.cite.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cite.core.contract.Servers;
import io.cite.server.fixture.JsonClient;
import io.cite.server.sandbox.Options;
import io.cite.server.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** GitHub's own examples of webhooks, if they lie beside the project. */
class WebhookExamplesTest {

  @Test
  void everyExampleIsTakenAndSettledWithAReason(@TempDir Path data) throws IOException {
    Path examples = Servers.published("CITE_WEBHOOK_EXAMPLES", "webhooks");
    List<Path> files;
    try (Stream<Path> found = Files.list(examples)) {
      files = found.filter(path -> path.toString().endsWith(".json")).sorted().toList();
    }
    assertThat(files).isNotEmpty();
    Options options = Options.in(data);
    try (Sandbox sandbox = Sandbox.start(options)) {
      JsonClient cite = new JsonClient(sandbox.cite(), sandbox.token().reveal());
      for (Path file : files) {
        String id = file.getFileName().toString().replaceAll("[^a-z0-9]", "-");
        String event = file.getFileName().toString().replaceAll("\\..*", "");
        String body = Files.readString(file);
        String secret = options.webhookSecret().reveal();
        assertThat(cite.deliver(event, id, body, secret).expect(202).text("disposition"))
            .isEqualTo("accepted");
        await(id)
            .atMost(Duration.ofSeconds(20))
            .untilAsserted(
                () -> {
                  JsonClient.Answer delivery = cite.get("/v1/deliveries/" + id).expect(200);
                  assertThat(delivery.text("disposition"))
                      .as(delivery.body())
                      .matches("(applied|ignored): .+");
                  assertThat(delivery.text("reason")).isNotBlank();
                });
        assertThat(cite.deliver(event, id, body, secret).expect(200).text("disposition"))
            .isEqualTo("duplicate");
      }
    }
  }
}
