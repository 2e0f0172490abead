package io.cite.server.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.transport.PushResult;
import org.eclipse.jgit.transport.RemoteRefUpdate;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.transport.UsernamePasswordCredentialsProvider;

/** A developer's working copy of one repository, pushed with real git. */
final class Checkout implements AutoCloseable {
  private static final PersonIdent DEVELOPER = new PersonIdent("Dev", "dev@example.org");

  private final Git git;
  private final Path folder;
  private final String branch;
  private final UsernamePasswordCredentialsProvider credentials;

  Checkout(Path folder, URI remote, String branch, String token)
      throws GitAPIException, java.net.URISyntaxException {
    this.folder = folder;
    this.branch = branch;
    this.credentials = new UsernamePasswordCredentialsProvider("x-access-token", token);
    this.git = Git.init().setDirectory(folder.toFile()).setInitialBranch(branch).call();
    git.getRepository().getConfig().setBoolean("commit", null, "gpgsign", false);
    git.remoteAdd().setName("origin").setUri(new URIish(remote.toString())).call();
  }

  /** Commits the files and pushes; the commit's id. */
  String push(String message, Map<String, String> files) throws GitAPIException, IOException {
    String commit = commit(message, files);
    for (PushResult result :
        git.push().setRemote("origin").add(branch).setCredentialsProvider(credentials).call()) {
      assertThat(result.getRemoteUpdates())
          .as(result.getMessages())
          .isNotEmpty()
          .allMatch(update -> update.getStatus() == RemoteRefUpdate.Status.OK);
    }
    return commit;
  }

  /** Commits the files, to be pushed with the next commit; the commit's id. */
  String commit(String message, Map<String, String> files) throws GitAPIException, IOException {
    for (Map.Entry<String, String> file : files.entrySet()) {
      Files.writeString(folder.resolve(file.getKey()), file.getValue());
    }
    git.add().addFilepattern(".").call();
    return git.commit()
        .setMessage(message)
        .setAuthor(DEVELOPER)
        .setCommitter(DEVELOPER)
        .call()
        .getName();
  }

  @Override
  public void close() {
    git.close();
  }
}
