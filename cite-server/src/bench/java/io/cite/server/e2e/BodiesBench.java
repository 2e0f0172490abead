package io.cite.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cite.adapters.github.WebhookSignature;
import io.cite.server.fixture.CiteProcess;
import io.cite.server.fixture.ServerKeys;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/**
 * How fast others are answered, and how much memory is used, while strangers send webhooks with
 * forged signatures: slowly, or as large as they may be. The packaged sandbox runs with 256 MB of
 * heap, on the JDK of this process.
 */
class BodiesBench {
  private static final int LARGEST = 25 * 1024 * 1024;
  private static final int REQUESTS = 200;
  private static final double MB = 1e6;
  private static final Pattern NUMBER = Pattern.compile(" ([0-9.eE+]+)$");

  private final HttpClient client = HttpClient.newHttpClient();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final String token = ServerKeys.secret();

  @Test
  void slowAndLargeBodies(@TempDir Path folder) throws Exception {
    Path ready = folder.resolve("ready.json");
    Map<String, String> variables = Map.of("CITE_SANDBOX_TOKEN", token);
    try (CiteProcess sandbox =
        CiteProcess.start(
            "bodies-bench",
            variables,
            "sandbox",
            "--port",
            "0",
            "--data",
            folder.resolve("data").toString(),
            "--ready-file",
            ready.toString())) {
      sandbox.awaiting(() -> Files.exists(ready));
      URI cite =
          URI.create(
              JsonMapper.shared().readTree(Files.readString(ready)).path("cite").asString());
      measure(cite, "warm-up");
      measure(cite, "no other load");
      for (int senders : new int[] {70, 1_000}) {
        List<Socket> slow = new ArrayList<>();
        for (int i = 0; i < senders; i++) {
          slow.add(send(cite, 1_000, 1));
        }
        measure(cite, senders + " slow bodies");
        for (Socket sender : slow) {
          assertThat(sender.getInputStream().available()).as("still on its way").isZero();
          sender.close();
        }
      }
      large(cite);
    } finally {
      threads.shutdownNow();
    }
  }

  /** Sends the largest bodies again and again, on many connections. */
  private void large(URI cite) throws Exception {
    AtomicBoolean isOver = new AtomicBoolean();
    List<Future<Integer>> senders = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      senders.add(
          threads.submit(
              () -> {
                int sent = 0;
                while (!isOver.get()) {
                  try (Socket sender = send(cite, LARGEST, LARGEST)) {
                    sender.getInputStream().read();
                    sent++;
                  } catch (IOException e) {
                    // refused while it was being sent
                  }
                }
                return sent;
              }));
    }
    measure(cite, "24 connections with bodies of 25 MiB");
    isOver.set(true);
    for (Future<Integer> sender : senders) {
      sender.get();
    }
    await().until(() -> metric(cite, "cite_http_body_bytes") == 0);
  }

  private void measure(URI cite, String load) throws Exception {
    List<Long> times = new ArrayList<>();
    double heap = 0;
    double bodies = 0;
    for (int i = 0; i < REQUESTS; i++) {
      long begin = System.nanoTime();
      assertThat(get(cite.resolve("/healthz")).statusCode()).isEqualTo(200);
      times.add(System.nanoTime() - begin);
      if (i % 20 == 0) {
        heap = Math.max(heap, metric(cite, "jvm_memory_used_bytes{area=\"heap\""));
        bodies = Math.max(bodies, metric(cite, "cite_http_body_bytes"));
      }
    }
    Results.add(
        String.format(
            Locale.ROOT,
            "Java %d, %s: /healthz %s; heap %.0f MB, bodies %.1f MB",
            Runtime.version().feature(),
            load,
            Results.times(times),
            heap / MB,
            bodies / MB));
  }

  private double metric(URI cite, String name) {
    try {
      return get(cite.resolve("/metrics"))
          .body()
          .lines()
          .filter(line -> line.startsWith(name))
          .map(NUMBER::matcher)
          .filter(Matcher::find)
          .mapToDouble(found -> Double.parseDouble(found.group(1)))
          .sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private HttpResponse<String> get(URI uri) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(uri).header("Authorization", "Bearer " + token).build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  /** Sends a webhook with a forged signature, and of its body as much as asked. */
  private static Socket send(URI cite, int announced, int sent) throws IOException {
    Socket sender = new Socket(cite.getHost(), cite.getPort());
    String head =
        "POST /v1/github HTTP/1.1\r\nHost: localhost\r\nX-GitHub-Event: push\r\n"
            + "X-GitHub-Delivery: forged\r\nContent-Type: application/json\r\nContent-Length: "
            + announced
            + "\r\n"
            + WebhookSignature.HEADER
            + ": sha256="
            + "0".repeat(64)
            + "\r\n\r\n";
    OutputStream out = sender.getOutputStream();
    out.write(head.getBytes(StandardCharsets.US_ASCII));
    out.write(new byte[sent]);
    return sender;
  }
}
