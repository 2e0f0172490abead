package io.cite.server.http;

import io.cite.core.port.Links;

/** The addresses that this server is reached at from outside. */
public final class PublicLinks {
  private PublicLinks() {}

  /**
   * The links of a server.
   *
   * @param root where it is reached, without a trailing slash
   */
  public static Links at(String root) {
    return new Links(root, root + WebhookRoute.PATH, environment -> root + Paths.of(environment));
  }
}
