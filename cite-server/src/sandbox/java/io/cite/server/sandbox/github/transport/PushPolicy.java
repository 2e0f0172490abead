package io.cite.server.sandbox.github.transport;

import java.util.List;

/**
 * What pushes may do beyond what GitHub lets them.
 *
 * @param anonymous whether a push without a token counts as one of the owner
 * @param createRepositories whether a push to a repository that does not exist makes it
 * @param admins logins that administer a repository made so
 */
public record PushPolicy(boolean anonymous, boolean createRepositories, List<String> admins) {

  public PushPolicy {
    admins = List.copyOf(admins);
  }
}
