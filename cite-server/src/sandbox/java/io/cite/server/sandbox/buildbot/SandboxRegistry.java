package io.cite.server.sandbox.buildbot;

import io.cite.core.domain.image.Digest;
import io.cite.core.domain.image.ImageReference;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The manifests of simulated images; the same name and tag always give the same one. */
final class SandboxRegistry {
  static final String MEDIA_TYPE = "application/vnd.oci.image.manifest.v1+json";

  /** A manifest's bytes and what they hash to. */
  record Manifest(byte[] bytes, Digest digest) {}

  private final Map<String, Manifest> manifests = new ConcurrentHashMap<>();
  private final Optional<Path> file;

  /**
   * @param file keeps the names of the images for the next start; empty: they are kept in memory
   * @throws UncheckedIOException if the file cannot be read
   */
  SandboxRegistry(Optional<Path> file) {
    this.file = file;
    file.filter(Files::exists)
        .ifPresent(known -> read(known).forEach(name -> add(ImageReference.parse(name))));
  }

  private static List<String> read(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException("Tried to read " + file + " but failed", e);
    }
  }

  /**
   * Puts an image there.
   *
   * @throws UncheckedIOException if its name cannot be kept
   */
  synchronized void push(ImageReference image) {
    if (find(image.repository(), image.version()).isPresent()) {
      return;
    }
    add(image);
    file.ifPresent(known -> append(known, image));
  }

  private static void append(Path file, ImageReference image) {
    try {
      Files.writeString(
          file, image + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException("Tried to write " + file + " but failed", e);
    }
  }

  private void add(ImageReference image) {
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
