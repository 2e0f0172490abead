package io.cite.server.e2e;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.provider.Arguments;

/**
 * Orders of a service that cannot be carried out, with what {@link BadInputTest} expects of each.
 */
final class BadOrders {
  /** What is wrong; body of the order; status, code and words of the answer. */
  static final List<Arguments> ALL =
      List.of(
          order(
              "a repository that does not exist",
              "{'repository':'acme/nowhere'}",
              422,
              "repository-not-found",
              "acme/nowhere"),
          order(
              "a repository that CITE may not administer",
              "{'repository':'strangers/theirs'}",
              403,
              "forbidden",
              "admin"),
          order(
              "an archived repository",
              "{'repository':'acme/archived'}",
              422,
              "repository-archived",
              "unarchive"),
          order(
              "a repository without a letter in its name",
              "{'repository':'acme/_'}",
              422,
              "image-not-allowed",
              "Rename it"),
          order(
              "a repository whose images would have too long a name",
              "{'repository':'acme/" + BadInputTest.LONG + "'}",
              422,
              "image-not-allowed",
              "too long"),
          order(
              "a branch that does not exist",
              "{'repository':'acme/hello','name':'other','branch':'nope'}",
              422,
              "branch-not-found",
              "nope"),
          order(
              "a branch without a Dockerfile",
              "{'repository':'acme/plain'}",
              422,
              "no-dockerfile",
              "Dockerfile"),
          order(
              "a Dockerfile that is too large",
              "{'repository':'acme/large'}",
              422,
              "unreadable-file",
              "larger than 1 MiB"),
          order(
              "a Dockerfile that exposes a port that nobody can tell",
              "{'repository':'acme/unclear'}",
              422,
              "unreadable-file",
              "line 2: EXPOSE $PORT: neither ARG nor ENV gives PORT a value"),
          order(
              "a repository's name without an owner",
              "{'repository':'hello'}",
              400,
              "invalid-input",
              "owner/name"),
          order("no repository", "{}", 400, "invalid-input", "repository"),
          order(
              "a name that is too long",
              "{'repository':'acme/hello','name':'" + "a".repeat(64) + "'}",
              400,
              "invalid-input",
              "63"),
          order(
              "a name with illegal characters",
              "{'repository':'acme/hello','name':'Hello_World'}",
              400,
              "invalid-input",
              "Hello_World"),
          order(
              "a branch that git does not allow",
              "{'repository':'acme/hello','name':'other','branch':'a..b'}",
              400,
              "invalid-input",
              "git"),
          order(
              "a service that exists",
              "{'repository':'acme/hello'}",
              409,
              "already-exists",
              "acme/hello"),
          order(
              "owners that would share a namespace",
              "{'repository':'acme_corp/tool'}",
              409,
              "name-collision",
              "acme-corp"),
          order(
              "environments that would share a name",
              "{'repository':'acme/names','name':'a-b','branch':'c'}",
              409,
              "name-collision",
              "a-b-c"),
          order(
              "a namespace of Kubernetes' own",
              "{'repository':'kube-system/tool'}",
              400,
              "invalid-input",
              "kube-system"),
          order(
              "a namespace that somebody else made",
              "{'repository':'foreign/tool'}",
              409,
              "foreign-object",
              "adoptNamespaces"),
          order(
              "port 0",
              "{'repository':'acme/hello','name':'other','ports':[0]}",
              400,
              "invalid-input",
              "65535"),
          order(
              "port 65,536",
              "{'repository':'acme/hello','name':'other','ports':[65536]}",
              400,
              "invalid-input",
              "65535"),
          order(
              "no replicas",
              "{'repository':'acme/hello','name':'other','replicas':0}",
              400,
              "invalid-input",
              "replicas"),
          order(
              "10,000 replicas",
              "{'repository':'acme/hello','name':'other','replicas':10000}",
              400,
              "invalid-input",
              "10000"),
          order(
              "notifications to a private address",
              target("https://169.254.169.254/latest"),
              400,
              "invalid-input",
              "not public"),
          order(
              "notifications to the machine itself",
              target("https://[::1]/x"),
              400,
              "invalid-input",
              "not public"),
          order(
              "notifications by plain http",
              target("http://hooks.example.com/x"),
              400,
              "invalid-input",
              "https"),
          order(
              "notifications to a port that is none",
              target("https://hooks.example.com:99999/x"),
              400,
              "invalid-input",
              "65535"),
          order(
              "more notification targets than 20",
              "{'repository':'acme/hello','name':'other','notifications':["
                  + IntStream.rangeClosed(1, 21)
                      .mapToObj(i -> "{'type':'slack','url':'https://hooks.example.com/" + i + "'}")
                      .collect(Collectors.joining(","))
                  + "]}",
              400,
              "invalid-input",
              "20"),
          order(
              "a name that is a variable and a secret",
              "{'repository':'acme/hello','name':'other','variables':{'A':'1'},"
                  + "'secrets':{'A':'2'}}",
              400,
              "invalid-input",
              "'A'"),
          order(
              "a secret with a NUL character",
              "{'repository':'acme/hello','name':'other','secrets':{'A':'\\u0000'}}",
              400,
              "invalid-input",
              "NUL"),
          order(
              "a secret that is too long",
              "{'repository':'acme/hello','name':'other','secrets':{'A':'"
                  + "x".repeat(65_537)
                  + "'}}",
              400,
              "invalid-input",
              "65536"),
          order(
              "a variable without a value",
              "{'repository':'acme/hello','name':'other','variables':{'A':null}}",
              400,
              "malformed-body",
              "variables.A"),
          order(
              "a probe path with a line break",
              "{'repository':'acme/hello','name':'other','probe':{'path':'/a\\r\\nb'}}",
              400,
              "invalid-input",
              "probe"),
          order(
              "an unknown field",
              "{'repository':'acme/hello','name':'other','colour':'red'}",
              400,
              "unknown-field",
              "colour"),
          order(
              "a field that is the server's",
              "{'repository':'acme/hello','name':'other','state':'READY'}",
              400,
              "unknown-field",
              "state"),
          order("malformed JSON", "{'repository':", 400, "malformed-body", "line 1"),
          order(
              "text in place of a number",
              "{'repository':'acme/hello','replicas':'two'}",
              400,
              "malformed-body",
              "replicas"));

  private BadOrders() {}

  private static String target(String url) {
    return "{'repository':'acme/hello','name':'other','notifications':[{'type':'slack','url':'"
        + url
        + "'}]}";
  }

  private static Arguments order(String wrong, String body, int status, String code, String words) {
    return Arguments.of(wrong, body.replace('\'', '"'), status, code, words);
  }
}
