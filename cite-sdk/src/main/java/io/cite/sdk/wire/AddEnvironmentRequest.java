package io.cite.sdk.wire;

import com.fasterxml.jackson.annotation.JsonInclude;

/** Adds a branch as an environment, with the settings of its service. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AddEnvironmentRequest(String branch) {}
