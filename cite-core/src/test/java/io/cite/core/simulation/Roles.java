package io.cite.core.simulation;

import io.cite.core.port.cluster.Cluster;
import io.cite.core.port.source.SourceHost;
import java.lang.reflect.Method;

/** The ports that are cut by role. */
final class Roles {
  private Roles() {}

  /** Whether the method only gives a role, which is no call to the outside. */
  static boolean gives(Method method) {
    return method.getDeclaringClass() == Cluster.class
        || method.getDeclaringClass() == SourceHost.class;
  }
}
