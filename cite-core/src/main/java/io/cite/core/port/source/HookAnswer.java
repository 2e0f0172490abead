package io.cite.core.port.source;

import io.cite.core.domain.source.HookId;

/**
 * The hook as it is.
 *
 * @param created whether this call made it
 */
public record HookAnswer(HookId id, boolean created) {}
