package io.cite.server.http;

import io.cite.core.domain.service.ServiceId;
import io.cite.core.engine.StateChanges;
import io.cite.core.error.InvalidInput;
import io.cite.core.port.Subscription;
import io.cite.server.config.ApiToken.Verb;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** State changes as they happen. */
final class EventRoutes {
  private final StateChanges changes;
  private final EventStreams streams;

  EventRoutes(StateChanges changes, EventStreams streams) {
    this.changes = changes;
    this.streams = streams;
  }

  List<Route> routes() {
    return List.of(Route.get("/v1/events", Policy.token(Verb.READ), this::follow));
  }

  private void follow(Context ctx) throws IOException {
    String service = ctx.queryParam("service");
    ServiceId only = service == null ? null : ServiceId.parse(service);
    Principal principal = Principal.of(ctx);
    if (only != null) {
      principal.require(Verb.READ, only);
    }
    Long after = lastEventId(ctx);
    EventStream stream = streams.open(ctx);
    Feed feed = new Feed(stream, principal, only);
    Subscription subscription = changes.subscribe(feed::live);
    stream.ended().whenComplete((nothing, failure) -> subscription.close());
    feed.begin(after == null ? List.of() : changes.since(after));
  }

  private static @Nullable Long lastEventId(Context ctx) {
    String text = ctx.header("Last-Event-ID");
    try {
      return text == null || text.isBlank() ? null : Long.valueOf(text.strip());
    } catch (NumberFormatException e) {
      throw new InvalidInput("The Last-Event-ID must be the id of an event");
    }
  }

  /** Puts what was missed before what happens now, each once. */
  private static final class Feed {
    private final EventStream stream;
    private final Principal principal;
    private final @Nullable ServiceId only;
    private @Nullable List<StateChanges.Change> early = new java.util.ArrayList<>();
    private long missedUpTo = -1;

    Feed(EventStream stream, Principal principal, @Nullable ServiceId only) {
      this.stream = stream;
      this.principal = principal;
      this.only = only;
    }

    synchronized void live(StateChanges.Change change) {
      if (early != null) {
        early.add(change);
      } else if (change.id() > missedUpTo) {
        send(change);
      }
    }

    synchronized void begin(List<StateChanges.Change> missed) {
      for (StateChanges.Change change : missed) {
        send(change);
        missedUpTo = Math.max(missedUpTo, change.id());
      }
      List<StateChanges.Change> meanwhile = early == null ? List.of() : early;
      early = null;
      meanwhile.forEach(this::live);
    }

    private void send(StateChanges.Change change) {
      if (principal.sees(change.service()) && (only == null || only.equals(change.service()))) {
        io.cite.sdk.wire.Event event = Views.event(change);
        stream.send(event.id(), event.type(), Json.MAPPER.writeValueAsString(event));
      }
    }
  }
}
