package io.cite.server.sandbox.github.shape;

import io.cite.server.sandbox.github.git.Repositories;
import io.cite.server.sandbox.github.state.State;

/** All shapes of one sandbox, which depend on where it listens. */
public record Shapes(
    Links links,
    AccountShape accounts,
    RepositoryShape repositories,
    CommitShape commits,
    StatusShape statuses,
    DeploymentShape deployments,
    HookShape hooks,
    PullShape pulls) {

  public static Shapes of(Links links, State state, Repositories repositories) {
    AccountShape accounts = new AccountShape(links, state);
    RepositoryShape shape = new RepositoryShape(links, accounts, state);
    return new Shapes(
        links,
        accounts,
        shape,
        new CommitShape(links, accounts, repositories),
        new StatusShape(links, accounts, shape),
        new DeploymentShape(links, accounts),
        new HookShape(links),
        new PullShape(links, accounts, shape, repositories, state));
  }
}
