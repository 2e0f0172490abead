package io.cite.adapters.etcd;

import io.cite.core.domain.service.Secret;
import io.cite.core.error.InvalidInput;
import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.ClientBuilder;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.MethodDescriptor;
import io.grpc.netty.GrpcSslContexts;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * The connection that store and leadership share. Nothing is connected before the first call. A
 * client that has not reached etcd for a while is replaced by a new one, because gRPC waits longer
 * and longer (up to two minutes) before it looks for a lost server again. Thread-safe.
 */
public final class EtcdConnection implements AutoCloseable {
  private static final Duration LOST_AFTER = Duration.ofSeconds(2);
  private static final Duration PING_EVERY = Duration.ofSeconds(6);
  private static final Duration PING_TIMEOUT = Duration.ofSeconds(3);
  private static final int LARGEST_ANSWER = 256 * 1024 * 1024;

  private final EtcdSettings settings;
  private final ScheduledExecutorService timer;
  private final AtomicLong lastAnswer = new AtomicLong();
  private final Set<Client> retired = ConcurrentHashMap.newKeySet();
  private final Object lock = new Object();
  private @Nullable Client client;
  private boolean closed;

  /** A connection that is not open yet. */
  public EtcdConnection(EtcdSettings settings) {
    this.settings = settings;
    this.timer = Executors.newSingleThreadScheduledExecutor(daemon("cite-etcd-timer"));
  }

  EtcdSettings settings() {
    return settings;
  }

  ScheduledExecutorService timer() {
    return timer;
  }

  Client client() {
    synchronized (lock) {
      if (closed) {
        throw new IllegalStateException("The connection to etcd is closed");
      }
      Client current = client;
      if (current == null) {
        current = connect();
        client = current;
        lastAnswer.set(System.nanoTime());
      }
      return current;
    }
  }

  /** Notes that etcd is there. */
  void answered() {
    lastAnswer.set(System.nanoTime());
  }

  /** Notes that a client found no server; calls under way may still end on it. */
  @SuppressWarnings("ReferenceEquality") // whether it is this very client
  void unreachable(Client failed) {
    synchronized (lock) {
      boolean lost = System.nanoTime() - lastAnswer.get() > LOST_AFTER.toNanos();
      if (closed || !lost || client != failed) {
        return;
      }
      client = null;
      retired.add(failed);
      var unused =
          timer.schedule(
              () -> retire(failed), settings.callTimeout().toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void retire(Client old) {
    if (retired.remove(old)) {
      old.close();
    }
  }

  @Override
  public void close() {
    Client last;
    synchronized (lock) {
      closed = true;
      last = client;
      client = null;
    }
    timer.shutdownNow();
    retired.forEach(this::retire);
    if (last != null) {
      last.close();
    }
  }

  static java.util.concurrent.ThreadFactory daemon(String name) {
    return work -> {
      Thread thread = new Thread(work, name);
      thread.setDaemon(true);
      return thread;
    };
  }

  private Client connect() {
    ClientBuilder builder =
        Client.builder()
            .endpoints(settings.endpoints())
            .waitForReady(false)
            .connectTimeout(settings.callTimeout())
            .keepaliveTime(PING_EVERY)
            .keepaliveTimeout(PING_TIMEOUT)
            // etcd ends connections that are pinged while no call is under way
            .keepaliveWithoutCalls(false)
            .maxInboundMessageSize(LARGEST_ANSWER)
            .retryMaxAttempts(1)
            .retryChronoUnit(ChronoUnit.MILLIS)
            .retryDelay(50)
            .retryMaxDelay(100)
            .interceptor(new Deadline(settings.callTimeout()));
    settings
        .login()
        .ifPresent(login -> builder.user(bytes(login.user())).password(bytes(login.password())));
    if (settings.encrypted()) {
      builder.sslContext(sslContext());
    }
    return builder.build();
  }

  private SslContext sslContext() {
    SslContextBuilder builder = GrpcSslContexts.forClient();
    settings
        .tls()
        .ifPresent(
            tls -> {
              tls.authority().ifPresent(file -> builder.trustManager(file.toFile()));
              tls.client()
                  .ifPresent(
                      own -> builder.keyManager(own.certificate().toFile(), own.key().toFile()));
            });
    try {
      return builder.build();
    } catch (SSLException failure) {
      throw new InvalidInput("The certificates for etcd cannot be used: " + failure.getMessage());
    }
  }

  private static ByteSequence bytes(Secret secret) {
    return bytes(secret.reveal());
  }

  static ByteSequence bytes(String text) {
    return ByteSequence.from(text, StandardCharsets.UTF_8);
  }

  /** Bounds every call that has one answer; watches and keep-alives go on. */
  private record Deadline(Duration timeout) implements ClientInterceptor {
    @Override
    public <A, B> ClientCall<A, B> interceptCall(
        MethodDescriptor<A, B> method, CallOptions options, Channel next) {
      return next.newCall(
          method,
          method.getType() == MethodDescriptor.MethodType.UNARY
              ? options.withDeadlineAfter(timeout.toMillis(), TimeUnit.MILLISECONDS)
              : options);
    }
  }
}
