package io.cite.core.port.cluster;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Which log lines.
 *
 * @param tail at most so many of the last lines of each container
 * @param since only lines younger than this; null for all
 * @param previous lines of the container that ran before the present one
 */
public record LogQuery(int tail, @Nullable Duration since, boolean previous) {}
