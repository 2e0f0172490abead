package io.cite.server.sandbox.buildbot;

import io.cite.core.domain.image.Digest;
import io.cite.core.domain.image.ImageReference;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The manifests of simulated images; the same name and tag always give the same one. */
final class SandboxRegistry {
  static final String MEDIA_TYPE = "application/vnd.oci.image.manifest.v1+json";

  /** A manifest's bytes and what they hash to. */
  record Manifest(byte[] bytes, Digest digest) {}

  private final Map<String, Manifest> manifests = new ConcurrentHashMap<>();

  /** Puts an image there. */
  void push(ImageReference image) {
    Digest config = digest(image.toString().getBytes(StandardCharsets.UTF_8));
    String text =
        """
        {"schemaVersion":2,"mediaType":"%s","config":{"mediaType":\
        "application/vnd.oci.image.config.v1+json","digest":"%s","size":2},"layers":[]}"""
            .formatted(MEDIA_TYPE, config);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    Manifest manifest = new Manifest(bytes, digest(bytes));
    manifests.put(image.repository() + " " + image.version(), manifest);
    manifests.put(image.repository() + " " + manifest.digest(), manifest);
  }

  /** The manifest of a tag or digest. */
  Optional<Manifest> find(String repository, String version) {
    return Optional.ofNullable(manifests.get(repository + " " + version));
  }

  private static Digest digest(byte[] bytes) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      return new Digest("sha256:" + HexFormat.of().formatHex(hash));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
