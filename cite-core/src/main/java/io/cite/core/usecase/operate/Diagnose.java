package io.cite.core.usecase.operate;

import io.cite.core.domain.audit.AuditAction;
import io.cite.core.domain.audit.Caller;
import io.cite.core.domain.deploy.Deployment;
import io.cite.core.engine.check.Checks;
import io.cite.core.engine.check.Finding;
import io.cite.core.engine.check.Issue;
import io.cite.core.usecase.Commands;
import io.cite.core.usecase.Commands.Order;
import io.cite.core.usecase.deploy.RequestDeployment;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds what should not be: objects without records, records without objects, work that stands
 * still. Repairs what can be repaired safely: it writes with conditions, makes what is missing,
 * removes only controllers of CITE's that nothing refers to, and otherwise has the engine check
 * again. It may run beside a working engine; what is being worked on is no finding. Throws {@link
 * io.cite.core.error.Upstream} if the store or the cluster cannot be read.
 */
public final class Diagnose {
  private final Checks checks;
  private final Commands commands;
  private final RequestDeployment requestDeployment;

  /** The use case with these checks. */
  public Diagnose(Checks checks, Commands commands, RequestDeployment requestDeployment) {
    this.checks = checks;
    this.commands = commands;
    this.requestDeployment = requestDeployment;
  }

  /**
   * The order.
   *
   * @param fix whether to repair what can be repaired
   */
  public record Command(Caller caller, boolean fix) {}

  /** What was found; empty if everything is as it should be. */
  public List<Finding> execute(Command command) {
    List<Issue> issues = checks.find(live -> deployAgain(command.caller(), live));
    if (!command.fix()) {
      return issues.stream().map(Issue::shown).toList();
    }
    List<Finding> findings = new ArrayList<>();
    for (Issue issue : issues) {
      if (issue.repair() != null) {
        commands.audit(
            new Order(command.caller(), AuditAction.REPAIR, "system", issue.target()),
            issue.kind().code() + ": " + issue.text());
      }
      findings.add(issue.repaired());
    }
    return List.copyOf(findings);
  }

  private void deployAgain(Caller caller, Deployment live) {
    requestDeployment.execute(
        new RequestDeployment.Command(
            caller,
            live.environment(),
            live.identity().build() == null ? live.commit() : null,
            live.identity().build()));
  }
}
