package io.cite.core.domain.audit;

import org.jspecify.annotations.Nullable;

/**
 * Who asks for something.
 *
 * @param name name of the API token or login, for the audit trail
 * @param login login at the source host, whose permission is asked; null if the caller has none and
 *     only the CITE account's own permission counts
 */
public record Caller(String name, @Nullable String login) {}
