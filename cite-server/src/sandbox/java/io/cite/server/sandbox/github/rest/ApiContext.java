package io.cite.server.sandbox.github.rest;

import io.cite.server.sandbox.github.event.DeliveryLog;
import io.cite.server.sandbox.github.event.Events;
import io.cite.server.sandbox.github.event.Pushes;
import io.cite.server.sandbox.github.event.WebhookSender;
import io.cite.server.sandbox.github.git.Repositories;
import io.cite.server.sandbox.github.shape.Shapes;
import io.cite.server.sandbox.github.state.State;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/** What every resource of the API shares: state, repositories, events and the clock. */
public record ApiContext(
    State state,
    Repositories repositories,
    Shapes shapes,
    Events events,
    Pushes pushes,
    WebhookSender sender,
    DeliveryLog deliveries,
    InstantSource clock) {

  /** The time as GitHub tells it, in whole seconds. */
  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }
}
