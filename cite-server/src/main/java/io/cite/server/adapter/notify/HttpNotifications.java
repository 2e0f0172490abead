package io.cite.server.adapter.notify;

import io.cite.core.domain.service.NotificationTarget;
import io.cite.core.error.InvalidInput;
import io.cite.core.error.Upstream;
import io.cite.core.port.Notifications;
import io.cite.server.outbound.RetryAfter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.util.Timeout;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@link Notifications} by HTTP POST: Slack's incoming webhooks and JSON documents. Where they may
 * go, {@link TargetAddress} says. Redirects are not followed and answers are not read; messages of
 * failures never have a URL's path, which for Slack is a password. Thread-safe.
 *
 * @see <a href="https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks">Slack's
 *     incoming webhooks</a>
 */
public final class HttpNotifications implements Notifications, AutoCloseable {
  private final Duration timeout;
  private final TargetAddress addresses;
  private final CloseableHttpClient http;
  private final JsonMapper json = JsonMapper.shared();

  /** Sends as the settings say; connects to nothing yet. */
  public HttpNotifications(NotificationSettings settings) {
    this(settings, InetAddress::getAllByName);
  }

  HttpNotifications(NotificationSettings settings, TargetAddress.Names names) {
    this.timeout = settings.timeout();
    this.addresses = new TargetAddress(settings.allowPrivate(), names);
    Timeout limit = Timeout.of(timeout);
    this.http =
        HttpClients.custom()
            .setConnectionManager(
                PoolingHttpClientConnectionManagerBuilder.create()
                    .setDnsResolver(addresses)
                    .setDefaultConnectionConfig(
                        ConnectionConfig.custom()
                            .setConnectTimeout(limit)
                            .setSocketTimeout(limit)
                            .build())
                    .setDefaultTlsConfig(TlsConfig.custom().setHandshakeTimeout(limit).build())
                    .build())
            .setDefaultRequestConfig(
                RequestConfig.custom()
                    .setConnectionRequestTimeout(limit)
                    .setResponseTimeout(limit)
                    .setRedirectsEnabled(false)
                    .setProtocolUpgradeEnabled(false)
                    .build())
            .disableRedirectHandling()
            .disableAutomaticRetries()
            .disableCookieManagement()
            .disableAuthCaching()
            .disableContentCompression()
            .setUserAgent("CITE")
            .build();
  }

  @Override
  public void check(NotificationTarget target) {
    URI url = URI.create(target.url());
    try {
      addresses.check(url);
      addresses.resolve(url.getHost());
    } catch (TargetAddress.Refused e) {
      throw new InvalidInput(
          "The notification URL " + target.shown() + " may not be used: " + e.getMessage() + ".");
    } catch (UnknownHostException e) {
      // It may be known by the time that a notice is sent, which checks again.
    }
  }

  @Override
  public void send(NotificationTarget target, Notice notice) {
    Object message =
        switch (target.type()) {
          case SLACK -> SlackMessage.of(notice);
          case WEBHOOK -> WebhookMessage.of(notice);
        };
    String system = target.shown();
    String operation = "send a notice";
    try {
      URI url = URI.create(target.url());
      addresses.check(url);
      HttpPost post = new HttpPost(url);
      post.setEntity(
          new ByteArrayEntity(json.writeValueAsBytes(message), ContentType.APPLICATION_JSON));
      judge(system, operation, post);
    } catch (TargetAddress.Refused e) {
      throw Upstream.permanent(
          system, operation, "the URL may not be used: " + e.getMessage(), null);
    } catch (ClientProtocolException e) {
      throw Upstream.permanent(system, operation, "the answer is not HTTP", e);
    } catch (IOException e) {
      String why = "the connection failed: " + e.getClass().getSimpleName();
      throw Upstream.retryable(system, operation, why, e);
    }
  }

  private void judge(String system, String operation, HttpPost post) throws IOException {
    // The client's own timeouts are per read; this one ends a target that dribbles.
    CompletableFuture<Boolean> deadline =
        CompletableFuture.supplyAsync(
            post::cancel,
            CompletableFuture.delayedExecutor(timeout.toMillis(), TimeUnit.MILLISECONDS));
    try {
      HttpResponse response = http.executeOpen(null, post, null);
      int status = response.getCode();
      String why = "it answered " + status;
      if (status == 429) {
        Duration wait = RetryAfter.parse(header(response, "Retry-After"), header(response, "Date"));
        throw Upstream.limited(system, operation, why, wait, null);
      }
      if (status >= 500 || status == 408) {
        throw Upstream.retryable(system, operation, why, null);
      }
      if (status / 100 != 2) {
        throw Upstream.permanent(system, operation, why, null);
      }
    } finally {
      deadline.cancel(false);
      // Drops the connection and with it the body: closing the response would read it to its end.
      post.cancel();
    }
  }

  private static String header(HttpResponse response, String name) {
    Header header = response.getFirstHeader(name);
    return header == null ? "" : header.getValue();
  }

  @Override
  public void close() {
    try {
      http.close();
    } catch (IOException e) {
      throw Upstream.retryable("notifications", "close the connections", String.valueOf(e), e);
    }
  }
}
