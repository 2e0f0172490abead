package io.cite.server.http;

import io.cite.server.config.HttpConfiguration;
import java.util.Set;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The ports that the server listens on. */
final class Listeners {
  private static final String HEALTH = "health";
  private static final Set<String> HEALTH_PATHS = Set.of("/healthz", "/readyz");
  private static final int HEALTH_THREADS = 8;

  private Listeners() {}

  /** The port for everything. */
  static ServerConnector all(
      Server server, org.eclipse.jetty.server.HttpConfiguration http, HttpConfiguration settings) {
    ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
    connector.setHost(settings.host());
    connector.setPort(settings.port());
    return connector;
  }

  /** The port for health alone. It has threads of its own, which no other request can use up. */
  static ServerConnector health(
      Server server, org.eclipse.jetty.server.HttpConfiguration http, String host, int port) {
    QueuedThreadPool threads = new QueuedThreadPool(HEALTH_THREADS, 1);
    threads.setName("cite-http-health");
    ServerConnector connector =
        new ServerConnector(server, threads, null, null, 1, 1, new HttpConnectionFactory(http));
    connector.setName(HEALTH);
    connector.setHost(host);
    connector.setPort(port);
    return connector;
  }

  /** Lets only questions about health through at the port for health. */
  static final class Separation extends Handler.Wrapper {
    Separation(Handler next) {
      super(next);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
      boolean isHealthPort =
          HEALTH.equals(request.getConnectionMetaData().getConnector().getName());
      if (isHealthPort && !HEALTH_PATHS.contains(Request.getPathInContext(request))) {
        Response.writeError(request, response, callback, 404);
        return true;
      }
      return super.handle(request, response, callback);
    }
  }
}
