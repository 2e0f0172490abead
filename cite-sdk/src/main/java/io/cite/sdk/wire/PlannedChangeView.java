package io.cite.sdk.wire;

/**
 * One change that creating a service would make.
 *
 * @param step the step that makes it
 * @param action such as {@code create}, {@code adopt} or {@code keep}
 * @param target what it is made to
 */
public record PlannedChangeView(String step, String action, String target) {}
