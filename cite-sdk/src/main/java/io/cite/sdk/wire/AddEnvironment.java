package io.cite.sdk.wire;

import com.fasterxml.jackson.annotation.JsonInclude;

/** The wish for an environment of a branch, with the settings of its service. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AddEnvironment(String branch) {}
