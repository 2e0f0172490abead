package io.cite.server.adapter.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.cite.core.contract.NotificationsContract;
import io.cite.core.domain.service.NotificationTarget;
import io.cite.core.error.Upstream;
import io.cite.core.port.Notifications;
import io.cite.server.fixture.LocalServer;
import io.cite.server.fixture.LocalServer.Reply;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpNotificationsTest extends NotificationsContract {
  private static final NotificationSettings HERE =
      new NotificationSettings(true, Duration.ofSeconds(3));

  private final CountDownLatch released = new CountDownLatch(1);
  private volatile Reply reply = Reply.of(200, "ok");
  private volatile boolean isSilent;
  private final LocalServer server =
      new LocalServer(
          request -> {
            if (isSilent) {
              try {
                released.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            }
            return reply;
          });
  private final HttpNotifications notifications = new HttpNotifications(HERE);

  @AfterEach
  void stop() {
    released.countDown();
    notifications.close();
    server.close();
  }

  @Override
  protected Notifications notifications() {
    return notifications;
  }

  @Override
  protected NotificationTarget target(NotificationTarget.Type type) {
    return new NotificationTarget(type, server.url() + "T00/secret-path");
  }

  @Override
  protected NotificationTarget unreachable() {
    return new NotificationTarget(NotificationTarget.Type.WEBHOOK, "http://127.0.0.1:1/");
  }

  @Override
  protected int arrived() {
    return server.requests().size();
  }

  @Test
  void postsJsonToWebhooks() {
    notifications.send(target(NotificationTarget.Type.WEBHOOK), NOTICE);

    LocalServer.Request request = server.requests().get(0);
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.header("Content-Type")).startsWith("application/json");
    assertThat(request.body())
        .isEqualTo(
            "{\"id\":\"n-1\",\"kind\":\"build_failed\",\"service\":\"acme/hello\","
                + "\"branch\":\"feature/x\","
                + "\"commit\":\"0123456789abcdef0123456789abcdef01234567\","
                + "\"title\":\"Build 7 failed\",\"text\":\"step 1\\nstep 2: exit 1\","
                + "\"url\":\"https://cite.example.com/acme/hello\","
                + "\"at\":\"2026-01-02T03:04:05Z\"}");
  }

  @Test
  void postsBlocksToSlack() {
    notifications.send(target(NotificationTarget.Type.SLACK), NOTICE);

    assertThat(server.requests().get(0).body())
        .isEqualTo(
            "{\"blocks\":[{\"text\":{\"text\":\"*Build 7 failed*"
                + " <https://cite.example.com/acme/hello|Details>\","
                + "\"type\":\"mrkdwn\",\"verbatim\":true},\"type\":\"section\"},"
                + "{\"elements\":[{\"text\":\"acme/hello | feature/x | 0123456\","
                + "\"type\":\"mrkdwn\",\"verbatim\":true}],\"type\":\"context\"},"
                + "{\"text\":{\"text\":\"```\\nstep 1\\nstep 2: exit 1\\n```\","
                + "\"type\":\"mrkdwn\",\"verbatim\":true},\"type\":\"section\"}],"
                + "\"text\":\"Build 7 failed\"}");
  }

  @Test
  void waitsAsLongAsTheTargetAsks() {
    reply = Reply.of(429, "").with("Retry-After", "30");

    failing(e -> assertThat(e.retryAfter()).contains(Duration.ofSeconds(30)));
  }

  @Test
  void maySendAgainAfterAServerError() {
    reply = Reply.of(500, "");

    failing(e -> assertThat(e.isRetryable()).isTrue());
  }

  @Test
  void takesARefusalForGood() {
    reply = Reply.of(404, "no_service");

    failing(e -> assertThat(e.isRetryable()).isFalse());
  }

  @Test
  void doesNotWaitForeverForAnAnswer() {
    isSilent = true;

    failing(e -> assertThat(e.isRetryable()).isTrue());
  }

  @Test
  void doesNotReadTheBodyOfAnAnswer() throws IOException {
    try (ServerSocket endless = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread target = new Thread(() -> answerWithoutEnd(endless));
      target.start();
      notifications.send(
          new NotificationTarget(
              NotificationTarget.Type.WEBHOOK, "http://127.0.0.1:" + endless.getLocalPort() + "/"),
          NOTICE);
      await().until(() -> !target.isAlive());
    }
  }

  /** Ends once the client has closed the connection. */
  private static void answerWithoutEnd(ServerSocket server) {
    try (Socket socket = server.accept()) {
      socket.getInputStream().read();
      OutputStream out = socket.getOutputStream();
      out.write(
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
              .getBytes(StandardCharsets.US_ASCII));
      while (true) {
        out.write("1\r\nx\r\n".getBytes(StandardCharsets.US_ASCII));
      }
    } catch (IOException gone) {
      // what the test waits for
    }
  }

  @Test
  void followsNoRedirect() {
    reply = Reply.of(307, "").with("Location", server.url() + "elsewhere");

    failing(e -> assertThat(e.isRetryable()).isFalse());
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void neverTellsThePathInAMessage() {
    reply = Reply.of(403, "secret-path");

    failing(e -> assertThat(e).hasMessageContaining("127.0.0.1").hasMessageNotContaining("secret"));
  }

  private void failing(Consumer<Upstream> check) {
    assertThatThrownBy(() -> notifications.send(target(NotificationTarget.Type.SLACK), NOTICE))
        .isInstanceOfSatisfying(Upstream.class, check);
  }

  @Test
  void resolvesANameOnceAndConnectsToWhatItChecked() {
    AtomicInteger lookups = new AtomicInteger();
    String url = "http://hooks.example.com:" + server.url().getPort() + "/x";
    try (HttpNotifications pinned =
        new HttpNotifications(
            HERE,
            host -> {
              lookups.incrementAndGet();
              return new InetAddress[] {InetAddress.getByAddress(host, new byte[] {127, 0, 0, 1})};
            })) {
      pinned.send(new NotificationTarget(NotificationTarget.Type.WEBHOOK, url), NOTICE);
    }

    assertThat(lookups).hasValue(1);
    assertThat(server.requests().get(0).header("Host")).startsWith("hooks.example.com");
  }

  @Test
  void connectsToNoPrivateAddressBehindAPublicName() {
    try (HttpNotifications guarded =
        new HttpNotifications(
            NotificationSettings.usual(),
            host -> new InetAddress[] {InetAddress.getByName("10.0.0.1")})) {
      NotificationTarget target =
          new NotificationTarget(NotificationTarget.Type.SLACK, "https://hooks.example.com/x");

      assertThatThrownBy(() -> guarded.send(target, NOTICE))
          .isInstanceOfSatisfying(Upstream.class, e -> assertThat(e.isRetryable()).isFalse())
          .hasMessageContaining("not public");
    }
  }
}
