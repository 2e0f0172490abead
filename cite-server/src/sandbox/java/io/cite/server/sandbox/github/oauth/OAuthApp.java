package io.cite.server.sandbox.github.oauth;

/**
 * An OAuth App.
 *
 * @param callback the only address that codes are handed to
 */
public record OAuthApp(String clientId, String clientSecret, String callback) {}
