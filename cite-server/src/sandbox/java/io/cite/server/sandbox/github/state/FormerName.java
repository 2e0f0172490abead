package io.cite.server.sandbox.github.state;

/** A name that a repository had, which leads to it until another repository takes the name. */
record FormerName(long id, long repository, String owner, String name) implements Row {}
