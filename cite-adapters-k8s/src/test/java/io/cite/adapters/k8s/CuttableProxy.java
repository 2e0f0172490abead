package io.cite.adapters.k8s;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Passes TCP connections on to a server, until they are cut or frozen. */
final class CuttableProxy implements AutoCloseable {
  private final String host;
  private final int port;
  private final ServerSocket socket;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile boolean cut;
  private volatile boolean frozen;

  CuttableProxy(String host, int port) throws IOException {
    this.host = host;
    this.port = port;
    socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  int port() {
    return socket.getLocalPort();
  }

  /** Ends all connections and takes no more. */
  void cut() {
    cut = true;
    open.forEach(CuttableProxy::closeQuietly);
  }

  /** Passes nothing on over the connections there are, without ending them. */
  void freeze() {
    frozen = true;
  }

  /** Takes connections again. */
  void mend() {
    cut = false;
    frozen = false;
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        if (cut) {
          client.close();
          continue;
        }
        Socket server = new Socket(host, port);
        open.add(client);
        open.add(server);
        start(() -> pass(client, server));
        start(() -> pass(server, client));
      } catch (IOException e) {
        // closed, or the server does not take connections
      }
    }
  }

  private void pass(Socket from, Socket to) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] buffer = new byte[8192];
      boolean stalled = false;
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        stalled |= frozen;
        if (!stalled) {
          out.write(buffer, 0, n);
        }
      }
    } catch (IOException e) {
      // cut
    } finally {
      open.remove(from);
      open.remove(to);
    }
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "cuttable-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  private static void closeQuietly(Socket each) {
    try {
      each.close();
    } catch (IOException e) {
      // it is gone either way
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
    open.forEach(CuttableProxy::closeQuietly);
  }
}
