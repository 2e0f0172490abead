package io.cite.server.sandbox.github.rest;

import io.cite.server.sandbox.github.shape.Json;
import io.cite.server.sandbox.github.state.Account;
import io.cite.server.sandbox.github.state.Credentials;
import io.cite.server.sandbox.github.state.Permission;
import io.cite.server.sandbox.github.state.Repo;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What all routes of the REST API have in common: authentication, permission, rate limit, faults,
 * conditional requests, errors and the record of calls. The API answers under the root and under
 * {@code /api/v3}, as an enterprise server's does. Thread-safe.
 */
public final class Api {

  private static final Logger LOG = LoggerFactory.getLogger(Api.class);
  private static final String ENTERPRISE = "/api/v3";
  private static final String BY_NAME = "/repos/{owner}/{repo}";
  private static final String BY_NUMBER = "/repositories/{repository_id}";

  private final ApiContext api;
  private final RateLimits limits;
  private final Faults faults;
  private final CallLog calls;

  public Api(ApiContext api, RateLimits limits, Faults faults, CallLog calls) {
    this.api = api;
    this.limits = limits;
    this.faults = faults;
    this.calls = calls;
  }

  /** Adds every route of the API to a server. */
  public void register(RoutesConfig routes) {
    Routes into =
        (method, path, access, action) -> {
          String byNumber = path.replace(BY_NAME, BY_NUMBER);
          for (String prefix : List.of("", ENTERPRISE)) {
            routes.addHttpHandler(method, prefix + path, context -> serve(context, access, action));
            if (!byNumber.equals(path)) {
              routes.addHttpHandler(
                  method, prefix + byNumber, context -> serve(context, access, action));
            }
          }
        };
    new UserResource(api, limits).register(into);
    new RepositoryResource(api).register(into);
    new RefResource(api).register(into);
    new StatusResource(api).register(into);
    new CommitResource(api).register(into);
    new ContentResource(api).register(into);
    new HookResource(api).register(into);
    new DeliveryResource(api).register(into);
    new CollaboratorResource(api).register(into);
    new InvitationResource(api).register(into);
    new DeploymentResource(api).register(into);
    new EnvironmentResource(api).register(into);
    new PullResource(api).register(into);
    routes.error(
        404,
        context -> {
          if (context.attribute("served") == null) {
            write(context, Reply.error(ApiError.notFound()));
          }
        });
  }

  private void serve(Context context, Access access, Routes.Action action) {
    context.attribute("served", true);
    String path = context.path();
    if (path.startsWith(ENTERPRISE)) {
      path = path.substring(ENTERPRISE.length());
    }
    String method = context.method().name();
    Optional<Fault> fault = faults.take(method, path);
    Credentials credentials = Credentials.read(context.header("Authorization"), api.state());
    Account viewer = credentials instanceof Credentials.Of of ? of.account() : null;
    String caller = viewer == null ? "" : viewer.login();
    Reply reply = answer(context, access, action, credentials, fault);
    boolean free = reply.status() == 304 || path.equals("/rate_limit");
    RateLimits.Window window = free ? limits.of(caller) : limits.count(caller);
    window.headers().forEach(context::header);
    write(context, reply);
    String query = context.queryString();
    calls.add(
        new ApiCall(
            api.clock().instant(),
            method,
            path,
            query == null ? "" : query,
            reply.status(),
            caller));
  }

  private Reply answer(
      Context context,
      Access access,
      Routes.Action action,
      Credentials credentials,
      Optional<Fault> fault) {
    try {
      fault.ifPresent(trouble -> faults.hold(trouble.delay()));
      if (fault.isPresent() && !fault.get().afterEffect()) {
        return broken(fault.get());
      }
      Optional<Reply> moved = moved(context, access, credentials);
      if (moved.isPresent()) {
        return moved.get();
      }
      Reply reply = conditional(context, action.answer(admit(context, access, credentials)));
      return fault.filter(trouble -> trouble.status() != 0).map(Api::broken).orElse(reply);
    } catch (ApiError e) {
      return Reply.error(e);
    } catch (RuntimeException e) {
      LOG.error("Tried to answer {} {} but failed", context.method(), context.path(), e);
      return Reply.error(ApiError.of(500, "Server Error"));
    }
  }

  private static Reply broken(Fault fault) {
    Reply reply = Reply.error(ApiError.of(fault.status(), "Trouble ordered by a test"));
    for (var header : fault.headers().entrySet()) {
      reply = reply.with(header.getKey(), header.getValue());
    }
    return reply;
  }

