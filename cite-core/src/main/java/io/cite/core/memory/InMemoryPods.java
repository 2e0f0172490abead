package io.cite.core.memory;

import io.cite.core.domain.deploy.Evidence;
import io.cite.core.port.cluster.Blocker;
import io.cite.core.port.cluster.RolloutSpec;
import io.cite.core.port.cluster.RolloutStatus;
import java.util.List;

/**
 * The pods of a rollout in the {@link InMemoryCluster}.
 *
 * @param ending how many were asked to end and have not ended
 * @param known whether some of them were sent traffic: then somebody may keep a connection
 * @param endingKnown the same of those that are ending
 */
record InMemoryPods(
    RolloutSpec spec, int wanted, int ready, int ending, boolean known, boolean endingKnown) {
  private static final Blocker CRASHING =
      new Blocker(
          "the container exits again and again (CrashLoopBackOff)",
          new Evidence("CrashLoopBackOff", List.of("Back-off restarting"), "it crashed\n"),
          true);

  static InMemoryPods of(RolloutSpec spec, int ready) {
    return new InMemoryPods(spec, spec.replicas(), ready, 0, false, false);
  }

  InMemoryPods withReady(int count) {
    return new InMemoryPods(spec, wanted, count, ending, known, endingKnown);
  }

  InMemoryPods sentTraffic() {
    return new InMemoryPods(spec, wanted, ready, ending, wanted > 0, endingKnown);
  }

  InMemoryPods scaled(int replicas, boolean readyAtOnce) {
    int asked = Math.max(0, wanted - replicas);
    return new InMemoryPods(
        spec,
        replicas,
        readyAtOnce ? replicas : Math.min(ready, replicas),
        ending + asked,
        known && replicas > 0,
        endingKnown || (known && asked > 0));
  }

  InMemoryPods ended() {
    return new InMemoryPods(spec, wanted, ready, 0, known, false);
  }

  RolloutStatus status(boolean crashing) {
    return new RolloutStatus(true, wanted, ready, wanted, ending, crashing ? CRASHING : null);
  }
}
