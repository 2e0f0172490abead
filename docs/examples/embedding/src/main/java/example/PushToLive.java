package example;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.cite.core.Cite;
import io.cite.core.InMemoryCite;
import io.cite.core.domain.audit.Caller;
import io.cite.core.domain.deploy.Deployment;
import io.cite.core.domain.service.EnvironmentId;
import io.cite.core.domain.source.BranchName;
import io.cite.core.domain.source.CommitId;
import io.cite.core.domain.source.RepositoryName;
import io.cite.core.usecase.create.CreateService;
import java.util.Map;

/** From a push to a live deployment, in memory. */
public final class PushToLive {
  private PushToLive() {}

  public static void main(String[] args) throws Exception {
    RepositoryName repository = RepositoryName.parse("acme/hello");
    BranchName main = BranchName.parse("main");
    Map<String, String> files = Map.of("Dockerfile", "FROM scratch\nEXPOSE 8080\n");
    Caller caller = new Caller("ada", null);

    try (InMemoryCite cite = Cite.inMemory()) {
      cite.sourceHost().create(repository, main);
      cite.sourceHost().push(repository, main, "Begin", files);
      cite.useCases().createService().execute(CreateService.Command.of(caller, repository));

      CommitId commit = cite.sourceHost().push(repository, main, "Greet", Map.of("text", "hello"));
      EnvironmentId environment = EnvironmentId.parse("acme/hello/main");
      Deployment deployment = cite.deployment(environment, commit).get(10, SECONDS);
      System.out.println("deployment " + deployment.seq() + " is " + deployment.state());
    }
  }
}
