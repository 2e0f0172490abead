package io.cite.server.web.view;

import org.jspecify.annotations.Nullable;

/**
 * How one can sign in.
 *
 * @param gitHub the link that leads to GitHub; null if that is not configured
 * @param next where the person wanted to go
 * @param refusal why the last attempt was refused; null if there was none
 */
public record SignInPage(@Nullable String gitHub, String next, @Nullable String refusal) {}
