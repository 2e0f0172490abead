package io.cite.server.http;

import io.cite.core.domain.service.ServiceId;
import io.cite.core.engine.StateChanges;
import io.cite.core.engine.store.ServiceStore;
import io.cite.core.error.InvalidInput;
import io.cite.core.port.Subscription;
import io.cite.sdk.wire.EventView;
import io.cite.server.config.ApiToken.Verb;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** State changes as they happen. */
final class EventRoutes {
  private final StateChanges changes;
  private final ServiceStore services;
  private final EventStreams streams;

  EventRoutes(StateChanges changes, ServiceStore services, EventStreams streams) {
    this.changes = changes;
    this.services = services;
    this.streams = streams;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/v1/events", Policy.token(Verb.READ), this::follow).taking("service"));
  }

  private void follow(Context ctx) throws IOException {
    String service = ctx.queryParam("service");
    ServiceId only = service == null ? null : ServiceId.parse(service);
    Principal principal = Principal.of(ctx);
    if (only != null) {
      principal.require(Verb.READ, only);
      services.get(only);
    }
    Long after = lastEventId(ctx);
    EventStream stream = streams.prepare();
    Feed feed = new Feed(stream, principal, only);
    // before the answer begins: whoever sees it begin misses nothing from then on
    // if a change is missed the stream ends, and the reader comes back for it
    Subscription subscription = changes.subscribe(feed::live, stream::close);
    var unused = stream.ended().whenComplete((nothing, failure) -> subscription.close());
    try {
      List<StateChanges.Change> missed = after == null ? List.of() : changes.since(after);
      streams.begin(stream, ctx);
      feed.begin(missed);
    } catch (IOException | RuntimeException e) {
      stream.close();
      throw e;
    }
  }

  private static @Nullable Long lastEventId(Context ctx) {
    String text = ctx.header("Last-Event-ID");
    try {
      return text == null || text.isBlank() ? null : Long.valueOf(text.strip());
    } catch (NumberFormatException e) {
      throw new InvalidInput("The Last-Event-ID must be the id of an event");
    }
  }

  /**
   * Puts what was missed before what happens now, each once. What was missed is listed while more
   * happens, so a change is left out only if it was listed, not because a newer one was.
   */
  private static final class Feed {
    private final EventStream stream;
    private final Principal principal;
    private final @Nullable ServiceId only;
    private final List<StateChanges.Change> early = new ArrayList<>();
    private boolean begun;
    private Set<StateChanges.Change> listed = Set.of();
    private long listedUpTo = -1;

    Feed(EventStream stream, Principal principal, @Nullable ServiceId only) {
      this.stream = stream;
      this.principal = principal;
      this.only = only;
    }

    synchronized void live(StateChanges.Change change) {
      if (!begun) {
        early.add(change);
      } else if (!listed.contains(change)) {
        if (change.id() > listedUpTo) {
          // they come in order: none of those that were listed comes any more
          listed = Set.of();
        }
        send(change);
      }
    }

    synchronized void begin(List<StateChanges.Change> missed) {
      for (StateChanges.Change change : missed) {
        send(change);
        listedUpTo = Math.max(listedUpTo, change.id());
      }
      listed = new HashSet<>(missed);
      begun = true;
      early.forEach(this::live);
      early.clear();
    }

    private void send(StateChanges.Change change) {
      if (principal.sees(change.service()) && (only == null || only.equals(change.service()))) {
        EventView event = ResponseMapper.event(change);
        stream.send(event.id(), event.type(), Json.MAPPER.writeValueAsString(event));
      }
    }
  }
}
