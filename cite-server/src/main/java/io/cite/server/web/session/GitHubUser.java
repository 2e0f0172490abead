package io.cite.server.web.session;

/**
 * Somebody whom GitHub knows.
 *
 * @param id stays the same when the login changes
 */
record GitHubUser(long id, String login) {}
