package io.cite.adapters.github;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.cite.core.error.InvalidInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.jspecify.annotations.Nullable;

/**
 * A GitHub App's private key, with which it says who it is: RSA in PEM, PKCS#1 (as GitHub gives it
 * out) or PKCS#8. Read when first used; thread-safe.
 *
 * @see <a
 *     href="https://docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app/generating-a-json-web-token-jwt-for-a-github-app">JSON
 *     web tokens of a GitHub App</a>
 */
final class AppKey {
  private static final Duration BACKDATED = Duration.ofSeconds(60);
  private static final Duration VALID = Duration.ofMinutes(9);
  private static final JWSHeader HEADER =
      new JWSHeader.Builder(JWSAlgorithm.RS256).type(JOSEObjectType.JWT).build();

  private final GitHubSettings.App app;
  private volatile @Nullable JWSSigner signer;

  AppKey(GitHubSettings.App app) {
    this.app = app;
  }

  /** A token that is good for nine minutes; backdated by one, as GitHub advises. */
  String token(Instant now) {
    SignedJWT token =
        new SignedJWT(
            HEADER,
            new JWTClaimsSet.Builder()
                .issuer(app.id())
                .issueTime(Date.from(now.minus(BACKDATED)))
                .expirationTime(Date.from(now.plus(VALID)))
                .build());
    try {
      token.sign(signer());
    } catch (JOSEException failure) {
      throw new IllegalStateException("This Java runtime cannot sign with RSA", failure);
    }
    return token.serialize();
  }

  private JWSSigner signer() {
    JWSSigner known = signer;
    if (known == null) {
      known = read();
      signer = known;
    }
    return known;
  }

  private JWSSigner read() {
    try {
      String pem = Files.readString(app.privateKeyFile(), StandardCharsets.US_ASCII);
      return new RSASSASigner(JWK.parseFromPEMEncodedObjects(pem).toRSAKey());
    } catch (IOException | JOSEException | IllegalArgumentException | ClassCastException e) {
      // The cause stays out of it: it may repeat parts of the key.
      throw new InvalidInput(
          "The private key of the GitHub App in "
              + app.privateKeyFile()
              + " cannot be read: it must be an RSA key in PEM");
    }
  }
}
