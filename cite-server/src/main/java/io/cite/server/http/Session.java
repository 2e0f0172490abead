package io.cite.server.http;

import io.cite.server.config.ApiToken;

/**
 * A browser that somebody signed in with.
 *
 * @param rights what that person may do, in the form of a token: a person's own rights, or those of
 *     the token that they signed in with
 * @param csrfToken what a request that changes something must repeat
 */
public record Session(ApiToken rights, String csrfToken) {}
