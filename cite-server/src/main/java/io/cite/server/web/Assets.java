package io.cite.server.web;

import io.cite.core.error.NotFound;
import io.cite.server.http.Policy;
import io.cite.server.http.Route;
import io.cite.server.web.view.Layout;
import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;

/**
 * Styles and scripts. A file's path has a hash of its content, so a browser keeps it for good.
 * Thread-safe.
 */
final class Assets {
  private static final String WEBJARS = "/META-INF/resources/webjars/";
  private static final String IMMUTABLE = "public, max-age=31536000, immutable";
  private static final String STYLE = "cite.css";
  private static final int HASH_BYTES = 8;
  private static final Map<String, String> SOURCES =
      Map.of(
          STYLE,
          "cite.css",
          "cite.js",
          "cite.js",
          "icon.svg",
          "icon.svg",
          "pico.css",
          WEBJARS + "picocss__pico/2.1.1/css/pico.min.css",
          "htmx.js",
          WEBJARS + "htmx.org/2.0.10/dist/htmx.min.js",
          "sse.js",
          WEBJARS + "htmx-ext-sse/2.2.2/sse.js");

  private final Map<String, Asset> assets = new TreeMap<>();

  private record Asset(String hash, String type, byte[] plain, byte[] zipped) {}

  Assets() {
    SOURCES.forEach((name, source) -> assets.put(name, asset(name, read(source))));
    // styles of a library come first in a layer of their own, so that CITE's win without a fight
    String style = new String(read(STYLE), StandardCharsets.UTF_8);
    assets.put(
        STYLE,
        asset(STYLE, style.replace("pico.css", path("pico.css")).getBytes(StandardCharsets.UTF_8)));
  }

  Route route() {
    return Route.get("/assets/{hash}/{file}", Policy.open(), this::send);
  }

  Layout.Files files() {
    return new Layout.Files(
        path(STYLE),
        path("pico.css"),
        path("cite.js"),
        path("htmx.js"),
        path("sse.js"),
        path("icon.svg"));
  }

  private String path(String name) {
    Asset asset = assets.get(name);
    if (asset == null) {
      throw new IllegalStateException("there is no file " + name);
    }
    return "/assets/" + asset.hash() + "/" + name;
  }

  private void send(Context ctx) {
    Asset asset = assets.get(ctx.pathParam("file"));
    if (asset == null || !asset.hash().equals(ctx.pathParam("hash"))) {
      throw new NotFound("There is no such file. Load the page again.");
    }
    ctx.header("Cache-Control", IMMUTABLE);
    ctx.header("Vary", "Accept-Encoding");
    ctx.contentType(asset.type());
    String accepted = ctx.header("Accept-Encoding");
    if (accepted != null && accepted.contains("gzip")) {
      ctx.header("Content-Encoding", "gzip");
      ctx.result(asset.zipped());
    } else {
      ctx.result(asset.plain());
    }
  }

  private static Asset asset(String name, byte[] content) {
    return new Asset(hash(content), type(name), content, zipped(content));
  }

  private static String type(String name) {
    if (name.endsWith(".css")) {
      return "text/css; charset=utf-8";
    }
    return name.endsWith(".js") ? "text/javascript; charset=utf-8" : "image/svg+xml";
  }

  private static byte[] read(String resource) {
    try (InputStream in = Assets.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("the resource " + resource + " is missing");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] zipped(byte[] content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static String hash(byte[] content) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
      return HexFormat.of().formatHex(hash, 0, HASH_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
