package io.cite.server.sandbox.kubernetes;

import io.fabric8.mockwebserver.http.Response;
import io.fabric8.mockwebserver.http.WebSocket;
import io.fabric8.mockwebserver.http.WebSocketListener;
import java.util.concurrent.Executor;

/**
 * The mock server's end of a watch. When a watch ends, the mock server's own listener waits for
 * events that are still to be sent, which cannot be while it holds the thread that sends; so the
 * end is handed to another thread.
 */
final class WatchListener extends WebSocketListener {
  private final WebSocketListener events;
  private final Executor elsewhere;

  WatchListener(WebSocketListener events, Executor elsewhere) {
    this.events = events;
    this.elsewhere = elsewhere;
  }

  @Override
  public void onBeforeAccept(WebSocket socket, Response response) {
    events.onBeforeAccept(socket, response);
  }

  @Override
  public void onOpen(WebSocket socket, Response response) {
    events.onOpen(socket, response);
  }

  @Override
  public void onClosing(WebSocket socket, int code, String reason) {
    elsewhere.execute(() -> events.onClosing(socket, code, reason));
  }

  @Override
  public void onClosed(WebSocket socket, int code, String reason) {
    elsewhere.execute(() -> events.onClosed(socket, code, reason));
  }

  @Override
  public void onFailure(WebSocket socket, Throwable problem, Response response) {
    elsewhere.execute(() -> events.onFailure(socket, problem, response));
  }
}
