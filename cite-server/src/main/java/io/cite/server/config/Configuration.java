package io.cite.server.config;

import io.cite.core.error.InvalidInput;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Everything the operator set, with defaults for what they did not. */
public record Configuration(
    HttpConfiguration http,
    ApiConfiguration api,
    GitHubConfiguration github,
    BuildbotConfiguration buildbot,
    KubernetesConfiguration kubernetes,
    StoreConfiguration store,
    LogIndexConfiguration logIndex,
    RegistryConfiguration registry,
    AuditConfiguration audit,
    NotificationConfiguration notifications,
    EngineConfiguration engine,
    SecurityConfiguration security) {

  private static final List<ConfigurationKey> KEYS =
      Stream.of(
              HttpConfiguration.KEYS,
              ApiConfiguration.KEYS,
              GitHubConfiguration.KEYS,
              BuildbotConfiguration.KEYS,
              KubernetesConfiguration.KEYS,
              StoreConfiguration.KEYS,
              LogIndexConfiguration.KEYS,
              RegistryConfiguration.KEYS,
              AuditConfiguration.KEYS,
              NotificationConfiguration.KEYS,
              EngineConfiguration.KEYS,
              SecurityConfiguration.KEYS)
          .flatMap(List::stream)
          .toList();

  /** Every key there is, in the order of the documentation. */
  public static List<ConfigurationKey> keys() {
    return KEYS;
  }

  /**
   * Reads a file.
   *
   * @throws InvalidInput with all mistakes in words, or if the file cannot be read
   */
  public static Configuration read(Path file, Map<String, String> environment, Instant now) {
    String yaml;
    try {
      yaml = Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new InvalidInput("There is no file " + file + ".");
    } catch (AccessDeniedException e) {
      throw new InvalidInput("The file " + file + " may not be read. Check its permissions.");
    } catch (CharacterCodingException e) {
      throw new InvalidInput("The file " + file + " is not text in UTF-8.");
    } catch (IOException e) {
      throw new InvalidInput("The file " + file + " cannot be read: " + e.getMessage());
    }
    return parse(yaml, environment, now);
  }

  /**
   * Reads a configuration.
   *
   * @param yaml the file's text
   * @param environment variables, which win over the file
   * @param now against which expiry dates are checked
   * @throws InvalidInput with all mistakes in words
   */
  public static Configuration parse(String yaml, Map<String, String> environment, Instant now) {
    List<String> mistakes = new ArrayList<>();
    Values values =
        new Values(new ConfigurationSource(KEYS, mistakes).read(yaml, environment), mistakes);
    Configuration configuration =
        new Configuration(
            HttpConfiguration.from(values),
            ApiConfiguration.from(values, now),
            GitHubConfiguration.from(values),
            BuildbotConfiguration.from(values),
            KubernetesConfiguration.from(values),
            StoreConfiguration.from(values),
            LogIndexConfiguration.from(values),
            RegistryConfiguration.from(values),
            AuditConfiguration.from(values),
            NotificationConfiguration.from(values),
            EngineConfiguration.from(values),
            SecurityConfiguration.from(values));
    if (!mistakes.isEmpty()) {
      throw new InvalidInput(
          "The configuration has "
              + (mistakes.size() == 1 ? "a mistake" : mistakes.size() + " mistakes")
              + ":\n- "
              + String.join("\n- ", mistakes));
    }
    return configuration;
  }
}
