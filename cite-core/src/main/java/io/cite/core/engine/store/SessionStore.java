package io.cite.core.engine.store;

import io.cite.core.engine.record.Records;
import io.cite.core.engine.record.Versioned;
import io.cite.core.engine.record.schema.BrowserSession;
import io.cite.core.engine.record.schema.Keys;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of browsers, of every person apart. They outlast a restart, and all replicas see
 * them. Thread-safe.
 */
public final class SessionStore {
  /** A session that is not used for so long is over. */
  public static final Duration IDLE = Duration.ofHours(12);

  /** A session is over after so long, used or not. */
  public static final Duration LONGEST = Duration.ofDays(7);

  private static final Duration NOTED = Duration.ofMinutes(5);

  private final Records records;

  SessionStore(Records records) {
    this.records = records;
  }

  /** Who signed in. */
  public sealed interface Person {
    /** Somebody whom the source host knows. */
    record User(long id, String login) implements Person {}

    /** Whoever has an API token. */
    record TokenHolder(String token, String sha256) implements Person {}
  }

  /** A session that is not over. */
  public record Open(Person person, Instant begunAt) {}

  /**
   * Begins a session, and forgets those of the same person that are over.
   *
   * @param holder stands for the person, as one segment of a path
   * @param id stands for the session, as one segment of a path
   * @return false if there is, or was, a session with this id
   */
  public boolean begin(String holder, String id, Person person, Instant now) {
    long at = now.getEpochSecond();
    BrowserSession session =
        person instanceof Person.User user
            ? new BrowserSession(user.login(), user.id(), null, null, at, at, false)
            : token((Person.TokenHolder) person, at);
    for (Versioned<BrowserSession> old : of(holder)) {
      if (isOver(old.value(), now)) {
        records.write().delete(old).commit();
      }
    }
    return records.write().create(Keys.session(holder, id), session).commit();
  }

  private static BrowserSession token(Person.TokenHolder token, long at) {
    return new BrowserSession(null, null, token.token(), token.sha256(), at, at, false);
  }

  /** The session, which is noted to be in use; empty if there is none, or it is over. */
  public Optional<Open> use(String holder, String id, Instant now) {
    Optional<Versioned<BrowserSession>> stored = records.get(Keys.session(holder, id));
    if (stored.isEmpty() || stored.get().value().ended() || isOver(stored.get().value(), now)) {
      return Optional.empty();
    }
    BrowserSession session = stored.get().value();
    if (!now.isBefore(Instant.ofEpochSecond(session.seenAt()).plus(NOTED))) {
      // if somebody else notes it at the same time, that is as good
      records.write().replace(stored.get(), session.seen(now.getEpochSecond())).commit();
    }
    return Optional.ofNullable(person(session))
        .map(person -> new Open(person, Instant.ofEpochSecond(session.begunAt())));
  }

  /** Ends a session; does nothing if there is none. */
  public void end(String holder, String id) {
    while (true) {
      Optional<Versioned<BrowserSession>> stored = records.get(Keys.session(holder, id));
      if (stored.isEmpty()
          || stored.get().value().ended()
          || records.write().replace(stored.get(), stored.get().value().signedOut()).commit()) {
        return;
      }
    }
  }

  /** Ends all sessions of a person. */
  public void endAll(String holder) {
    for (Versioned<BrowserSession> stored : of(holder)) {
      String path = stored.key().path();
      end(holder, path.substring(path.lastIndexOf('/') + 1));
    }
  }

  private List<Versioned<BrowserSession>> of(String holder) {
    return records.list(Keys.sessionsOf(holder));
  }

  /** An ended session is kept as long as an open one, so that its id does not begin another. */
  private static boolean isOver(BrowserSession session, Instant now) {
    return !now.isBefore(Instant.ofEpochSecond(session.begunAt()).plus(LONGEST))
        || (!session.ended() && !now.isBefore(Instant.ofEpochSecond(session.seenAt()).plus(IDLE)));
  }

  private static @Nullable Person person(BrowserSession session) {
    if (session.token() != null && session.tokenSha256() != null) {
      return new Person.TokenHolder(session.token(), session.tokenSha256());
    }
    return session.login() == null || session.userId() == null
        ? null
        : new Person.User(session.userId(), session.login());
  }
}
