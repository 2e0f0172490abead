package io.cite.core.port.cluster;

import io.cite.core.domain.deploy.Evidence;

/**
 * Why a rollout does not get ready.
 *
 * @param cause in plain words
 * @param isFinal whether waiting is pointless; else it is shown if the deadline passes
 */
public record Blocker(String cause, Evidence evidence, boolean isFinal) {}
