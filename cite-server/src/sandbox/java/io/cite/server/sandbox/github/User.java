package io.cite.server.sandbox.github;

/**
 * A person who may use the sandbox.
 *
 * @param token what the API takes as bearer token and git as password
 */
public record User(String login, String token) {

  public User {
    if (login.isBlank() || token.isBlank()) {
      throw new IllegalArgumentException("A user needs a login and a token");
    }
  }
}
