package io.cite.sdk.wire;

/**
 * A port that a service would have.
 *
 * @param from where it comes from: a line of the Dockerfile, the setting or the default
 */
public record PlannedPortView(int port, String from) {}
