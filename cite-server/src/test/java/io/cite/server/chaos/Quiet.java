package io.cite.server.chaos;

import io.cite.core.domain.build.Build;
import io.cite.core.domain.deploy.Deployment;
import io.cite.core.domain.service.EnvironmentState;
import io.cite.core.domain.service.ServiceRecord;
import io.cite.core.domain.service.ServiceState;
import io.cite.core.engine.record.Records;
import io.cite.core.engine.record.Versioned;
import io.cite.core.engine.record.schema.Keys;
import java.util.ArrayList;
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

  /** What is still to be done, by kind. */
  Map<String, List<String>> work() {
    Records records = world.records();
    Map<String, List<String>> work = new TreeMap<>();
    note(work, "deliveries under way", world.ingress().isIdle(), "some");
    note(work, "deliveries to be sent", world.github().deliveriesIdle(), "some");
    noteAll(work, "deliveries to be handled", records.list(Keys.INBOX));
    noteAll(work, "checks to be made", records.list(Keys.CHECKS));
    noteAll(work, "notices to be sent", records.list(Keys.OUTBOX));
    for (Versioned<ServiceRecord> service : records.list(Keys.SERVICES)) {
      boolean done = service.value().state() == ServiceState.READY;
      note(work, "unfinished services", done, service.key().path());
    }
    for (Versioned<Build> build : records.list(Keys.BUILDS)) {
      boolean done = build.value().state().isFinal() && !build.value().awaitsDecision();
      note(work, "open builds", done, build.key().path());
    }
    for (Versioned<Deployment> deployment : records.list(Keys.DEPLOYMENTS)) {
      note(work, "open deployments", deployment.value().isSettled(), described(deployment));
    }
    for (Team team : teams) {
      note(work, "heads not seen", isHeadSeen(records, team), team.repository());
    }
    return work;
  }

  private static String described(Versioned<Deployment> deployment) {
    Deployment value = deployment.value();
    return deployment.key().path() + " " + value.timeline().last() + " " + value.deadlines();
  }

  private boolean isHeadSeen(Records records, Team team) {
    for (Versioned<EnvironmentState> state : records.list(Keys.ENVIRONMENTS)) {
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

  private static void noteAll(
      Map<String, List<String>> work, String kind, List<? extends Versioned<?>> all) {
    all.forEach(each -> note(work, kind, false, each.key().path()));
  }

  private static void note(
      Map<String, List<String>> work, String kind, boolean done, String which) {
    if (!done) {
      work.computeIfAbsent(kind, k -> new ArrayList<>()).add(which);
    }
  }
}
