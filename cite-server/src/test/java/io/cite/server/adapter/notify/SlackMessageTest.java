package io.cite.server.adapter.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.cite.core.port.Notifications.Kind;
import io.cite.core.port.Notifications.Notice;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SlackMessageTest {

  @Test
  void escapesWhatSlackWouldTakeForAMention() {
    JsonNode message =
        message("<!channel> & <@U1>", "<!here> & more", "https://c.example/?a=1&b=2");

    assertThat(message.at("/text").asString()).isEqualTo("&lt;!channel&gt; &amp; &lt;@U1&gt;");
    assertThat(message.at("/blocks/0/text/text").asString())
        .isEqualTo("*&lt;!channel&gt; &amp; &lt;@U1&gt;* <https://c.example/?a=1&amp;b=2|Details>");
    assertThat(message.at("/blocks/2/text/text").asString())
        .isEqualTo("```\n&lt;!here&gt; &amp; more\n```");
  }

  @Test
  void letsNoTextLeaveTheCodeBlock() {
    String block = message("t", "a ``` b", "").at("/blocks/2/text/text").asString();

    assertThat(block.substring(3, block.length() - 3)).doesNotContain("```");
  }

  @Test
  void keepsTheEndOfALongLogWithinSlacksLimit() {
    String block =
        message("t", "<&>".repeat(5_000) + "\nthe end", "").at("/blocks/2/text/text").asString();

    assertThat(block.length()).isBetween(2_950, 3_000);
    assertThat(block).endsWith("\nthe end\n```").startsWith("```\n&");
    assertThat(block.replaceAll("&(amp|lt|gt);", "")).doesNotContain("&", "<", ">");
  }

  @Test
  void putsALongTitleOfManyLinesOnOneShortLine() {
    String title = message("a\nb" + "&".repeat(2_000), "", "").at("/text").asString();

    assertThat(title).startsWith("a b&amp;").endsWith("&amp;...").hasSizeLessThan(650);
  }

  @Test
  void leavesOutWhatThereIsNot() {
    JsonNode message = message("t", " \n", "javascript:alert(1)");

    assertThat(message.at("/blocks/0/text/text").asString()).isEqualTo("*t*");
    assertThat(message.at("/blocks")).hasSize(2);
  }

  private static JsonNode message(String title, String text, String url) {
    return JsonMapper.shared()
        .valueToTree(
            SlackMessage.of(
                new Notice(
                    "1",
                    Kind.BUILD_FAILED,
                    "acme/hello",
                    "main",
                    "0123456789",
                    title,
                    text,
                    url,
                    Instant.EPOCH)));
  }
}
