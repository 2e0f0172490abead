package io.cite.server.adapter.notify;

import io.cite.core.port.Notifications.Notice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A notice as Slack takes it: title, what it is about, and the text as a block of code.
 *
 * @see <a href="https://docs.slack.dev/messaging/formatting-message-text">Formatting message
 *     text</a>
 */
final class SlackMessage {
  /** Slack refuses a longer section; counted after escaping. */
  private static final int MAX_SECTION = 3_000;

  private static final int MAX_TITLE = 600;
  private static final String FENCE = "```";

  private SlackMessage() {}

  /** The message's body, to be written as JSON. */
  static Map<String, Object> of(Notice notice) {
    String title = beginning(oneLine(notice.title()), MAX_TITLE);
    List<Object> blocks = new ArrayList<>();
    blocks.add(section("*" + title + "*" + link(notice.url())));
    blocks.add(
        new TreeMap<>(Map.of("type", "context", "elements", List.of(markdown(subject(notice))))));
    if (!notice.text().isBlank()) {
      blocks.add(section(code(notice.text().strip())));
    }
    Map<String, Object> message = new TreeMap<>();
    message.put("text", title);
    message.put("blocks", blocks);
    return message;
  }

  private static String subject(Notice notice) {
    String commit = notice.commit().substring(0, Math.min(7, notice.commit().length()));
    return beginning(
        oneLine(notice.service() + " | " + notice.branch() + " | " + commit), MAX_TITLE);
  }

  private static String link(String url) {
    boolean isLink = url.matches("https?://[^\\s<>|]+");
    return isLink ? " <" + url.replace("&", "&amp;") + "|Details>" : "";
  }

  private static Map<String, Object> section(String markdown) {
    return new TreeMap<>(Map.of("type", "section", "text", markdown(markdown)));
  }

  private static Map<String, Object> markdown(String text) {
    return new TreeMap<>(Map.of("type", "mrkdwn", "text", text, "verbatim", true));
  }

  /** The end of the text, which is where a log says what went wrong. */
  private static String code(String text) {
    // A fence inside would end the block: an invisible space between its ticks prevents that.
    String safe = text.replace("`", "`\u200b").replace("\r", "");
    int budget = MAX_SECTION - 2 * FENCE.length() - 2;
    StringBuilder end = new StringBuilder();
    int from = safe.length();
    while (from > 0) {
      int before = safe.offsetByCodePoints(from, -1);
      String next = escaped(safe.substring(before, from));
      if (end.length() + next.length() > budget) {
        break;
      }
      end.insert(0, next);
      from = before;
    }
    return FENCE + "\n" + end + "\n" + FENCE;
  }

  private static String beginning(String text, int limit) {
    StringBuilder beginning = new StringBuilder();
    for (int at = 0; at < text.length(); at = text.offsetByCodePoints(at, 1)) {
      String next = escaped(text.substring(at, text.offsetByCodePoints(at, 1)));
      if (beginning.length() + next.length() > limit) {
        return beginning + "...";
      }
      beginning.append(next);
    }
    return beginning.toString();
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\s+", " ").strip();
  }

  /** With these three escaped no text can mention a person or a channel, or be a link. */
  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
