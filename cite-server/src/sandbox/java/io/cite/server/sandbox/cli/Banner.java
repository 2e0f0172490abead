package io.cite.server.sandbox.cli;

import io.cite.core.domain.service.Secret;
import io.cite.server.sandbox.Sandbox;

/** What the sandbox says when it is up: where everything is, and what to type next. */
final class Banner {
  private Banner() {}

  static String of(Sandbox sandbox, Secret webhookSecret) {
    String cite = sandbox.cite().toString();
    String github = sandbox.github().url().toString();
    String token = sandbox.token().reveal();
    return """

        CITE's sandbox is up. Nothing outside this machine is touched.

          CITE         %1$s   (interface: %1$s/docs)
          GitHub       %2$s
          Buildbot     %3$s
          Kubernetes   %4$s
          token        %5$s
          hook secret  %6$s

        1. Create a service from the repository acme/hello:

          curl -sS -X POST %1$s/v1/services -H 'Authorization: Bearer %5$s' \\
            -H 'Content-Type: application/json' -d '{"repository":"acme/hello"}'

        2. Push a change:

          git clone %2$s/acme/hello.git && cd hello && \\
            echo hello >> greeting.txt && git add . && \\
            git -c user.name=you -c user.email=you@localhost commit -qm 'Say hello' && \\
            git push origin main

        3. Watch it go live (Ctrl-C ends watching):

          curl -sSN '%1$s/v1/events?service=acme/hello' -H 'Authorization: Bearer %5$s' \\
            -H 'Last-Event-ID: 0'

        Ctrl-C ends the sandbox.
        """
        .formatted(
            cite,
            github,
            sandbox.buildbotUrl(),
            sandbox.kubernetes().url(),
            token,
            webhookSecret.reveal());
  }
}
