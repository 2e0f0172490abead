package io.cite.server.sandbox.github.state;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A person or an organization. */
public record Account(
    long id, String login, boolean organization, List<String> tokens, Instant createdAt)
    implements Row {

  public Account {
    tokens = List.copyOf(tokens);
  }

  @Override
  public long repository() {
    return 0;
  }

  public String email() {
    return id + "+" + login + "@users.noreply.example.com";
  }

  public Account withToken(String token) {
    if (tokens.contains(token)) {
      return this;
    }
    List<String> more = new ArrayList<>(tokens);
    more.add(token);
    return new Account(id, login, organization, more, createdAt);
  }
}
