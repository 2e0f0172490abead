package io.cite.core.port;

import io.cite.core.domain.service.EnvironmentId;
import java.util.function.Function;

/**
 * Where CITE is reached from outside. Whoever serves these addresses says what they are: the core
 * knows no paths.
 *
 * @param root where CITE is reached, without a trailing slash; every other link begins with it
 * @param hook where CITE's webhook is
 * @param environment the page of an environment
 */
public record Links(String root, String hook, Function<EnvironmentId, String> environment) {
  /** Whether a link leads to CITE. */
  public boolean leadsToCite(String link) {
    return link.startsWith(root + "/");
  }
}
