package io.cite.core.simulation;

import io.cite.core.port.Builder;
import io.cite.core.port.MetadataStore;
import io.cite.core.port.Notifications.Notice;
import io.cite.core.port.cluster.Cluster;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;

/**
 * What a world's ports are seen through, such as a defect.
 *
 * @param cluster in front of the cluster itself: its own calls are not counted
 * @param builder in front of the builder: each call that it makes may go wrong
 * @param store in front of the store: each call that it makes may go wrong
 * @param targets what becomes of a notice that is sent
 */
record Lenses(
    UnaryOperator<Cluster> cluster,
    UnaryOperator<Builder> builder,
    UnaryOperator<MetadataStore> store,
    BiConsumer<Notice, World> targets) {

  /** Nothing is wrong. */
  static Lenses usual() {
    return new Lenses(
        UnaryOperator.identity(),
        UnaryOperator.identity(),
        UnaryOperator.identity(),
        (notice, world) -> world.notices.add(notice));
  }

  Lenses withCluster(UnaryOperator<Cluster> other) {
    return new Lenses(other, builder, store, targets);
  }

  Lenses withBuilder(UnaryOperator<Builder> other) {
    return new Lenses(cluster, other, store, targets);
  }

  Lenses withStore(UnaryOperator<MetadataStore> other) {
    return new Lenses(cluster, builder, other, targets);
  }

  Lenses withTargets(BiConsumer<Notice, World> other) {
    return new Lenses(cluster, builder, store, other);
  }
}
