package io.cite.adapters.etcd;

import io.cite.core.error.CiteException;
import io.cite.core.error.Upstream;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.common.exception.EtcdException;
import io.grpc.Status;
import java.net.ConnectException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Waits for etcd's answers, and says what a missing or a bad one means: the one place that does.
 */
final class EtcdCalls {
  private static final String SYSTEM = "etcd";

  private static final String NO_SPACE =
      "etcd has used up its space, so it takes no writes. Compact and defragment it or raise its"
          + " --quota-backend-bytes, and disarm its alarm";

  private final EtcdConnection connection;

  EtcdCalls(EtcdConnection connection) {
    this.connection = connection;
  }

  /** A call whose failure is translated at once. */
  <T> T call(String operation, Duration timeout, Function<Client, CompletableFuture<T>> call) {
    try {
      return attempt(timeout, call);
    } catch (Unanswered failure) {
      throw failure.translate(operation);
    }
  }

  /** A call whose failure the caller inspects. */
  <T> T attempt(Duration timeout, Function<Client, CompletableFuture<T>> call) throws Unanswered {
    Client client;
    CompletableFuture<T> answer;
    try {
      client = connection.client();
      answer = call.apply(client);
    } catch (IllegalStateException | RejectedExecutionException | EtcdException closed) {
      throw new Unanswered(Status.UNAVAILABLE.withDescription("the client is closed"), closed);
    }
    try {
      T result = answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
      connection.answered();
      return result;
    } catch (TimeoutException late) {
      answer.cancel(true);
      throw new Unanswered(Status.DEADLINE_EXCEEDED, late);
    } catch (InterruptedException interrupted) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw new Unanswered(Status.CANCELLED, interrupted);
    } catch (ExecutionException failure) {
      Unanswered unanswered = new Unanswered(status(failure), failure.getCause());
      if (unanswered.code() == Status.Code.UNAVAILABLE) {
        connection.unreachable(client);
      } else if (!unanswered.isAmbiguous()) {
        connection.answered();
      }
      throw unanswered;
    }
  }

  private static Status status(ExecutionException failure) {
    Status status = Status.fromThrowable(failure);
    for (Throwable cause = failure.getCause();
        status.getCode() == Status.Code.UNKNOWN && cause != null;
        cause = cause.getCause()) {
      if (cause instanceof EtcdException etcd) {
        status =
            Status.fromCode(Status.Code.valueOf(etcd.getErrorCode().name()))
                .withDescription(etcd.getMessage());
      }
    }
    return status;
  }

  /** No answer, or a refusal. */
  static final class Unanswered extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Status status;

    Unanswered(Status status, @Nullable Throwable cause) {
      super(cause);
      this.status = status;
    }

    /** Whether the request may have been carried out, or may still be. */
    boolean isAmbiguous() {
      return switch (status.getCode()) {
        case INVALID_ARGUMENT,
            NOT_FOUND,
            ALREADY_EXISTS,
            PERMISSION_DENIED,
            UNAUTHENTICATED,
            RESOURCE_EXHAUSTED,
            FAILED_PRECONDITION,
            OUT_OF_RANGE,
            UNIMPLEMENTED ->
            false;
        default -> true;
      };
    }

    /** Whether there was no connection to send it on. */
    boolean wasNotSent() {
      for (Throwable cause = getCause(); cause != null; cause = cause.getCause()) {
        if (cause instanceof ConnectException) {
          return true;
        }
      }
      return false;
    }

    boolean isInterrupt() {
      return getCause() instanceof InterruptedException;
    }

    Status.Code code() {
      return status.getCode();
    }

    CiteException translate(String operation) {
      return switch (status.getCode()) {
        case INVALID_ARGUMENT, ALREADY_EXISTS, NOT_FOUND, OUT_OF_RANGE, UNIMPLEMENTED ->
            Upstream.permanent(SYSTEM, operation, "etcd refused it: " + words(), getCause());
        case DEADLINE_EXCEEDED ->
            Upstream.storeUnavailable(SYSTEM, operation, "etcd did not answer in time", getCause());
        case RESOURCE_EXHAUSTED ->
            Upstream.storeUnavailable(
                SYSTEM, operation, hasNoSpace() ? NO_SPACE : words(), getCause());
        default -> Upstream.storeUnavailable(SYSTEM, operation, words(), getCause());
      };
    }

    private boolean hasNoSpace() {
      String description = status.getDescription();
      return description != null && description.contains("database space exceeded");
    }

    private String words() {
      if (isInterrupt()) {
        return "the thread was interrupted";
      }
      String description = status.getDescription();
      String code = status.getCode().name();
      return description == null ? code : description + " (" + code + ")";
    }
  }
}
