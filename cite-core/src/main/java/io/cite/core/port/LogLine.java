package io.cite.core.port;

/**
 * A line of a container's log.
 *
 * @param at when it was written, as text of RFC 3339
 * @param pod name of the pod that wrote it
 */
public record LogLine(String at, String pod, String text) {}
