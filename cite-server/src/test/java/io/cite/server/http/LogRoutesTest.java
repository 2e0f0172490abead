package io.cite.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cite.core.domain.deploy.Deployment;
import io.cite.core.domain.deploy.Origin;
import io.cite.core.domain.image.ImageReference;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.service.EnvironmentSettings;
import io.cite.core.domain.service.EnvironmentState;
import io.cite.core.domain.source.CommitId;
import io.cite.core.engine.store.Stores;
import io.cite.core.engine.store.Transaction;
import io.cite.core.error.Upstream;
import io.cite.core.memory.InMemoryMetadataStore;
import io.cite.core.port.LogIndex;
import io.cite.core.port.LogLine;
import io.cite.core.port.Subscription;
import io.cite.core.port.cluster.LogQuery;
import io.cite.core.port.cluster.PodLogs;
import io.cite.core.port.cluster.RolloutId;
import io.cite.core.port.cluster.Rollouts;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LogRoutesTest {
  private static final EnvironmentId ENVIRONMENT = EnvironmentId.parse("acme/hello/main");
  private static final String PATH =
      "/v1/services/acme/hello/environments/" + ENVIRONMENT.slug() + "/logs";

  private static final Rollouts ROLLOUTS =
      InMemoryPorts.only(
          Rollouts.class, "list", arguments -> List.of(rollout(1), rollout(2), rollout(3)));

  private final Stores stores = new Stores(new InMemoryMetadataStore());
  private final EventStreams streams = new EventStreams();
  private final List<LogQuery> queries = new ArrayList<>();
  private final List<AutoCloseable> open = new ArrayList<>();

  LogRoutesTest() {
    EnvironmentSettings settings = Fixture.settings(ENVIRONMENT);
    Transaction transaction = stores.begin();
    stores.environments().create(transaction, settings, EnvironmentState.fresh(ENVIRONMENT));
    transaction.commit();
    begin(2);
  }

  private void begin(long seq) {
    Transaction transaction = stores.begin();
    stores
        .deployments()
        .create(
            transaction,
            Deployment.requested(
                new Deployment.Identity(
                    ENVIRONMENT,
                    seq,
                    seq,
                    CommitId.parse("0".repeat(40)),
                    ImageReference.parse("r.io/acme/hello:1"),
                    Origin.MANUAL,
                    "reader",
                    null,
                    null),
                1,
                Fixture.NOW,
                Fixture.NOW));
    transaction.commit();
  }

  private static RolloutId rollout(long seq) {
    return new RolloutId(ENVIRONMENT, seq);
  }

  @AfterEach
  void stop() throws Exception {
    streams.close();
    for (AutoCloseable part : open) {
      part.close();
    }
  }

  private Fixture server(PodLogs logs, @Nullable LogIndex index) {
    Fixture server =
        new Fixture(
            1_000,
            new RoutingTable(
                new LogRoutes(
                        stores.environments(),
                        new LoggedRollouts(stores.deployments(), ROLLOUTS, logs),
                        index,
                        () -> Fixture.NOW,
                        streams)
                    .routes()));
    open.add(server);
    return server;
  }

  private PodLogs writing(String... texts) {
    return InMemoryPorts.only(
        PodLogs.class,
        "read",
        arguments -> {
          LogQuery query = (LogQuery) arguments[2];
          queries.add(query);
          List<LogLine> lines = lines(texts);
          return lines.subList(Math.max(0, lines.size() - query.tail()), lines.size());
        });
  }

  private static PodLogs following(Function<Consumer<LogLine>, Subscription> follow) {
    return following((rollout, query) -> List.of(), follow);
  }

  private static PodLogs following(
      BiFunction<RolloutId, LogQuery, List<LogLine>> read,
      Function<Consumer<LogLine>, Subscription> follow) {
    return new PodLogs() {
      @Override
      public List<LogLine> read(
          EnvironmentId environment, @Nullable RolloutId rollout, LogQuery query) {
        return read.apply(Objects.requireNonNull(rollout), query);
      }

      @Override
      public Subscription follow(EnvironmentId environment, Consumer<LogLine> lines) {
        return follow.apply(lines);
      }
    };
  }

  private static List<LogLine> lines(String... texts) {
    List<LogLine> lines = new ArrayList<>();
    for (String text : texts) {
      lines.add(new LogLine("2026-11-01T11:59:0" + lines.size() + "Z", "main-1-x", text));
    }
    return lines;
  }

  @Test
  void showsTheLastLinesOfThePodsEachWithItsTimeAndPod() throws IOException {
    HttpResponse<String> answer =
        server(writing("one", "two", "three"), null).send("GET", PATH + "?tail=2", "reader", "");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .isEqualTo("2026-11-01T11:59:01Z main-1-x two\n2026-11-01T11:59:02Z main-1-x three\n");
  }

  @Test
  void readsAnAgeOrATimeAndThePreviousContainer() throws IOException {
    Fixture server = server(writing("one"), null);
    server.send("GET", PATH + "?since=5m&previous=true", "reader", "");
    server.send("GET", PATH + "?since=2026-11-01T11:00:00Z", "reader", "");
    assertThat(queries)
        .containsExactly(
            new LogQuery(200, Duration.ofMinutes(5), true),
            new LogQuery(200, Duration.ofHours(1), false));
  }

  @Test
  void searchesBeyondTheLastLinesWhereThereIsNoIndex() throws IOException {
    HttpResponse<String> answer =
        server(writing("An ERROR of old", "an error of late", "ok", "ok"), null)
            .send("GET", PATH + "?tail=1&q=error", "reader", "");
    assertThat(answer.body()).isEqualTo("2026-11-01T11:59:01Z main-1-x an error of late\n");
  }

  @Test
  void asksTheIndexForASearchAndForPodsThatAreGone() throws IOException {
    List<@Nullable Object> words = new ArrayList<>();
    LogIndex index =
        InMemoryPorts.only(
            LogIndex.class,
            "search",
            arguments -> {
              words.add(arguments[1]);
              return lines("kept");
            });
    Fixture server = server(writing(), index);
    assertThat(server.send("GET", PATH, "reader", "").body()).contains("kept");
    assertThat(server.send("GET", PATH + "?q=x", "reader", "").body()).contains("kept");
    assertThat(words).containsExactly(null, "x");
    assertThat(queries).as("asked of the cluster").hasSize(1);
  }

  @Test
  void refusesWhatItCannotReadSayingWhatWouldBeRight() throws IOException {
    Fixture server = server(writing("one"), null);
    for (String query : List.of("tail=0", "tail=x", "since=yesterday", "follow=maybe")) {
      HttpResponse<String> answer = server.send("GET", PATH + "?" + query, "reader", "");
      assertThat(answer.statusCode()).as(query).isEqualTo(400);
      assertThat(answer.body()).as(query).contains(query.substring(0, query.indexOf('=')));
    }
    assertThat(
            server
                .send("GET", PATH.replace(ENVIRONMENT.slug().value(), "none"), "reader", "")
                .statusCode())
        .isEqualTo(404);
  }

  @Test
  void followsNewLinesThatMatchUntilTheReaderGoes() throws Exception {
    AtomicReference<Consumer<LogLine>> writer = new AtomicReference<>();
    AtomicBoolean closed = new AtomicBoolean();
    Fixture server =
        server(
            following(
                lines -> {
                  writer.set(lines);
                  lines.accept(lines("an error before the answer begins").get(0));
                  return () -> closed.set(true);
                }),
            null);
    HttpResponse<InputStream> answer =
        HttpClient.newHttpClient()
            .send(
                server.request(PATH + "?follow=true&q=error", "reader").GET().build(),
                HttpResponse.BodyHandlers.ofInputStream());
    try (BufferedReader body =
        new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
      lines("fine", "another error").forEach(writer.get());
      assertThat(body.lines().filter(line -> line.startsWith("data: ")).limit(2))
          .satisfiesExactly(
              first -> assertThat(first).contains("an error before the answer begins"),
              second -> assertThat(second).contains("another error"));
    }
    await()
        .until(
            () -> {
              // what is written to a reader that has gone tells that it has
              writer.get().accept(lines("error").get(0));
              return closed.get();
            });
  }

  private static List<String> events(Fixture server, String query, @Nullable String last, int count)
      throws Exception {
    var request = server.request(PATH + query, "reader");
    if (last != null) {
      request.header("Last-Event-ID", last);
    }
    HttpResponse<InputStream> answer =
        HttpClient.newHttpClient()
            .send(request.GET().build(), HttpResponse.BodyHandlers.ofInputStream());
    assertThat(answer.statusCode()).isEqualTo(200);
    try (BufferedReader body =
        new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
      return body.lines()
          .filter(line -> line.startsWith("id: ") || line.startsWith("data: "))
          .map(line -> line.startsWith("id: ") ? line.substring(4) : textOf(line))
          .limit(count * 2L)
          .toList();
    }
  }

  private static String textOf(String data) {
    return Json.MAPPER.readTree(data.substring("data: ".length())).path("text").asString();
  }

  /** Three lines were written; the last of them and another one come while they are read. */
  private PodLogs written() {
    return following(
        (rollout, query) -> {
          queries.add(query);
          List<LogLine> lines = lines("one", "two", "three");
          return lines.subList(Math.max(0, lines.size() - query.tail()), lines.size());
        },
        follow -> {
          List<LogLine> lines = lines("one", "two", "three", "four");
          follow.accept(lines.get(3));
          follow.accept(lines.get(2));
          return () -> {};
        });
  }

  @Test
  void followsFromTheLastLinesOnEachLineOnceAndInTheOrderOfTime() throws Exception {
    assertThat(events(server(written(), null), "?follow=true&tail=2", null, 3))
        .containsExactly(
            "2026-11-01T11:59:01Z@main-1-x",
            "two",
            "2026-11-01T11:59:02Z@main-1-x",
            "three",
            "2026-11-01T11:59:03Z@main-1-x",
            "four");
  }

  @Test
  void goesOnAfterTheLastLineThatAReaderHasSeen() throws Exception {
    Fixture server = server(written(), null);
    assertThat(events(server, "?follow=true&tail=1", "2026-11-01T11:59:00Z@main-1-x", 3))
        .containsExactly(
            "2026-11-01T11:59:01Z@main-1-x",
            "two",
            "2026-11-01T11:59:02Z@main-1-x",
            "three",
            "2026-11-01T11:59:03Z@main-1-x",
            "four");
    assertThat(queries).extracting(LogQuery::since).containsExactly(Duration.ofSeconds(60));
    assertThat(events(server, "?follow=true", "2026-11-01T11:59:00Z@main-1-y", 1))
        .as("another pod wrote at the same time")
        .containsExactly("2026-11-01T11:59:00Z@main-1-x", "one");
    for (String wrong : List.of("x", "7", "@", "2026-11-01@x")) {
      var request = server.request(PATH + "?follow=true", "reader").header("Last-Event-ID", wrong);
      assertThat(server.send(request.GET()).statusCode()).as(wrong).isEqualTo(400);
    }
  }

  /** Each rollout wrote two lines; the lines of a higher number are older. */
  private static PodLogs byRollout() {
    return following(
        (rollout, query) -> {
          List<LogLine> lines = new ArrayList<>();
          for (int i = 1; i <= 2; i++) {
            String at = "2026-11-01T11:5" + (9 - rollout.seq()) + ":0" + i + "Z";
            lines.add(new LogLine(at, rollout.name() + "-abcde", rollout.seq() + "/" + i));
          }
          return lines.subList(Math.max(0, lines.size() - query.tail()), lines.size());
        },
        follow -> {
          for (long seq : List.of(1L, 2L, 4L)) {
            follow.accept(
                new LogLine("2026-11-01T12:00:00Z", rollout(seq).name() + "-abcde", seq + "/3"));
          }
          return () -> {};
        });
  }

  private static List<String> texts(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.body().lines().map(line -> line.substring(line.lastIndexOf(' ') + 1)).toList();
  }

  @Test
  void showsTheNewestDeploymentFirstAndRetiredOnesOnlyIfTheyAreAskedFor() throws IOException {
    begin(3);
    Fixture server = server(byRollout(), null);

    assertThat(texts(server.send("GET", PATH, "reader", "")))
        .containsExactly("3/1", "3/2", "2/1", "2/2");
    assertThat(texts(server.send("GET", PATH + "?retired=true", "reader", "")))
        .containsExactly("3/1", "3/2", "2/1", "2/2", "1/1", "1/2");
    assertThat(texts(server.send("GET", PATH + "?retired=true&tail=3", "reader", "")))
        .containsExactly("3/1", "3/2", "2/2");
    assertThat(texts(server.send("GET", PATH + "?tail=2&q=2/", "reader", "")))
        .containsExactly("2/1", "2/2");
  }

  @Test
  void followsInTheOrderOfTimeWithoutRetiredDeploymentsAndWithNewOnes() throws Exception {
    begin(3);
    Fixture server = server(byRollout(), null);

    assertThat(events(server, "?follow=true", null, 6))
        .filteredOn(text -> !text.contains("@"))
        .containsExactly("3/1", "3/2", "2/1", "2/2", "2/3", "4/3");
    assertThat(events(server, "?follow=true&retired=true", null, 9))
        .filteredOn(text -> !text.contains("@"))
        .containsExactly("3/1", "3/2", "2/1", "2/2", "1/1", "1/2", "1/3", "2/3", "4/3");
  }

  @Test
  void saysWhyLogsCannotBeFollowed() throws IOException {
    Fixture server =
        server(
            following(
                lines -> {
                  throw Upstream.retryable("Kubernetes", "follow the logs", "it is away", null);
                }),
            null);
    HttpResponse<String> answer = server.send("GET", PATH + "?follow=true", "reader", "");
    assertThat(answer.statusCode()).isEqualTo(502);
    assertThat(answer.body()).contains("it is away");
    assertThat(streams.count()).isZero();
  }
}
