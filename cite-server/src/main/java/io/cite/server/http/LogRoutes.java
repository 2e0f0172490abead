package io.cite.server.http;

import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.engine.store.EnvironmentStore;
import io.cite.core.port.InstantSource;
import io.cite.core.port.LogIndex;
import io.cite.core.port.LogLine;
import io.cite.core.port.Subscription;
import io.cite.core.port.cluster.LogQuery;
import io.cite.server.config.ApiToken.Verb;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Logs of an environment's pods: from the cluster while pods are there, from the log index for
 * searches and for pods that are gone.
 */
final class LogRoutes {
  private static final int DEFAULT_TAIL = 200;
  private static final int MAX_TAIL = 10_000;
  private static final Duration OLDEST = Duration.ofDays(3_660);
  private static final Pattern AGE = Pattern.compile("(\\d{1,6})([smhd])");

  private final LoggedRollouts logs;
  private final @Nullable LogIndex logIndex;
  private final InstantSource clock;
  private final EnvironmentStore environments;
  private final EventStreams streams;

  /**
   * Which lines a reader wants.
   *
   * @param words that a line must have; null for all lines
   * @param tail at most so many
   * @param since not older; null for all
   * @param previous those of the containers before their last restart
   * @param retired those of retired deployments too
   */
  private record Wanted(
      @Nullable String words,
      int tail,
      @Nullable Duration since,
      boolean previous,
      boolean retired) {

    boolean matches(LogLine line) {
      if (words == null) {
        return true;
      }
      String text = line.text().toLowerCase(Locale.ROOT);
      return Arrays.stream(words.toLowerCase(Locale.ROOT).split("\\s+")).allMatch(text::contains);
    }

    /** What was written since, for a reader who has seen what was before. */
    Wanted after(Duration age) {
      return new Wanted(words, MAX_TAIL, age, false, retired);
    }
  }

  LogRoutes(
      EnvironmentStore environments,
      LoggedRollouts logs,
      @Nullable LogIndex logIndex,
      InstantSource clock,
      EventStreams streams) {
    this.environments = environments;
    this.logs = logs;
    this.logIndex = logIndex;
    this.clock = clock;
    this.streams = streams;
  }

  List<Route> routes() {
    return List.of(
        Route.get(EnvironmentRoutes.ONE + "/logs", Policy.service(Verb.READ), this::logs)
            .taking("q", "tail", "since", "previous", "retired", "follow"));
  }

  private void logs(Context ctx) throws IOException {
    EnvironmentId id = Paths.environment(ctx, environments);
    Wanted wanted =
        new Wanted(
            ctx.queryParam("q"),
            tail(ctx.queryParam("tail")),
            since(ctx.queryParam("since")),
            Paths.flag(ctx, "previous"),
            Paths.flag(ctx, "retired"));
    if (Paths.flag(ctx, "follow")) {
      follow(ctx, id, wanted);
      return;
    }
    StringBuilder text = new StringBuilder();
    for (LogLine line : lines(id, wanted)) {
      text.append(line.at()).append(' ').append(line.pod()).append(' ').append(line.text());
      text.append('\n');
    }
    ctx.contentType("text/plain; charset=utf-8");
    ctx.result(text.toString());
  }

  private List<LogLine> lines(EnvironmentId id, Wanted wanted) {
    LogIndex index = logIndex;
    if (index != null && wanted.words() != null) {
      return search(index, id, wanted);
    }
    // a search checks as many lines as may be asked for, and answers with the last that match
    int read = wanted.words() == null ? wanted.tail() : MAX_TAIL;
    LogQuery query = new LogQuery(read, wanted.since(), wanted.previous());
    List<LogLine> lines = logs.read(id, wanted.retired(), query, wanted::matches, wanted.tail());
    return lines.isEmpty() && index != null ? search(index, id, wanted) : lines;
  }

  private List<LogLine> search(LogIndex index, EnvironmentId id, Wanted wanted) {
    Instant from = wanted.since() == null ? null : clock.instant().minus(wanted.since());
    return index.search(id, wanted.words(), from, wanted.tail());
  }

  /** Earlier lines first, as without following; after a break, what was written since. */
  private void follow(Context ctx, EnvironmentId id, Wanted wanted) throws IOException {
    LogFeed.Seen last = lastSeen(ctx);
    Predicate<LogLine> unwanted = wanted.retired() ? line -> false : logs.retired(id);
    EventStream stream = streams.prepare();
    LogFeed feed = new LogFeed(stream, line -> wanted.matches(line) && !unwanted.test(line));
    // before the answer begins: if the logs cannot be followed, the answer says why
    Subscription subscription = logs.logs().follow(id, feed::live);
    var unused = stream.ended().whenComplete((nothing, failure) -> subscription.close());
    try {
      List<LogLine> before =
          lines(id, last == null ? wanted : wanted.after(atMost(age(last.at()))));
      streams.begin(stream, ctx);
      feed.begin(before, last);
    } catch (IOException | RuntimeException e) {
      stream.close();
      throw e;
    }
  }

  private static LogFeed.@Nullable Seen lastSeen(Context ctx) {
    String text = ctx.header("Last-Event-ID");
    return text == null || text.isBlank() ? null : LogFeed.Seen.parse(text.strip());
  }

  private static int tail(@Nullable String text) {
    if (text == null) {
      return DEFAULT_TAIL;
    }
    try {
      int tail = Integer.parseInt(text);
      if (tail >= 1 && tail <= MAX_TAIL) {
        return tail;
      }
    } catch (NumberFormatException e) {
      // reported below, in the same words as a number out of range
    }
    throw Paths.wrong("tail", "a number from 1 to " + MAX_TAIL);
  }

  private @Nullable Duration since(@Nullable String text) {
    if (text == null) {
      return null;
    }
    Duration since = age(text);
    if (since.compareTo(OLDEST) > 0) {
      throw Paths.wrong("since", "at most " + OLDEST.toDays() + " days ago");
    }
    return since;
  }

  private static Duration atMost(Duration age) {
    return age.compareTo(OLDEST) > 0 ? OLDEST : age;
  }

  private Duration age(Instant then) {
    Duration since = Duration.between(then, clock.instant());
    return since.isNegative() ? Duration.ZERO : since;
  }

  private Duration age(String text) {
    Matcher age = AGE.matcher(text);
    if (age.matches()) {
      long count = Long.parseLong(age.group(1));
      return switch (age.group(2)) {
        case "s" -> Duration.ofSeconds(count);
        case "m" -> Duration.ofMinutes(count);
        case "h" -> Duration.ofHours(count);
        default -> Duration.ofDays(count);
      };
    }
    try {
      return age(Instant.parse(text));
    } catch (DateTimeParseException e) {
      throw Paths.wrong("since", "an age such as 5m or a time such as 2026-01-31T12:00:00Z");
    }
  }
}
