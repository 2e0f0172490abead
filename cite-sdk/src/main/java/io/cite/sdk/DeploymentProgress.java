package io.cite.sdk;

import io.cite.sdk.wire.DeploymentStateView;
import io.cite.sdk.wire.DeploymentView;
import io.cite.sdk.wire.TimelineEntryView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells a listener what is new from one reading of a deployment to the next. */
final class DeploymentProgress {
  private final ProgressListener listener;
  private @Nullable DeploymentStateView state;
  private int reported;
  private int ready;
  private int wanted;

  DeploymentProgress(ProgressListener listener) {
    this.listener = listener;
  }

  void saw(DeploymentView deployment) {
    List<TimelineEntryView> timeline = deployment.timeline();
    for (TimelineEntryView entry :
        timeline.subList(Math.min(reported, timeline.size()), timeline.size())) {
      listener.onTimeline(deployment, entry);
    }
    reported = Math.max(reported, timeline.size());
    if (deployment.readyPods() != ready || deployment.wantedPods() != wanted) {
      ready = deployment.readyPods();
      wanted = deployment.wantedPods();
      listener.onPods(ready, wanted);
    }
    if (deployment.state() != state) {
      state = deployment.state();
      listener.onState(deployment);
    }
  }
}
