package io.cite.core.port.cluster;

/** How a switch of traffic ended. */
public sealed interface SwitchResult {
  /** The traffic goes to the rollout. */
  record Switched() implements SwitchResult {}

  /** A deployment with a higher number has the traffic; nothing was changed. */
  record Overtaken(long bySeq) implements SwitchResult {}
}
