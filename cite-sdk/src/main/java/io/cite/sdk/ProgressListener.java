package io.cite.sdk;

import io.cite.sdk.wire.DeploymentView;
import io.cite.sdk.wire.TimelineEntryView;
import java.util.function.Consumer;

/**
 * Hears how a deployment gets on, on the thread that waits for it. What it throws ends the waiting,
 * not the deployment.
 */
public interface ProgressListener {
  /** Hears nothing. */
  ProgressListener SILENT = new ProgressListener() {};

  /** The deployment is in a state that it was not in before. */
  default void onState(DeploymentView deployment) {}

  /** Something was added to its timeline. */
  default void onTimeline(DeploymentView deployment, TimelineEntryView entry) {}

  /** Another number of pods is ready, or wanted. */
  default void onPods(int ready, int wanted) {}

  /** Writes each piece of progress as a line of text. */
  static ProgressListener lines(Consumer<String> out) {
    return new ProgressListener() {
      @Override
      public void onState(DeploymentView deployment) {
        String cause = deployment.cause() == null ? "" : ": " + deployment.cause();
        out.accept("deployment " + deployment.seq() + " is " + deployment.state() + cause);
      }

      @Override
      public void onTimeline(DeploymentView deployment, TimelineEntryView entry) {
        if (entry.text() != null) {
          out.accept(entry.text());
        }
      }

      @Override
      public void onPods(int ready, int wanted) {
        out.accept(ready + " of " + wanted + " pods ready");
      }
    };
  }
}
