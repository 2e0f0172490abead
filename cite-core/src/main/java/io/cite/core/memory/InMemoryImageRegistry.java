package io.cite.core.memory;

import io.cite.core.domain.image.Digest;
import io.cite.core.domain.image.ImageReference;
import io.cite.core.port.ImageRegistry;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** An {@link ImageRegistry} of names without contents. Thread-safe. */
public final class InMemoryImageRegistry implements ImageRegistry {
  private final Map<String, Digest> versions = new ConcurrentHashMap<>();

  @Override
  public Optional<Digest> resolve(ImageReference image) {
    return Optional.ofNullable(versions.get(key(image, image.version())));
  }

  /** Puts an image there; its digest follows from its name. */
  public Digest push(ImageReference image) {
    return push(image, image.toString());
  }

  /** Puts an image with this content there, in place of what its tag named before. */
  public Digest push(ImageReference image, String content) {
    Digest digest = new Digest("sha256:" + sha256(content));
    versions.put(key(image, image.version()), digest);
    versions.put(key(image, digest.value()), digest);
    return digest;
  }

  private static String key(ImageReference image, String version) {
    return image.registry() + "/" + image.repository() + "@" + version;
  }

  private static String sha256(String content) {
    try {
      byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
