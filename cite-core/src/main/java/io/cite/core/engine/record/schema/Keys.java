package io.cite.core.engine.record.schema;

import io.cite.core.domain.build.Build;
import io.cite.core.domain.deploy.Deployment;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.service.EnvironmentSettings;
import io.cite.core.domain.service.EnvironmentState;
import io.cite.core.domain.service.Namespace;
import io.cite.core.domain.service.ServiceId;
import io.cite.core.domain.service.ServiceRecord;
import io.cite.core.domain.service.ServiceSettings;
import io.cite.core.domain.source.BranchName;
import io.cite.core.domain.source.CommitId;
import io.cite.core.domain.source.Delivery;
import io.cite.core.domain.source.DeliveryId;
import io.cite.core.domain.source.HookId;
import io.cite.core.domain.source.RepositoryName;
import java.util.Locale;
import java.util.Optional;

/**
 * The layout of the metadata store. Settings lie under {@code /cite/{namespace}/...}; CITE's own
 * records under names that begin with a dot, which no namespace can have.
 */
public final class Keys {
  private static final String ROOT = "/cite/";

  /** All services' life records. */
  public static final Key<ServiceRecord> SERVICES = all(".services", ServiceRecord.class);

  /** All environments' states. */
  public static final Key<EnvironmentState> ENVIRONMENTS =
      all(".environments", EnvironmentState.class);

  /** All builds. */
  public static final Key<Build> BUILDS = all(".builds", Build.class);

  /** All deployments. */
  public static final Key<Deployment> DEPLOYMENTS = all(".deployments", Deployment.class);

  /** Marks of the records about which something is to be done. */
  public static final Key<Key.OpenMark> OPEN = all(".open", Key.OpenMark.class);

  /** All deliveries. */
  public static final Key<Delivery> DELIVERIES = all(".deliveries", Delivery.class);

  /** Settled deliveries once more, the newest first: by {@link Delivery#position}. */
  public static final Key<Delivery> RECEIVED = all(".received", Delivery.class);

  /** Settled deliveries about repositories that no service is made from, the last ones. */
  public static final Key<Delivery> UNRELATED = all(".unrelated", Delivery.class);

  /** Marks of the deliveries that are not settled. */
  public static final Key<PendingDelivery> INBOX = all(".inbox", PendingDelivery.class);

  /** Commits that environments have to check. */
  public static final Key<CommitCheck> CHECKS = all(".checks", CommitCheck.class);

  /** Notices and statuses that are not delivered. */
  public static final Key<OutboxMessage> OUTBOX = all(".outbox", OutboxMessage.class);

  /** CITE's hooks by their number. */
  public static final Key<WebhookRecord> HOOKS = all(".hooks", WebhookRecord.class);

  /** Repositories that services are made from. */
  public static final Key<RepositoryRecord> REPOSITORIES =
      all(".repositories", RepositoryRecord.class);

  /** What the sweep last saw of branches. */
  public static final Key<BranchHead> HEADS = all(".heads", BranchHead.class);

  /** How far hooks were searched for failed deliveries. */
  public static final Key<HookScan> HOOK_CHECKS = all(".hookchecks", HookScan.class);

  /** Deliveries that the host was asked to make again. */
  public static final Key<RedeliveryRequest> REDELIVERIES =
      all(".redeliveries", RedeliveryRequest.class);

  /** Links from all repositories to their services. */
  public static final Key<ServiceLink> LINKS = all(".links", ServiceLink.class);

  /** Whose the namespaces are. */
  public static final Key<NamespaceReservation> NAMESPACES =
      all(".namespaces", NamespaceReservation.class);

  /** Services that delete what they were the last to need. */
  public static final Key<SharedCleanup> LEAVING = all(".leaving", SharedCleanup.class);

  /** Which environments have which names. */
  public static final Key<NameReservation> NAMES = all(".names", NameReservation.class);

  /** Requests that came with an idempotency key. */
  public static final Key<IdempotentRequest> IDEMPOTENCY =
      all(".idempotency", IdempotentRequest.class);

  /** Browsers that people signed in with. */
  public static final Key<BrowserSession> SESSIONS = all(".sessions", BrowserSession.class);

  private Keys() {}

  private static <T extends Record> Key<T> all(String area, Class<T> type) {
    return new Key<>(ROOT + area + "/", type);
  }

  private static <T extends Record> Key<T> under(Key<T> area, String rest) {
    return new Key<>(area.path() + rest, area.type());
  }

  /** A service's settings. */
  public static Key<ServiceSettings> service(ServiceId id) {
    return new Key<>(ROOT + id, ServiceSettings.class);
  }

  /** An environment's settings. */
  public static Key<EnvironmentSettings> environment(EnvironmentId id) {
    return new Key<>(ROOT + id.service() + "/" + id.branch().segment(), EnvironmentSettings.class);
  }

  /** Settings of all environments of a service. */
  public static Key<EnvironmentSettings> environmentsOf(ServiceId id) {
    return new Key<>(ROOT + id + "/", EnvironmentSettings.class);
  }

  /** A service's life. */
  public static Key<ServiceRecord> serviceRecord(ServiceId id) {
    return under(SERVICES, id.toString());
  }

  /** What the engine knows of an environment. */
  public static Key<EnvironmentState> environmentState(EnvironmentId id) {
    return under(ENVIRONMENTS, path(id));
  }

  /** Builds of an environment. */
  public static Key<Build> buildsOf(EnvironmentId id) {
    return under(BUILDS, path(id) + "/");
  }

