package io.cite.server.web.view;

import java.util.List;

/** The title of a page, and where it is. */
public record Heading(List<Link> above, String title) {
  public Heading {
    above = List.copyOf(above);
  }
}
