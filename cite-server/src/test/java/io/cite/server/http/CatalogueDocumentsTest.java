package io.cite.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.cite.core.domain.audit.AuditAction;
import io.cite.core.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class CatalogueDocumentsTest {
  private static final Path DOCS = Path.of("../docs");

  private static List<String> rows(String document, String form) throws IOException {
    Pattern row = Pattern.compile(form);
    return Files.readAllLines(DOCS.resolve(document)).stream()
        .map(row::matcher)
        .filter(java.util.regex.Matcher::find)
        .map(found -> found.group(1))
        .toList();
  }

  @Test
  void everyErrorAndItsStatusIsDocumented() throws IOException {
    assertThat(rows("errors.md", "^\\| (`[a-z-]+` \\| \\d{3}) \\|"))
        .containsExactlyElementsOf(
            Arrays.stream(ErrorCode.values())
                .map(code -> "`" + code.code() + "` | " + ErrorStatus.of(code))
                .toList());
  }

  @Test
  void everyAuditedActionIsDocumented() throws IOException {
    assertThat(rows("audit.md", "^\\| `([a-z.]+)` \\|"))
        .containsExactlyElementsOf(
            Arrays.stream(AuditAction.values()).map(AuditAction::code).toList());
  }

  @Test
  void everyRouteIsDocumentedAsTheOpenApiDescriptionHasIt() throws IOException {
    List<String> lines = Files.readAllLines(DOCS.resolve("rest.md"));
    JsonNode paths = Json.MAPPER.readTree(OperationRoutes.resource("openapi.json")).path("paths");
    List<Route> routes =
        RoutingTableTest.table().routes().stream()
            .filter(route -> !route.path().startsWith("/docs/"))
            .toList();
    assertThat(routes).isNotEmpty();
    for (Route route : routes) {
      String method = route.method().name();
      JsonNode operation = paths.path(route.path()).path(method.toLowerCase(Locale.ROOT));
      String text =
          operation.path("summary").asString() + ". " + operation.path("description").asString();
      assertThat(lines)
          .as("the row of %s %s: %s", method, route.path(), text)
          .anyMatch(
              line ->
                  line.startsWith("| `" + method + " " + route.path() + "` | ")
                      && line.endsWith(" | " + text + " |"));
    }
  }
}