  /** One build. */
  public static Key<Build> build(EnvironmentId id, long number) {
    return under(BUILDS, path(id) + "/" + number);
  }

  /** Deployments of an environment. */
  public static Key<Deployment> deploymentsOf(EnvironmentId id) {
    return under(DEPLOYMENTS, path(id) + "/");
  }

  /** One deployment. */
  public static Key<Deployment> deployment(EnvironmentId id, long seq) {
    return under(DEPLOYMENTS, path(id) + "/" + seq);
  }

  /** Mark of a record about which something is to be done. */
  public static Key<Key.OpenMark> open(Key<?> record) {
    return under(OPEN, record.path().substring(ROOT.length()));
  }

  /** One delivery. */
  public static Key<Delivery> delivery(DeliveryId id) {
    return under(DELIVERIES, id.value());
  }

  /** A settled delivery among all that were received. */
  public static Key<Delivery> received(Delivery delivery) {
    return under(RECEIVED, delivery.position());
  }

  /** Settled deliveries about a repository, the newest first. */
  public static Key<Delivery> receivedOf(RepositoryName name) {
    return all(".receivedof/" + lower(name), Delivery.class);
  }

  /** A settled delivery among those about its repository. */
  public static Key<Delivery> receivedAbout(RepositoryName name, Delivery delivery) {
    return under(receivedOf(name), delivery.position());
  }

  /** A place for a settled delivery about a repository that no service is made from. */
  public static Key<Delivery> unrelated(int place) {
    return under(UNRELATED, String.format(Locale.ROOT, "%04d", place));
  }

  /** Mark of a delivery that is not settled. */
  public static Key<PendingDelivery> unsettled(DeliveryId id) {
    return under(INBOX, id.value());
  }

  /** Checks that an environment has to make. */
  public static Key<CommitCheck> checksOf(EnvironmentId id) {
    return under(CHECKS, path(id) + "/");
  }

  /** One check. */
  public static Key<CommitCheck> check(EnvironmentId id, CommitId commit) {
    return under(CHECKS, path(id) + "/" + commit);
  }

  /** One item of the outbox. */
  public static Key<OutboxMessage> outboxMessage(String id) {
    return under(OUTBOX, id);
  }

  /** A hook of CITE's. */
  public static Key<WebhookRecord> hook(HookId id) {
    return under(HOOKS, id.toString());
  }

  /** What is known of a repository. */
  public static Key<RepositoryRecord> repository(RepositoryName name) {
    return under(REPOSITORIES, lower(name));
  }

  /** What the sweep last saw of an environment's branch. */
  public static Key<BranchHead> head(EnvironmentId id) {
    return under(HEADS, path(id));
  }

  /** How far a repository's hook was searched. */
  public static Key<HookScan> hookCheck(RepositoryName name) {
    return under(HOOK_CHECKS, lower(name));
  }

  /** One delivery that the host was asked to make again. */
  public static Key<RedeliveryRequest> redelivery(DeliveryId id) {
    return under(REDELIVERIES, id.value());
  }

  /** The leader's last heartbeat. */
  public static Key<LeaderHeartbeat> heartbeat() {
    return new Key<>(ROOT + ".heartbeat", LeaderHeartbeat.class);
  }

  /** Never has a record, so that a transaction which requires that takes the way of a write. */
  public static Key<LeaderHeartbeat> never() {
    return new Key<>(ROOT + ".never", LeaderHeartbeat.class);
  }

  /** Links from a repository to the services made from it. */
  public static Key<ServiceLink> linksOf(RepositoryName name) {
    return under(LINKS, lower(name) + "/");
  }

  /** Link from a repository to a service. */
  public static Key<ServiceLink> link(RepositoryName name, ServiceId service) {
    return under(linksOf(name), service.toString());
  }

  /** Whose a namespace is. */
  public static Key<NamespaceReservation> namespace(Namespace namespace) {
    return under(NAMESPACES, namespace.toString());
  }

  /** Which service deletes what it was the last of a repository to need. */
  public static Key<SharedCleanup> leavingRepository(RepositoryName name) {
    return under(LEAVING, "repository/" + lower(name));
  }

  /** Which service deletes what it was the last of a namespace to need. */
  public static Key<SharedCleanup> leavingNamespace(Namespace namespace) {
    return under(LEAVING, "namespace/" + namespace);
  }

  /** Which environment has a name in the cluster. */
  public static Key<NameReservation> name(EnvironmentId id) {
    return under(NAMES, id.namespace() + "/" + id.name());
  }

  /** The sessions of a person. */
  public static Key<BrowserSession> sessionsOf(String holder) {
    return under(SESSIONS, holder + "/");
  }

  /** One session of a person. */
  public static Key<BrowserSession> session(String holder, String id) {
    return under(SESSIONS, holder + "/" + id);
  }

  /** The answer to a request that came with an idempotency key. */
  public static Key<IdempotentRequest> idempotency(String id) {
    return under(IDEMPOTENCY, id);
  }

  /** The environment that a key below one of the areas speaks of, whatever follows its branch. */
  public static Optional<EnvironmentId> environmentIn(Key<?> area, String path) {
    String[] parts = path.substring(area.path().length()).split("/");
    return parts.length < 3
        ? Optional.empty()
        : Optional.of(
            new EnvironmentId(ServiceId.of(parts[0], parts[1]), BranchName.ofSegment(parts[2])));
  }

  private static String path(EnvironmentId id) {
    return id.service() + "/" + id.branch().segment();
  }

  private static String lower(RepositoryName name) {
    return name.toString().toLowerCase(Locale.ROOT);
  }
}
