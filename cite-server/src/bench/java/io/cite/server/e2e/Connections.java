package io.cite.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Connections that stay open and take requests one after the other. The requests are bytes that
 * were put together before, so that sending them costs next to nothing: the sender shares its
 * processors with what is measured.
 */
final class Connections {
  private static final int ACCEPTED = 202;

  private final URI server;
  private final int count;

  Connections(URI server, int count) {
    this.server = server;
    this.count = count;
  }

  /** A request as it goes over the wire. */
  static byte[] bytes(HttpRequest request, String body) {
    byte[] content = body.getBytes(StandardCharsets.UTF_8);
    StringBuilder head = new StringBuilder();
    head.append("%s %s HTTP/1.1\r\n".formatted(request.method(), request.uri().getPath()));
    head.append("Host: %s\r\n".formatted(request.uri().getAuthority()));
    request
        .headers()
        .map()
        .forEach((name, values) -> head.append("%s: %s\r\n".formatted(name, values.get(0))));
    head.append("Content-Length: %d\r\n\r\n".formatted(content.length));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
    bytes.writeBytes(content);
    return bytes.toByteArray();
  }

  /** Sends all; how many nanoseconds each took until its answer was read. All must be accepted. */
  List<Long> send(List<byte[]> requests) throws Exception {
    ConcurrentLinkedQueue<Long> times = new ConcurrentLinkedQueue<>();
    AtomicInteger next = new AtomicInteger();
    ExecutorService senders = Executors.newFixedThreadPool(count);
    List<Future<?>> done = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      done.add(
          senders.submit(
              () -> {
                try (Socket socket = new Socket(server.getHost(), server.getPort())) {
                  socket.setTcpNoDelay(true);
                  InputStream answers = new BufferedInputStream(socket.getInputStream());
                  for (int n = next.getAndIncrement();
                      n < requests.size();
                      n = next.getAndIncrement()) {
                    long begin = System.nanoTime();
                    socket.getOutputStream().write(requests.get(n));
                    int status = status(answers);
                    times.add(System.nanoTime() - begin);
                    assertThat(status).isEqualTo(ACCEPTED);
                  }
                }
                return null;
              }));
    }
    for (Future<?> each : done) {
      each.get();
    }
    senders.shutdown();
    return List.copyOf(times);
  }

  /** Reads an answer to its end. */
  private static int status(InputStream answers) throws IOException {
    int status = Integer.parseInt(line(answers).split(" ")[1]);
    int length = 0;
    for (String line = line(answers); !line.isEmpty(); line = line(answers)) {
      String[] header = line.toLowerCase(Locale.ROOT).split(":", 2);
      if (header[0].equals("content-length")) {
        length = Integer.parseInt(header[1].strip());
      }
    }
    answers.skipNBytes(length);
    return status;
  }

  private static String line(InputStream answers) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = answers.read(); c != '\n'; c = answers.read()) {
      if (c < 0) {
        throw new EOFException("the server closed the connection");
      }
      line.append((char) c);
    }
    return line.toString().stripTrailing();
  }
}
