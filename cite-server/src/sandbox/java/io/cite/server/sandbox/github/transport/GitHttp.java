package io.cite.server.sandbox.github.transport;

import io.cite.server.sandbox.github.event.Pushes;
import io.cite.server.sandbox.github.git.GitStorage;
import io.cite.server.sandbox.github.git.RefChange;
import io.cite.server.sandbox.github.git.Repositories;
import io.cite.server.sandbox.github.state.Account;
import io.cite.server.sandbox.github.state.Credentials;
import io.cite.server.sandbox.github.state.Permission;
import io.cite.server.sandbox.github.state.Repo;
import io.cite.server.sandbox.github.state.State;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jgit.http.server.GitFilter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.eclipse.jgit.transport.ReceivePack;
import org.eclipse.jgit.transport.UploadPack;
import org.eclipse.jgit.transport.resolver.ServiceNotEnabledException;

/**
 * Serves {@code /OWNER/NAME.git} to git, with or without the suffix, and passes all other requests
 * on. Fetching needs read and pushing needs write permission; pushes tell the webhooks.
 */
public final class GitHttp implements Filter {

  private static final Pattern SERVICE =
      Pattern.compile("/([^/]+)/([^/]+?)(?:\\.git)?/(info/refs|git-upload-pack|git-receive-pack)");
  private static final String REPO = GitHttp.class.getName() + ".repo";
  private static final String ACCOUNT = GitHttp.class.getName() + ".account";

  private final State state;
  private final Repositories repositories;
  private final Pushes pushes;
  private final PushPolicy policy;
  private final GitFilter git = new GitFilter();

  public GitHttp(State state, Repositories repositories, Pushes pushes, PushPolicy policy) {
    this.state = state;
    this.repositories = repositories;
    this.pushes = pushes;
    this.policy = policy;
    git.setRepositoryResolver(
        (request, name) -> {
          if (request.getAttribute(REPO) instanceof Repo repo) {
            var repository = repositories.git(repo);
            repository.incrementOpen();
            return repository;
          }
          throw new ServiceNotEnabledException();
        });
    git.setUploadPackFactory(
        (request, repository) -> {
          UploadPack upload = new UploadPack(repository);
          upload.setRequestPolicy(UploadPack.RequestPolicy.ANY);
          return upload;
        });
    git.setReceivePackFactory(this::receive);
  }

  @Override
  public void init(FilterConfig config) throws ServletException {
    git.init(config);
  }

  @Override
  public void destroy() {
    git.destroy();
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (request instanceof HttpServletRequest http
        && response instanceof HttpServletResponse answer) {
      Matcher service = SERVICE.matcher(http.getRequestURI());
      if (service.matches()) {
        if (admit(http, answer, service)) {
          git.doFilter(request, response, chain);
        }
        return;
      }
    }
    chain.doFilter(request, response);
  }

  private boolean admit(HttpServletRequest request, HttpServletResponse response, Matcher service)
      throws IOException {
    boolean push =
        service.group(3).equals("git-receive-pack")
            || "git-receive-pack".equals(request.getParameter("service"));
    Credentials credentials = Credentials.read(request.getHeader("Authorization"), state);
    Account account = credentials instanceof Credentials.Of of ? of.account() : null;
    boolean nobody = credentials instanceof Credentials.Absent;
    if (credentials instanceof Credentials.Wrong || (nobody && push && !policy.anonymous())) {
      return refuse(response, 401, "Invalid username or token.");
    }
    String owner = service.group(1);
    String name = service.group(2);
    Optional<Repo> found = state.repository(owner, name).or(() -> state.moved(owner, name));
    if (found.isEmpty() && push && policy.createRepositories()) {
      if (!GitStorage.isName(owner) || !GitStorage.isName(name)) {
        return refuse(response, 404, "Repository not found.");
      }
      found = Optional.of(create(owner, name));
    }
    if (found.isEmpty()) {
      return refuse(response, nobody ? 401 : 404, "Repository not found.");
    }
    Repo repo = found.get();
    boolean anonymousPush = nobody && push && !repo.hidden();
    Permission permission =
        anonymousPush ? Permission.WRITE : repositories.permission(repo, account);
    if (!permission.allows(Permission.READ)) {
      return refuse(response, nobody ? 401 : 404, "Repository not found.");
    }
    if (push && !permission.allows(Permission.WRITE)) {
      return refuse(response, 403, "Permission to " + repo.fullName() + ".git denied.");
    }
    if (push && repo.archived()) {
      return refuse(response, 403, "This repository was archived so it is read-only.");
    }
    request.setAttribute(REPO, repo);
    request.setAttribute(
        ACCOUNT, account == null ? repositories.account(repo.owner(), false) : account);
    return true;
  }

  private static boolean refuse(HttpServletResponse response, int status, String message)
      throws IOException {
    response.setStatus(status);
    if (status == 401) {
      response.setHeader("WWW-Authenticate", "Basic realm=\"GitHub\"");
    }
    response.setContentType("text/plain; charset=utf-8");
    response.getOutputStream().write((message + "\n").getBytes(StandardCharsets.UTF_8));
    return false;
  }

  private Repo create(String owner, String name) {
    Account account = repositories.account(owner, false);
    Map<String, Permission> members = new HashMap<>();
    policy.admins().stream()
        .filter(login -> !login.equalsIgnoreCase(owner))
        .forEach(login -> members.put(login, Permission.ADMIN));
    return repositories
        .create(account, name, false, null, members)
        .or(() -> state.repository(owner, name))
        .orElseThrow();
  }

  private ReceivePack receive(
      HttpServletRequest request, org.eclipse.jgit.lib.Repository repository) {
    Repo repo = (Repo) request.getAttribute(REPO);
    Account account = (Account) request.getAttribute(ACCOUNT);
    ReceivePack receive = new ReceivePack(repository);
    receive.setAllowCreates(true);
    receive.setAllowDeletes(true);
    receive.setAllowNonFastForwards(true);
    receive.setRefLogIdent(new PersonIdent(account.login(), account.email()));
    receive.setPreReceiveHook((pack, commands) -> keepDefaultBranch(repo, commands));
    receive.setPostReceiveHook((pack, commands) -> tell(repo, commands, account));
    return receive;
  }

  private void keepDefaultBranch(Repo repo, Collection<ReceiveCommand> commands) {
    String current = "refs/heads/" + repo.defaultBranch();
    commands.stream()
        .filter(command -> command.getType() == ReceiveCommand.Type.DELETE)
        .filter(command -> command.getRefName().equals(current))
        .forEach(
            command ->
                command.setResult(
                    ReceiveCommand.Result.REJECTED_OTHER_REASON,
                    "refusing to delete the current branch: " + current));
  }

  private void tell(Repo repo, Collection<ReceiveCommand> commands, Account account) {
    List<RefChange> changes =
        commands.stream()
            .filter(command -> command.getResult() == ReceiveCommand.Result.OK)
            .map(
                command ->
                    new RefChange(
                        command.getRefName(),
                        command.getOldId(),
                        command.getNewId(),
                        command.getType() == ReceiveCommand.Type.UPDATE_NONFASTFORWARD))
            .toList();
    pushes.after(repo, changes, account);
  }
}
