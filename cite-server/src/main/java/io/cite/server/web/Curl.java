package io.cite.server.web;

/** An order as a line for a shell. */
final class Curl {
  private Curl() {}

  /**
   * The line. The values in it have no quotes.
   *
   * @param body in JSON; empty for none
   */
  static String line(String method, String url, String body) {
    String line = "curl -X " + method + " '" + url + "' -H \"Authorization: Bearer $CITE_TOKEN\"";
    return body.isEmpty() ? line : line + " -H 'Content-Type: application/json' -d '" + body + "'";
  }
}
