package io.cite.core.simulation;

import io.cite.core.port.Cluster;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** What a cluster is seen through: notified of each call before it is made. */
@FunctionalInterface
interface ClusterLens {
  /** May change the arguments, or throw instead of the call. */
  void before(String call, Object[] arguments);

  /** The cluster as it is seen through this. */
  default Cluster over(Cluster real) {
    return (Cluster)
        Proxy.newProxyInstance(
            Cluster.class.getClassLoader(),
            new Class<?>[] {Cluster.class},
            (proxy, method, arguments) -> {
              before(method.getName(), arguments);
              try {
                return method.invoke(real, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
