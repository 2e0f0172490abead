package io.cite.server.web;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.cite.server.web.text.Texts;
import io.cite.server.web.view.Layout;
import java.util.Map;

/** Fills in the templates, which were compiled with the server. Thread-safe. */
final class Renderer {
  private static final String ENDING = ".jte";

  private final TemplateEngine engine = TemplateEngine.createPrecompiled(ContentType.Html);

  /** A whole page. */
  String page(String name, Layout layout, Object view) {
    return render(name, Map.of("page", layout, "view", view));
  }

  /** The part of a page that a stream keeps up to date. */
  String fragment(String name, Texts texts, Object view) {
    return render(name, Map.of("t", texts, "view", view));
  }

  private String render(String name, Map<String, Object> values) {
    StringOutput out = new StringOutput();
    engine.render(name + ENDING, values, out);
    return out.toString();
  }
}
