package io.cite.server.chaos;

import io.cite.core.domain.build.Build;
import io.cite.core.domain.deploy.Deployment;
import io.cite.core.domain.service.EnvironmentState;
import io.cite.core.domain.service.ServiceRecord;
import io.cite.core.domain.service.ServiceState;
import io.cite.core.engine.Key;
import io.cite.core.engine.Keys;
import io.cite.core.engine.Records;
import io.cite.core.engine.Stored;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Whether the servers have done all that there is to do, by what they have stored. */
final class Quiet {
  private final World world;
  private final List<Team> teams;

  Quiet(World world, List<Team> teams) {
    this.world = world;
    this.teams = teams;
  }

  /** What is still to be done, each with how much of it. */
  Map<String, Long> work() {
    Records records = world.records();
    Map<String, Long> work = new TreeMap<>();
    note(work, "deliveries under way", world.ingress().isIdle() ? 0 : 1);
    note(work, "deliveries to be sent", world.github().deliveriesIdle() ? 0 : 1);
    note(work, "deliveries to be handled", count(records, Keys.INBOX));
    note(work, "looks to be taken", count(records, Keys.LOOKS));
    note(work, "news to be sent", count(records, Keys.OUTBOX));
    for (Stored<ServiceRecord> service : records.list(Keys.SERVICES)) {
      note(work, "unfinished services", service.value().state() == ServiceState.READY ? 0 : 1);
    }
    for (Stored<Build> build : records.list(Keys.BUILDS)) {
      boolean done = build.value().state().isFinal() && !build.value().awaitsDecision();
      note(work, "open builds", done ? 0 : 1);
    }
    for (Stored<Deployment> deployment : records.list(Keys.DEPLOYMENTS)) {
      note(work, "open deployments", deployment.value().isSettled() ? 0 : 1);
    }
    for (Team team : teams) {
      note(work, "heads not seen", isHeadSeen(records, team) ? 0 : 1);
    }
    return work;
  }

  private boolean isHeadSeen(Records records, Team team) {
    for (Stored<EnvironmentState> state : records.list(Keys.ENVIRONMENTS)) {
      if (state.value().id().service().toString().equals(team.environment().service().toString())) {
        String head =
            world
                .at("/repos/" + team.repository() + "/branches/" + state.value().id().branch())
                .path("commit")
                .path("sha")
                .asString("");
        return Objects.toString(state.value().head()).equals(head);
      }
    }
    return true;
  }

  private static long count(Records records, Key<?> area) {
    return records.list(area).size();
  }

  private static void note(Map<String, Long> work, String what, long amount) {
    if (amount > 0) {
      work.merge(what, amount, Long::sum);
    }
  }
}
