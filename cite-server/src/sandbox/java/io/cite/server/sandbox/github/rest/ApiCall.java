package io.cite.server.sandbox.github.rest;

import java.time.Instant;

/**
 * One request to the REST API, kept for whoever counts them.
 *
 * @param path decoded as it was sent, without the query
 * @param login of the caller, empty without a token
 */
public record ApiCall(
    Instant at, String method, String path, String query, int status, String login) {}
