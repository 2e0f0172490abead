package io.cite.server.sandbox.github;

import java.net.URI;

/** A repository of the sandbox, as a test or a demonstration needs to know it. */
public record Repository(long id, String fullName, URI cloneUrl) {}
