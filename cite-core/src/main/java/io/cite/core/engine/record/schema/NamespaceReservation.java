package io.cite.core.engine.record.schema;

/** Whose a namespace is. */
public record NamespaceReservation(String owner) {}
