package io.cite.server.http;

import io.cite.adapters.github.WebhookParser;
import io.cite.adapters.github.WebhookSignature;
import io.cite.core.domain.audit.AuditAction;
import io.cite.core.domain.audit.AuditEntry;
import io.cite.core.domain.source.DeliveryId;
import io.cite.core.domain.source.HookId;
import io.cite.core.domain.source.SourceEvent;
import io.cite.core.error.CiteException;
import io.cite.core.error.Conflict;
import io.cite.core.error.ErrorCode;
import io.cite.core.port.AuditTrail;
import io.cite.core.port.InstantSource;
import io.cite.core.usecase.build.AcceptDelivery;
import io.cite.sdk.wire.DeliveryReceiptView;
import io.javalin.http.Context;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * GitHub's webhooks. The signature is found right before anything is read, and the delivery is
 * stored before it is answered.
 *
 * @see <a
 *     href="https://docs.github.com/en/webhooks/using-webhooks/best-practices-for-using-webhooks">
 *     Best practices for webhooks</a>
 */
final class WebhookRoute {
  static final String PATH = "/v1/github";
  static final int MAX_BODY = 25 * 1024 * 1024;

  private static final Logger LOG = LoggerFactory.getLogger(WebhookRoute.class);
  private static final String ACTOR = "github";

  private final HookSecrets secrets;
  private final AcceptDelivery acceptDelivery;
  private final RateLimit unsigned;
  private final ClientAddresses addresses;
  private final AuditTrail audit;
  private final InstantSource clock;
  private final Meters meters;

  WebhookRoute(
      HookSecrets secrets,
      AcceptDelivery acceptDelivery,
      RateLimit unsigned,
      ClientAddresses addresses,
      AuditTrail audit,
      InstantSource clock,
      Meters meters) {
    this.secrets = secrets;
    this.acceptDelivery = acceptDelivery;
    this.unsigned = unsigned;
    this.addresses = addresses;
    this.audit = audit;
    this.clock = clock;
    this.meters = meters;
  }

  List<Route> routes() {
    return List.of(Route.post(PATH, Policy.signed(), this::receive));
  }

  private void receive(Context ctx) {
    String id = header(ctx, "X-GitHub-Delivery");
    String event = header(ctx, "X-GitHub-Event");
    if (!WebhookSignature.isWellFormed(ctx.header(WebhookSignature.HEADER))) {
      throw refused(ctx, id, "The signature is missing or wrong", "no signature by SHA-256");
    }
    byte[] body = BodyIntake.bodyOf(ctx);
    HookSecrets.Signer signer =
        secrets
            .signer(hook(ctx), installedOn(ctx), body, ctx.header(WebhookSignature.HEADER))
            .orElseThrow(
                () -> refused(ctx, id, "The signature is missing or wrong", "wrong signature"));
    SourceEvent content = WebhookParser.parse(event, WebhookParser.json(ctx.contentType(), body));
    if (signer.repositoryId() != null && !isOf(signer.repositoryId(), content)) {
      throw refused(
          ctx, id, "The webhook was created for another repository", "event of another repository");
    }
    String sha256 = HexFormat.of().formatHex(Authenticator.sha256(body));
    accept(ctx, new AcceptDelivery.Command(new DeliveryId(id), event, sha256, content));
  }

  private void accept(Context ctx, AcceptDelivery.Command command) {
    try {
      boolean isNew = acceptDelivery.execute(command) == AcceptDelivery.Answer.ACCEPTED;
      String disposition = isNew ? "accepted" : "duplicate";
      meters.delivery(disposition);
      ctx.status(isNew ? 202 : 200);
      ctx.json(new DeliveryReceiptView(command.id().value(), disposition));
    } catch (Conflict e) {
      meters.delivery("conflict");
      note(command.id().value(), "the id was used before with another body");
      throw e;
    } catch (CiteException e) {
      meters.delivery("failed");
      throw e;
    }
  }

  private HttpProblem refused(Context ctx, String id, String detail, String why) {
    meters.delivery("refused");
    String address = addresses.of(ctx);
    unsigned.count(address);
    note(id, why + " from " + address);
    return new HttpProblem(ErrorCode.BAD_SIGNATURE, detail);
  }

  private void note(String id, String why) {
    String shown = id.replaceAll("[^A-Za-z0-9_-]", "?");
    try {
      audit.append(
          UUID.randomUUID().toString(),
          new AuditEntry(
              clock.instant(),
              ACTOR,
              AuditAction.DELIVERY_REFUSE,
              shown.length() > 100 ? shown.substring(0, 100) : shown,
              AuditEntry.Outcome.DENIED,
              why));
    } catch (CiteException e) {
      LOG.warn("CITE could not audit that the delivery {} was refused.", shown, e);
    }
  }

  private static boolean isOf(long repositoryId, SourceEvent content) {
    if (content instanceof SourceEvent.Pushed e) {
      return e.repositoryId() == repositoryId;
    }
    if (content instanceof SourceEvent.StatusChanged e) {
      return e.repositoryId() == repositoryId;
    }
    if (content instanceof SourceEvent.BranchDeleted e) {
      return e.repositoryId() == repositoryId;
    }
    if (content instanceof SourceEvent.Renamed e) {
      return e.repositoryId() == repositoryId;
    }
    return !(content instanceof SourceEvent.PullRequestChanged e)
        || e.repositoryId() == repositoryId;
  }

  /** The repository whose hook it is; empty for another's, such as an organisation's. */
  private static OptionalLong installedOn(Context ctx) {
    return "repository".equals(ctx.header("X-GitHub-Hook-Installation-Target-Type"))
        ? number(ctx, "X-GitHub-Hook-Installation-Target-ID")
        : OptionalLong.empty();
  }

  private static Optional<HookId> hook(Context ctx) {
    OptionalLong number = number(ctx, "X-GitHub-Hook-ID");
    return number.isPresent() && number.getAsLong() > 0
        ? Optional.of(new HookId(number.getAsLong()))
        : Optional.empty();
  }

  private static OptionalLong number(Context ctx, String name) {
    String text = ctx.header(name);
    try {
      return text == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(text));
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  private static String header(Context ctx, String name) {
    String value = ctx.header(name);
    if (value == null || value.isBlank()) {
      throw new HttpProblem(ErrorCode.INVALID_INPUT, "The header " + name + " is missing");
    }
    return value;
  }
}
