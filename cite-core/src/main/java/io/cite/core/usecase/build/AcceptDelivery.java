package io.cite.core.usecase.build;

import io.cite.core.domain.source.Delivery;
import io.cite.core.domain.source.Disposition;
import io.cite.core.domain.source.SourceEvent;
import io.cite.core.domain.source.Triage;
import io.cite.core.engine.EngineSettings;
import io.cite.core.engine.Ports;
import io.cite.core.engine.record.GroupCommit;
import io.cite.core.engine.record.Records;
import io.cite.core.engine.record.Versioned;
import io.cite.core.engine.record.schema.Keys;
import io.cite.core.engine.record.schema.PendingDelivery;
import io.cite.core.error.Conflict;
import io.cite.core.error.ErrorCode;
import io.cite.core.error.InvalidInput;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Takes a delivery whose signature was found right: it is stored before this returns, and the
 * engine looks at it afterwards, unless its content alone says that there is nothing to look at.
 * Throws {@link Conflict} with {@code REUSED_KEY} for a known id with another body, and {@link
 * io.cite.core.error.Upstream} where it could not be stored.
 */
public final class AcceptDelivery {
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,100}");

  private final Ports ports;
  private final EngineSettings settings;
  private final Records records;
  private final GroupCommit writes;

  /** The use case on these ports. */
  public AcceptDelivery(Ports ports, EngineSettings settings) {
    this.ports = ports;
    this.settings = settings;
    this.records = new Records(ports.store());
    this.writes = new GroupCommit(records);
  }

  /** A delivery; see {@link Delivery} for the parts. */
  public record Command(String id, String event, String bodySha256, SourceEvent content) {
    public Command {
      if (!ID.matcher(id).matches()) {
        throw new InvalidInput("The delivery's id must be a GUID");
      }
    }
  }

  /** Whether the delivery was new. */
  public enum Answer {
    ACCEPTED,
    DUPLICATE
  }

  /** Stores the delivery. */
  public Answer execute(Command command) {
    Optional<Disposition> settled = Triage.settle(command.content(), settings.statusContext());
    Delivery delivery =
        new Delivery(
            command.id(),
            command.event(),
            command.bodySha256(),
            command.content(),
            ports.clock().instant(),
            settled.orElse(Disposition.ACCEPTED),
            0);
    Records.Write write = records.write().create(Keys.delivery(command.id()), delivery);
    if (settled.isEmpty()) {
      write.put(Keys.unsettled(command.id()), PendingDelivery.of(delivery));
    }
    if (writes.commit(write)) {
      return Answer.ACCEPTED;
    }
    Optional<Versioned<Delivery>> known = records.get(Keys.delivery(command.id()));
    if (known.isPresent() && !known.get().value().bodySha256().equals(command.bodySha256())) {
      throw new Conflict(
          ErrorCode.REUSED_KEY, "The delivery " + command.id() + " came before with another body");
    }
    return Answer.DUPLICATE;
  }
}
