package io.cite.server.bootstrap;

import dagger.Module;
import dagger.Provides;
import io.cite.core.domain.service.Secret;
import io.cite.core.port.SecretSealer;
import io.cite.server.config.Configuration;
import io.cite.server.config.SecurityConfiguration;
import io.cite.server.security.AesSecretSealer;
import io.cite.server.security.SealingKey;
import jakarta.inject.Singleton;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/** What seals secrets at rest. */
@Module
final class SecretSealerModule {
  private static final int ID_BYTES = 4;

  private SecretSealerModule() {}

  @Provides
  @Singleton
  static SecretSealer sealer(Configuration configuration) {
    SecurityConfiguration security = configuration.security();
    List<SealingKey> keys = new ArrayList<>();
    keys.add(key(security.key()));
    security.previousKeys().forEach(previous -> keys.add(key(previous)));
    return new AesSecretSealer(keys);
  }

  /** The key's 256 bits, and an id that follows from them but does not give them away. */
  private static SealingKey key(Secret configured) {
    byte[] bits = sha256(Base64.getDecoder().decode(configured.reveal()));
    String id = HexFormat.of().formatHex(sha256(bits), 0, ID_BYTES);
    return SealingKey.parse(Secret.of(id + ":" + Base64.getEncoder().encodeToString(bits)));
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
