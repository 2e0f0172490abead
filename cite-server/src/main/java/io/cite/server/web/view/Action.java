package io.cite.server.web.view;

/** A button that leads to the page which says what it would do. */
public record Action(String href, String text, boolean isPrimary) {}
