package io.cite.server.http;

/**
 * Something that CITE depends on.
 *
 * @param name such as {@code GitHub}
 * @param required whether CITE cannot serve without it
 * @param probe throws if it does not answer
 */
public record HealthCheck(String name, boolean required, Runnable probe) {}