  private Call admit(Context context, Access access, Credentials credentials) {
    if (credentials instanceof Credentials.Wrong) {
      throw ApiError.of(401, "Bad credentials");
    }
    Account viewer = credentials instanceof Credentials.Of of ? of.account() : null;
    String caller = viewer == null ? "" : viewer.login();
    if (limits.of(caller).remaining() == 0 && !context.path().endsWith("/rate_limit")) {
      throw ApiError.of(
          403,
          "API rate limit exceeded for " + (viewer == null ? "you" : "user ID " + viewer.id()));
    }
    if (viewer == null && access != Access.ANYONE && access != Access.READ) {
      throw ApiError.of(401, "Requires authentication");
    }
    if (!access.ofRepository()) {
      return new Call(context, viewer, null, Permission.NONE, api.shapes().links().base());
    }
    Repo repo = repository(context).orElseThrow(ApiError::notFound);
    Permission permission = api.repositories().permission(repo, viewer);
    check(repo, permission, access);
    return new Call(context, viewer, repo, permission, api.shapes().links().base());
  }

  private Optional<Repo> repository(Context context) {
    String number = context.pathParamMap().get("repository_id");
    if (number == null) {
      return api.state().repository(context.pathParam("owner"), context.pathParam("repo"));
    }
    return number.matches("[0-9]{1,18}")
        ? api.state().repositories().find(Long.parseLong(number))
        : Optional.empty();
  }

  /** Where the repository is now, if it had the name that is asked for and may be seen. */
  private Optional<Reply> moved(Context context, Access access, Credentials credentials) {
    Map<String, String> parameters = context.pathParamMap();
    String owner = parameters.get("owner");
    String name = parameters.get("repo");
    if (!access.ofRepository() || owner == null || name == null) {
      return Optional.empty();
    }
    Account viewer = credentials instanceof Credentials.Of of ? of.account() : null;
    return api
        .state()
        .moved(owner, name)
        .filter(repo -> api.repositories().permission(repo, viewer).allows(Permission.READ))
        .map(
            repo -> {
              String rest = context.path().replaceFirst("^(/api/v3)?/repos/[^/]+/[^/]+", "");
              String query = context.queryString();
              String base = api.shapes().links().base();
              String url =
                  base + "/repositories/" + repo.id() + rest + (query == null ? "" : "?" + query);
              boolean reads = context.method().equals(HandlerType.GET);
              return Reply.moved(reads ? 301 : 307, url);
            });
  }

  private static void check(Repo repo, Permission permission, Access access) {
    if (!permission.allows(Permission.READ)) {
      throw ApiError.notFound();
    }
    switch (access) {
      case PUSH, PUSH_EVEN_ARCHIVED -> {
        if (!permission.allows(Permission.WRITE)) {
          throw ApiError.of(403, "Must have push access to Repository.");
        }
        if (repo.archived() && access == Access.PUSH) {
          throw ApiError.of(403, "Repository was archived so is read-only.");
        }
      }
      case ADMIN -> {
        if (!permission.allows(Permission.ADMIN)) {
          throw ApiError.of(403, "Must have admin rights to Repository.");
        }
      }
      case ADMIN_HIDDEN -> {
        if (!permission.allows(Permission.ADMIN)) {
          throw ApiError.notFound();
        }
      }
      default -> {}
    }
  }

  private static Reply conditional(Context context, Reply reply) {
    if (!context.method().equals(HandlerType.GET) || reply.status() != 200) {
      return reply;
    }
    String tag = "W/\"" + digest(reply.body()) + "\"";
    Reply tagged = reply.with("ETag", tag).with("Cache-Control", "private, max-age=0");
    return matches(context.header("If-None-Match"), tag)
        ? new Reply(304, tagged.contentType(), new byte[0], tagged.headers())
        : tagged;
  }

  private static boolean matches(@Nullable String wanted, String tag) {
    return wanted != null
        && (wanted.equals("*") || wanted.replace("W/", "").contains(tag.substring(2)));
  }

  private static String digest(byte[] body) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Tried to tag an answer but failed: no SHA-256", e);
    }
  }

  private static void write(Context context, Reply reply) {
    context.status(reply.status());
    context.header("X-GitHub-Request-Id", UUID.randomUUID().toString());
    context.header("X-GitHub-Media-Type", "github.v3; format=json");
    reply.headers().forEach(context::header);
    if (reply.status() != 204 && reply.status() != 304) {
      context.contentType(reply.contentType());
      context.result(reply.body());
    } else {
      context.result(new byte[0]);
    }
  }

  /** The body of {@code GET /}. */
  static tools.jackson.databind.node.ObjectNode directory(String base) {
    return Json.object()
        .put("current_user_url", base + "/user")
        .put("rate_limit_url", base + "/rate_limit")
        .put("repository_url", base + "/repos/{owner}/{repo}")
        .put("organization_repositories_url", base + "/orgs/{org}/repos{?type,page,per_page,sort}")
        .put("current_user_repositories_url", base + "/user/repos{?type,page,per_page,sort}")
        .put("user_url", base + "/users/{user}");
  }
}
