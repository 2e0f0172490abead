package io.cite.server.sandbox.buildbot;

import io.cite.core.domain.image.ImagePolicy;
import io.cite.core.domain.image.ImageReference;
import io.cite.core.domain.service.Secret;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.transport.UsernamePasswordCredentialsProvider;
import org.eclipse.jgit.util.FileUtils;

/** Clones, builds and pushes with a program of this machine. */
final class RealImages implements ImageMaker, AutoCloseable {
  private static final long MINUTES = 20;

  private final Options.Tool tool;
  private final Secret token;
  private final Set<Process> running = ConcurrentHashMap.newKeySet();

  RealImages(Options.Tool tool, Secret token) {
    this.tool = tool;
    this.token = token;
  }

  @Override
  public Optional<ImageReference> make(SourceStamp request, BuildLog log) {
    ImageReference image =
        ImageReference.parse(
            new ImagePolicy(tool.registry()).expected(request.repository())
                + ":"
                + request.commit());
    try {
      Path checkout = Files.createTempDirectory("cite-build-");
      try {
        checkOut(request, checkout, log);
        List<String> build = new ArrayList<>(List.of("build", "-t", image.toString()));
        List<String> push = new ArrayList<>(List.of("push"));
        if (!Path.of(tool.command()).endsWith("docker")) {
          // docker knows by itself that a registry on this machine speaks plain http
          build.add("--tls-verify=false");
          push.add("--tls-verify=false");
        }
        build.add(".");
        push.add(image.toString());
        if (!run(checkout, build, log)) {
          return Optional.empty();
        }
        boolean isPushed = run(checkout, push, log);
        run(checkout, List.of("rmi", image.toString()), log);
        return isPushed ? Optional.of(image) : Optional.empty();
      } finally {
        FileUtils.delete(checkout.toFile(), FileUtils.RECURSIVE | FileUtils.IGNORE_ERRORS);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void checkOut(SourceStamp request, Path directory, BuildLog log) throws IOException {
    String url = tool.cloneBase().toString().replaceAll("/+$", "") + "/" + request.repository();
    log.header("git clone " + url + ".git");
    try (Git git =
        Git.cloneRepository()
            .setURI(url + ".git")
            .setDirectory(directory.toFile())
            .setNoCheckout(true)
            .setCredentialsProvider(
                new UsernamePasswordCredentialsProvider("x-access-token", token.reveal()))
            .call()) {
      git.checkout().setName(request.commit().value()).call();
    } catch (GitAPIException e) {
      throw new IOException("the checkout failed: " + e.getMessage(), e);
    }
  }

  private boolean run(Path directory, List<String> arguments, BuildLog log) throws IOException {
    List<String> command = new ArrayList<>(List.of(tool.command()));
    command.addAll(arguments);
    log.header(String.join(" ", command));
    Process process =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
    running.add(process);
    CompletableFuture<Void> limit =
        CompletableFuture.runAsync(
            process::destroyForcibly, CompletableFuture.delayedExecutor(MINUTES, TimeUnit.MINUTES));
    try (BufferedReader output =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      output.lines().forEach(log::output);
      int code = process.onExit().join().exitValue();
      log.header("program finished with exit code " + code);
      return code == 0;
    } finally {
      limit.cancel(false);
      running.remove(process);
    }
  }

  @Override
  public void close() {
    running.forEach(Process::destroyForcibly);
  }
}
