package io.cite.core.engine.store;

import io.cite.core.engine.record.Records;
import io.cite.core.engine.record.Versioned;
import io.cite.core.engine.record.schema.IdempotentRequest;
import io.cite.core.engine.record.schema.Key;
import io.cite.core.engine.record.schema.Keys;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The requests that came with an idempotency key, each with its first answer. A request that nobody
 * answered, because the process ended, gives way after a minute. Thread-safe.
 */
public final class IdempotencyStore {
  /** How long an answer is kept. */
  public static final Duration RETENTION = Duration.ofHours(24);

  private static final Duration UNANSWERED = Duration.ofMinutes(1);
  private static final int ATTEMPTS = 3;
  private static final int PAGE = 100;

  private final Records records;

  IdempotencyStore(Records records) {
    this.records = records;
  }

  /**
   * An answer over HTTP.
   *
   * @param location its {@code Location}; null if it has none
   * @param etag its {@code ETag}; null if it has none
   */
  public record Answer(int status, String body, @Nullable String location, @Nullable String etag) {}

  /** What becomes of a request. */
  public sealed interface Claim {
    /** It is carried out now. It has to be answered or released after that. */
    record Granted() implements Claim {}

    /** It was carried out before, with this answer. */
    record Answered(Answer answer) implements Claim {}

    /** It is being carried out. */
    record InProgress() implements Claim {}

    /** The key was used for another request. */
    record OtherRequest() implements Claim {}
  }

  /**
   * Claims a key for a request. Of several claims at the same time one is granted.
   *
   * @param key the caller's key, as one segment of a path
   * @param request what tells the request from others
   */
  public Claim claim(String key, String request, Instant now) {
    Key<IdempotentRequest> path = Keys.idempotency(key);
    IdempotentRequest begun = IdempotentRequest.begun(request, now);
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      if (records.write().create(path, begun).commit()) {
        return new Claim.Granted();
      }
      Optional<Versioned<IdempotentRequest>> present = records.get(path);
      if (present.isPresent()) {
        IdempotentRequest known = present.get().value();
        if (!isOlderThan(known, known.status() == null ? UNANSWERED : RETENTION, now)) {
          return known(known, request);
        }
        if (records.write().replace(present.get(), begun).commit()) {
          return new Claim.Granted();
        }
      }
    }
    return new Claim.InProgress();
  }

  private static Claim known(IdempotentRequest known, String request) {
    if (!known.request().equals(request)) {
      return new Claim.OtherRequest();
    }
    if (known.status() == null) {
      return new Claim.InProgress();
    }
    String body = known.body() == null ? "" : known.body();
    return new Claim.Answered(new Answer(known.status(), body, known.location(), known.etag()));
  }

  /** Keeps the answer to a request whose claim was granted. */
  public void answer(String key, String request, Answer answer, Instant now) {
    IdempotentRequest answered =
        new IdempotentRequest(
            request,
            now.getEpochSecond(),
            answer.status(),
            answer.body(),
            answer.location(),
            answer.etag());
    records.write().put(Keys.idempotency(key), answered).commit();
  }

  /** Gives the key back, so that the request can be sent again. */
  public void release(String key) {
    records.write().remove(Keys.idempotency(key)).commit();
  }

  /** Removes answers that are past their retention; how many. */
  public int removeOld(Instant now) {
    int removed = 0;
    String after = null;
    while (true) {
      List<Versioned<IdempotentRequest>> page = records.list(Keys.IDEMPOTENCY, after, PAGE);
      for (Versioned<IdempotentRequest> stored : page) {
        after = stored.key().path();
        if (isOlderThan(stored.value(), RETENTION, now)
            && records.write().delete(stored).commit()) {
          removed++;
        }
      }
      if (page.size() < PAGE) {
        return removed;
      }
    }
  }

  private static boolean isOlderThan(IdempotentRequest request, Duration age, Instant now) {
    return now.getEpochSecond() - request.epochSecond() > age.toSeconds();
  }
}
