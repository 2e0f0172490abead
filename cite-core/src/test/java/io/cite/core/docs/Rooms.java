package io.cite.core.docs;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The packages of the core: what each may use, and why. */
final class Rooms {
  static final String CORE = "io.cite.core";

  /** The room on top of the others. */
  static final String TOP = CORE;

  record Room(String because, Set<String> uses) {}

  /** The rooms from the ground floor up: a room uses only what stands above it in this table. */
  static final Map<String, Room> ALL = new LinkedHashMap<>();

  private static void room(String name, String because, String... uses) {
    ALL.put(name, new Room(because, new TreeSet<>(Arrays.asList(uses))));
  }

  static {
    room("error", "the failures that every other package may throw");
    room("domain", "a machine is a table, whatever it is about");
    room("domain.source", "the source host's words", "error");
    room("domain.image", "an image is checked against its repository", "domain.source", "error");
    room("domain.service", "a service is made from a branch", "domain", "domain.source", "error");
    room(
        "domain.dockerfile",
        "a Dockerfile says which ports a service has",
        "domain.service",
        "error");
    room(
        "domain.build",
        "a build turns a commit into an image",
        "domain",
        "domain.image",
        "domain.service",
        "domain.source",
        "error");
    room(
        "domain.deploy",
        "a deployment makes a build's image live",
        "domain",
        "domain.build",
        "domain.image",
        "domain.service",
        "domain.source",
        "error");
    room("domain.audit", "who did what, in words");
    room(
        "port",
        "what the core needs from outside, in domain terms",
        "domain.audit",
        "domain.build",
        "domain.image",
        "domain.service",
        "domain.source");
    room("port.source", "the source host, cut by role", "domain.deploy", "domain.source", "port");
    room(
        "port.cluster",
        "the cluster, cut by role",
        "domain.deploy",
        "domain.image",
        "domain.service",
        "domain.source",
        "port");
    room(
        "memory",
        "implementations of the ports that know nobody behind a port",
        "domain.audit",
        "domain.build",
        "domain.deploy",
        "domain.image",
        "domain.service",
        "domain.source",
        "error",
        "port",
        "port.cluster",
        "port.source");
    room(
        "engine.record.schema",
        "where the store has what the domain knows",
        "domain.audit",
        "domain.build",
        "domain.deploy",
        "domain.service",
        "domain.source",
        "port");
    room(
        "engine.record",
        "versioned records, and the stored form of all of them in one table",
        "domain.audit",
        "domain.build",
        "domain.deploy",
        "domain.service",
        "domain.source",
        "engine.record.schema",
        "error",
        "port");
    room(
        "engine.store",
        "the stored state in domain terms, without keys and stored forms",
        "domain.audit",
        "domain.build",
        "domain.deploy",
        "domain.service",
        "domain.source",
        "engine.record",
        "engine.record.schema",
        "error",
        "port");
    room(
        "engine.schedule",
        "a queue knows names of work, not the work",
        "domain.service",
        "domain.source",
        "port");
    room(
        "engine.inbox",
        "a delivery becomes checks or a disposition, and nothing else",
        "domain.audit",
        "domain.build",
        "domain.service",
        "domain.source",
        "engine.record",
        "engine.record.schema",
        "engine.store",
        "error",
        "port");
    room(
        "engine.repository",
        "a repository is its number, whatever its name is",
        "domain.audit",
        "domain.service",
        "domain.source",
        "engine.record",
        "engine.record.schema",
        "error",
        "port",
        "port.source");
    room(
        "engine.outbox",
        "messages know what they tell of, not who decided it",
        "domain.build",
        "domain.deploy",
        "domain.service",
        "domain.source",
        "engine.record",
        "engine.record.schema",
        "error",
        "port",
        "port.source");
    room(
        "engine.builds",
        "builds go on without knowing deployments",
        "domain.audit",
        "domain.build",
        "domain.dockerfile",
        "domain.image",
        "domain.service",
        "domain.source",
        "engine.outbox",
        "engine.record",
        "engine.record.schema",
        "engine.store",
        "error",
        "port",
        "port.source");
    room(
        "engine.rollout",
        "deployments read builds from the store, not from who follows them",
        "domain.audit",
        "domain.build",
        "domain.deploy",
        "domain.image",
        "domain.service",
        "domain.source",
        "engine.outbox",
        "engine.record",
        "engine.record.schema",
        "engine.store",
        "error",
        "port",
        "port.cluster",
        "port.source");
    room(
        "engine.environment",
        "an environment begins with a build, and ends with the reports of its deployments",
        "domain.audit",
        "domain.build",
        "domain.deploy",
        "domain.service",
        "domain.source",
        "engine.builds",
        "engine.record",
        "engine.record.schema",
        "engine.rollout",
        "engine.store",
        "error",
        "port",
        "port.cluster",
        "port.source");
    room(
        "engine.service",
        "a creation knows its steps, and orders the first build",
        "domain.audit",
        "domain.build",
        "domain.service",
        "domain.source",
        "engine.builds",
        "engine.record",
        "engine.record.schema",
        "engine.repository",
        "engine.store",
        "error",
        "port",
        "port.cluster",
        "port.source");
    room(
        "engine.check",
        "a check reads all records and calls no part of the engine",
        "domain.build",
        "domain.deploy",
        "domain.service",
        "domain.source",
        "engine.builds",
        "engine.record",
        "engine.record.schema",
        "engine.store",
        "error",
        "port",
        "port.cluster");
    room(
        "engine.sweep",
        "a sweep queues what it finds, and does none of it",
        "domain.audit",
        "domain.build",
        "domain.service",
        "domain.source",
        "engine.outbox",
        "engine.record",
        "engine.record.schema",
        "engine.repository",
        "engine.store",
        "error",
        "port",
        "port.source");
    room(
        "engine",
        "the only place that knows all parts, because it assembles them",
        "domain.build",
        "domain.deploy",
        "domain.image",
        "domain.service",
        "domain.source",
        "engine.builds",
        "engine.environment",
        "engine.inbox",
        "engine.outbox",
        "engine.record",
        "engine.record.schema",
        "engine.repository",
        "engine.rollout",
        "engine.schedule",
        "engine.service",
        "engine.store",
        "engine.sweep",
        "error",
        "port",
        "port.cluster",
        "port.source");
    room(
        "usecase",
        "an order is decided on stores and written with its audit entry in one place",
        "domain.audit",
        "domain.service",
        "engine.store",
        "error",
        "port");
    room(
        "usecase.build",
        "orders and deliveries that lead to builds",
        "domain.audit",
        "domain.build",
        "domain.service",
        "domain.source",
        "engine.builds",
        "engine.store",
        "error",
        "port",
        "port.source",
        "usecase");
    room(
        "usecase.create",
        "orders that make services and environments",
        "domain.audit",
        "domain.dockerfile",
        "domain.image",
        "domain.service",
        "domain.source",
        "engine.store",
        "error",
        "port",
        "port.cluster",
        "port.source",
        "usecase");
    room(
        "usecase.deploy",
        "orders about deployments, which the engine carries out",
        "domain.audit",
        "domain.build",
        "domain.deploy",
        "domain.image",
        "domain.service",
        "domain.source",
        "engine.store",
        "error",
        "port.source",
        "usecase");
    room(
        "usecase.operate",
        "reading, settings, deletion and repair",
        "domain.audit",
        "domain.build",
        "domain.deploy",
        "domain.service",
        "domain.source",
        "engine.check",
        "engine.rollout",
        "engine.store",
        "error",
        "port",
        "port.cluster",
        "port.source",
        "usecase",
        "usecase.deploy");
    room(
        TOP,
        "where embedders begin: it puts use cases, engine and adapters together",
        "domain.deploy",
        "domain.image",
        "domain.service",
        "domain.source",
        "engine",
        "engine.check",
        "engine.rollout",
        "engine.schedule",
        "engine.store",
        "error",
        "memory",
        "port",
        "port.cluster",
        "port.source",
        "usecase",
        "usecase.build",
        "usecase.create",
        "usecase.deploy",
        "usecase.operate");
  }

  private Rooms() {}
}
