package io.cite.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.cite.server.config.ApiToken.Verb;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class PagingTest {
  private final List<Integer> all = IntStream.range(0, 130).boxed().toList();
  private final Fixture server =
      new Fixture(
          Route.get(
                  "/items",
                  Policy.token(Verb.READ),
                  ctx -> ctx.json(Paging.of(ctx).of(all, String::valueOf, item -> item)))
              .taking(Paging.PARAMETERS));

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void leadsThroughTheWholeListWithoutGapsOrRepetition() throws IOException {
    List<Integer> seen = new ArrayList<>();
    String cursor = "";
    int pages = 0;
    while (true) {
      JsonNode page =
          Json.MAPPER.readTree(server.send("GET", "/items?limit=40" + cursor, "reader", "").body());
      assertThat(page.path("items")).as(page.toString()).isNotEmpty();
      page.path("items").forEach(item -> seen.add(item.asInt()));
      pages++;
      if (page.path("nextCursor").isNull()) {
        break;
      }
      cursor = "&cursor=" + page.path("nextCursor").asString();
    }
    assertThat(seen).isEqualTo(all);
    assertThat(pages).isEqualTo(4);
  }

  @Test
  void givesFiftyWhereNobodySaysHowMany() throws IOException {
    JsonNode page = Json.MAPPER.readTree(server.send("GET", "/items", "reader", "").body());
    assertThat(page.path("items")).hasSize(50);
  }

  @Test
  void refusesLimitsAndCursorsThatAreNone() throws IOException {
    for (String query : List.of("limit=0", "limit=201", "limit=x", "cursor=%21")) {
      assertThat(server.send("GET", "/items?" + query, "reader", "").statusCode()).isEqualTo(400);
    }
  }
}
