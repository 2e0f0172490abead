package io.cite.core.port;

import io.cite.core.domain.service.Secret;

/** Makes secrets, and seals them so that they can lie in the metadata store for a while. */
public interface SecretSealer {

  /** A new random secret of at least 256 bits, in letters and digits. */
  Secret generate();

  /**
   * Seals a secret.
   *
   * @param context name of the record it belongs to: it opens only with the same one
   */
  String seal(Secret secret, String context);

  /**
   * Opens a sealed secret.
   *
   * @throws io.cite.core.error.InvalidInput if it was changed, belongs to another context or was
   *     sealed with a key that is not known any more
   */
  Secret open(String sealed, String context);
}
