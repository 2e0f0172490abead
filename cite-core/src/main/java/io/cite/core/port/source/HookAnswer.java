package io.cite.core.port.source;

/**
 * The hook as it is.
 *
 * @param created whether this call made it
 */
public record HookAnswer(long id, boolean created) {}
