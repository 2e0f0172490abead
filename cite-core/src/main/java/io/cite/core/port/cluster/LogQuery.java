package io.cite.core.port.cluster;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Which log lines.
 *
 * @param tail at most so many lines of all pods together, the newest
 * @param since only lines younger than this; null for all
 * @param previous lines of the container that ran before the present one
 */
public record LogQuery(int tail, @Nullable Duration since, boolean previous) {}
