package io.cite.server.web;

import io.cite.core.domain.build.BuildState;
import io.cite.core.domain.deploy.DeploymentState;
import io.cite.core.domain.service.ServiceState;
import io.cite.core.domain.service.StepRecord;
import io.cite.server.web.text.Texts;
import io.cite.server.web.view.Badge;
import io.cite.server.web.view.Badge.Tone;

/** States of the domain as they are shown. */
final class Badges {
  private Badges() {}

  static Badge of(Texts t, BuildState state) {
    Tone tone =
        switch (state) {
          case QUEUED, RUNNING -> Tone.BUSY;
          case SUCCEEDED -> Tone.GOOD;
          case FAILED, ERRORED, TIMED_OUT -> Tone.BAD;
          case CANCELLED -> Tone.IDLE;
        };
    return new Badge(tone, t.of(state));
  }

  static Badge of(Texts t, DeploymentState state) {
    Tone tone =
        switch (state) {
          case REQUESTED, ANNOUNCED, ROLLING_OUT, READY -> Tone.BUSY;
          case LIVE -> Tone.GOOD;
          case FAILED -> Tone.BAD;
          case RETIRED, SUPERSEDED, CANCELLED -> Tone.IDLE;
        };
    return new Badge(tone, t.of(state));
  }

  static Badge of(Texts t, ServiceState state) {
    Tone tone =
        switch (state) {
          case CREATING -> Tone.BUSY;
          case READY -> Tone.GOOD;
          case DEGRADED -> Tone.HELD;
          case FAILED -> Tone.BAD;
          case DELETING -> Tone.IDLE;
        };
    return new Badge(tone, t.of(state));
  }

  static Badge of(Texts t, StepRecord.Progress progress) {
    Tone tone =
        switch (progress) {
          case PENDING, SKIPPED, UNDONE -> Tone.IDLE;
          case STARTED -> Tone.BUSY;
          case DONE, ADOPTED -> Tone.GOOD;
          case DEGRADED -> Tone.HELD;
          case FAILED -> Tone.BAD;
        };
    return new Badge(tone, t.of(progress));
  }
}
