package io.cite.server.cli;

import io.cite.core.error.InvalidInput;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;

/**
 * Finds the commands of the sandbox. They are on the class path, as in an IDE, or in {@value #JAR}
 * beside the server's own jar, with the libraries that only they need in {@value #LIBRARIES}. The
 * jar and its libraries get a class loader below the server's, which is also the thread's context
 * class loader until {@link #close}. Production deletes the jar and the directory.
 */
final class SandboxLoader implements AutoCloseable {
  static final String JAR = "cite-server-sandbox.jar";
  static final String LIBRARIES = "lib-sandbox";

  private static final Logger LOG = LoggerFactory.getLogger(SandboxLoader.class);

  /** The commands that the sandbox's jar adds. */
  private static final List<String> NAMES = List.of("sandbox", "sandbox-github");

  private final ClassLoader previous = Thread.currentThread().getContextClassLoader();
  private final List<CommandProvider> providers;
  private final @Nullable URLClassLoader loader;
  private final String missing;

  private SandboxLoader(
      List<CommandProvider> providers, @Nullable URLClassLoader loader, String missing) {
    this.providers = providers;
    this.loader = loader;
    this.missing = missing;
  }

  /** The directory with the server's own jar, or with its classes if it is not packaged. */
  static Path home() {
    CodeSource source = SandboxLoader.class.getProtectionDomain().getCodeSource();
    try {
      return Path.of(source.getLocation().toURI()).toAbsolutePath().resolveSibling("");
    } catch (URISyntaxException e) {
      throw new IllegalStateException("The server's own jar has no path", e);
    }
  }

  /**
   * Searches the class path, then in a directory.
   *
   * @param home the directory with the sandbox's jar, if there is one
   */
  static SandboxLoader open(Path home) {
    ClassLoader own = SandboxLoader.class.getClassLoader();
    List<CommandProvider> present = providers(own);
    if (!present.isEmpty()) {
      return new SandboxLoader(present, null, "");
    }
    Path jar = home.resolve(JAR);
    Path libraries = home.resolve(LIBRARIES);
    for (Path needed : List.of(jar, libraries)) {
      if (!Files.exists(needed)) {
        return new SandboxLoader(List.of(), null, needed + " does not exist.");
      }
    }
    URLClassLoader loader = new URLClassLoader("sandbox", urls(jar, libraries), own);
    SandboxLoader opened = new SandboxLoader(providers(loader), loader, "");
    Thread.currentThread().setContextClassLoader(loader);
    return opened;
  }

  private static List<CommandProvider> providers(ClassLoader loader) {
    return ServiceLoader.load(CommandProvider.class, loader).stream()
        .map(ServiceLoader.Provider::get)
        .toList();
  }

  private static URL[] urls(Path jar, Path libraries) {
    try (Stream<Path> files = Files.list(libraries)) {
      List<URL> urls = new ArrayList<>();
      urls.add(jar.toUri().toURL());
      for (Path library : files.filter(f -> f.toString().endsWith(".jar")).sorted().toList()) {
        urls.add(library.toUri().toURL());
      }
      return urls.toArray(URL[]::new);
    } catch (IOException e) {
      throw new InvalidInput("The directory " + libraries + " cannot be read: " + e.getMessage());
    }
  }

  /** The commands by their names; if the sandbox is missing, they say so. */
  Map<String, Object> commands(Map<String, String> environment) {
    Map<String, Object> commands = new LinkedHashMap<>();
    for (CommandProvider provider : providers) {
      for (Object command : provider.commands(environment)) {
        commands.put(command.getClass().getAnnotation(Command.class).name(), command);
      }
    }
    if (commands.isEmpty()) {
      NAMES.forEach(name -> commands.put(name, new MissingSandboxCommand(name, missing)));
    }
    return commands;
  }

  @Override
  public void close() {
    if (loader == null) {
      return;
    }
    Thread.currentThread().setContextClassLoader(previous);
    try {
      loader.close();
    } catch (IOException e) {
      LOG.debug("CITE could not close the jar of the sandbox.", e);
    }
  }
}
