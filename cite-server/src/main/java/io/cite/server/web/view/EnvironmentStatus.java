package io.cite.server.web.view;

import io.cite.server.web.text.Texts;

/** How an environment is doing, what needs a person first. */
public enum EnvironmentStatus {
  /** Something failed, or a person has to know something. */
  ATTENTION(Badge.Tone.BAD),
  /** A deployment is on its way. */
  DEPLOYING(Badge.Tone.BUSY),
  /** A build has not ended. */
  BUILDING(Badge.Tone.BUSY),
  /** A rollback pinned it. */
  PINNED(Badge.Tone.HELD),
  /** It serves, and nothing else is going on. */
  LIVE(Badge.Tone.GOOD),
  /** Nothing is live yet. */
  EMPTY(Badge.Tone.IDLE),
  /** It is being deleted. */
  DELETING(Badge.Tone.IDLE);

  private final Badge.Tone tone;

  EnvironmentStatus(Badge.Tone tone) {
    this.tone = tone;
  }

  /** The status as it is shown. */
  public Badge badge(Texts texts) {
    return new Badge(tone, texts.of(this));
  }
}
