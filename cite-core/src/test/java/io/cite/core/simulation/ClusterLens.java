package io.cite.core.simulation;

import io.cite.core.port.cluster.Cluster;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** What a cluster is seen through: notified of each call before it is made. */
@FunctionalInterface
interface ClusterLens {
  /**
   * May change the arguments, or throw instead of the call.
   *
   * @param call role and method, such as {@code Rollouts.observe}
   */
  void before(String call, Object[] arguments);

  /** The cluster as it is seen through this. */
  default Cluster over(Cluster real) {
    return over(Cluster.class, real);
  }

  private <T> T over(Class<T> port, Object real) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (proxy, method, arguments) -> {
              if (Roles.gives(method)) {
                return over(method.getReturnType(), method.invoke(real));
              }
              before(port.getSimpleName() + "." + method.getName(), arguments);
              try {
                return method.invoke(real, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }
}
