package io.cite.server.durability;

import static org.assertj.core.api.Assertions.assertThat;

import io.cite.server.fixture.JsonClient;
import io.cite.server.fixture.JsonClient.Answer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;

/**
 * What a server has acknowledged, kept outside of it. Each kind of promise is compared with what
 * the server says after its next start. Thread-safe.
 */
final class Ledger {
  private static final int PAGE = 100;

  private final Set<String> deliveries = ConcurrentHashMap.newKeySet();
  private final Map<Long, String> deployments = new ConcurrentHashMap<>();
  private final Set<String> created = ConcurrentHashMap.newKeySet();
  private final Set<String> deleted = ConcurrentHashMap.newKeySet();
  private final Set<String> asked = ConcurrentHashMap.newKeySet();
  private final Set<String> fresh = ConcurrentHashMap.newKeySet();
  private final Map<Long, String> freshDeployments = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<String> doubled = new ConcurrentLinkedQueue<>();
  private final AtomicLong setting = new AtomicLong();
  private final AtomicLong settings = new AtomicLong();

  void delivered(String id) {
    deliveries.add(id);
    fresh.add(id);
  }

  void deployed(long seq, String key) {
    String before = deployments.putIfAbsent(seq, key);
    if (before != null) {
      doubled.add("the number " + seq + " was given to " + before + " and to " + key);
    }
    freshDeployments.put(seq, key);
  }

  void set(long value) {
    setting.set(value);
    settings.incrementAndGet();
  }

  void created(String service) {
    created.add(service);
  }

  /** From now on nobody can say whether it is there. */
  void asksToDelete(String service) {
    asked.add(service);
  }

  void deleted(String service) {
    deleted.add(service);
  }

  @Override
  public String toString() {
    return "%d webhooks, %d deployments, %d services created, %d deleted, %d changes of settings"
        .formatted(
            deliveries.size(), deployments.size(), created.size(), deleted.size(), settings.get());
  }

  /** Compares what was promised since the last comparison; the rest is compared in the end. */
  void compareNew(JsonClient cite, String why) {
    assertThat(doubled).as(why).isEmpty();
    for (String id : Set.copyOf(fresh)) {
      assertThat(cite.get("/v1/deliveries/" + id).status())
          .as("%s: delivery %s", why, id)
          .isEqualTo(200);
      fresh.remove(id);
    }
    for (long seq : Set.copyOf(freshDeployments.keySet())) {
      Answer deployment = cite.get(EmbeddedServer.ENVIRONMENT + "/deployments/" + seq);
      assertThat(deployment.status()).as("%s: deployment %s", why, seq).isEqualTo(200);
      assertThat(deployment.text("commit"))
          .as("%s: deployment %s", why, seq)
          .isEqualTo(freshDeployments.get(seq));
      freshDeployments.remove(seq);
    }
    compareSetting(cite, why);
    compareServices(cite, why);
  }

  /** Compares everything that was ever promised. */
  void compareAll(JsonClient cite, String why) {
    assertThat(ids(cite, "/v1/deliveries", "id")).as(why).containsAll(deliveries);
    Set<String> numbers = ids(cite, EmbeddedServer.ENVIRONMENT + "/deployments", "seq");
    assertThat(numbers)
        .as(why)
        .containsAll(deployments.keySet().stream().map(String::valueOf).toList());
    compareNew(cite, why);
  }

  /** How many deployments were promised. */
  int deployments() {
    return deployments.size();
  }

  /** The services that were promised, as the audit trail names them. */
  Set<String> created() {
    return targets(created);
  }

  /** The services whose deletion was promised, as the audit trail names them. */
  Set<String> deleted() {
    return targets(deleted);
  }

  private static Set<String> targets(Set<String> services) {
    Set<String> targets = new HashSet<>();
    services.forEach(service -> targets.add("acme/" + service));
    return targets;
  }

  private void compareSetting(JsonClient cite, String why) {
    long promised = setting.get();
    Answer environment = cite.get(EmbeddedServer.ENVIRONMENT).expect(200);
    assertThat(environment.json().at("/variables/N").asLong(0))
        .as("%s: the variable that was set", why)
        .isGreaterThanOrEqualTo(promised);
  }

  private void compareServices(JsonClient cite, String why) {
    Set<String> there = new HashSet<>(created);
    there.removeAll(asked);
    Set<String> gone = Set.copyOf(deleted);
    for (String service : there) {
      int status = cite.get("/v1/services/acme/" + service).status();
      // its deletion may have been asked for meanwhile
      assertThat(status == 200 || asked.contains(service))
          .as("%s: service %s", why, service)
          .isTrue();
    }
    for (String service : gone) {
      Answer now = cite.get("/v1/services/acme/" + service);
      assertThat(now.status() == 404 || now.text("state").equals("DELETING"))
          .as("%s: deleted service %s: %s", why, service, now)
          .isTrue();
    }
  }

  /** The values of a field of all items of a list. */
  static Set<String> ids(JsonClient cite, String path, String field) {
    Set<String> values = new HashSet<>();
    items(cite, path).forEach(item -> values.add(item.path(field).asString()));
    return values;
  }

  /** All items of a list. */
  static List<JsonNode> items(JsonClient cite, String path) {
    List<JsonNode> items = new ArrayList<>();
    String page = path + "?limit=" + PAGE;
    String next = page;
    while (!next.isEmpty()) {
      JsonNode answer = cite.get(next).expect(200).json();
      answer.path("items").forEach(items::add);
      String cursor = answer.path("nextCursor").asString("");
      next = cursor.isEmpty() ? "" : page + "&cursor=" + cursor;
    }
    return items;
  }
}
