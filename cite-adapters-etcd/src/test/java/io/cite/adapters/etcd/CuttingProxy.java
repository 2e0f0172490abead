package io.cite.adapters.etcd;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Passes bytes between clients and a server, and loses answers or connections on demand. */
final class CuttingProxy implements AutoCloseable {
  private final InetSocketAddress target;
  private final ServerSocket listening;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private volatile boolean swallowsAnswers;
  private volatile boolean swallowsRequests;
  private volatile boolean refuses;

  CuttingProxy(URI server) throws IOException {
    target = new InetSocketAddress(server.getHost(), server.getPort());
    listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + listening.getLocalPort());
  }

  /** From now on the server hears everything and the client nothing. */
  void swallowAnswers() {
    swallowsAnswers = true;
  }

  /** From now on the server hears nothing, while the connections stay. */
  void swallowRequests() {
    swallowsRequests = true;
  }

  /** Cuts all connections, and refuses new ones until {@link #heal}. */
  void cut() {
    refuses = true;
    sockets.forEach(CuttingProxy::end);
    sockets.clear();
  }

  /** Cuts all connections; from now on everything passes again. */
  void heal() {
    Set<Socket> broken = Set.copyOf(sockets);
    swallowsAnswers = false;
    swallowsRequests = false;
    refuses = false;
    broken.forEach(CuttingProxy::end);
    sockets.removeAll(broken);
  }

  @Override
  public void close() throws IOException {
    listening.close();
    sockets.forEach(CuttingProxy::end);
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket client = listening.accept();
        if (refuses) {
          end(client);
        } else {
          connect(client);
        }
      } catch (IOException closed) {
        // A refused or closed connection is what the tests ask for.
      }
    }
  }

  private void connect(Socket client) throws IOException {
    Socket server = new Socket();
    sockets.add(client);
    sockets.add(server);
    server.connect(target);
    start(() -> pass(client, server, true));
    start(() -> pass(server, client, false));
  }

  private void pass(Socket from, Socket to, boolean requests) {
    byte[] buffer = new byte[16_384];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        if (requests ? !swallowsRequests : !swallowsAnswers) {
          out.write(buffer, 0, read);
        }
      }
    } catch (IOException cut) {
      // The other side is cut as well.
    } finally {
      end(from);
      end(to);
    }
  }

  private static void end(Socket socket) {
    try {
      socket.close();
    } catch (IOException gone) {
      // It is closed either way.
    }
  }

  private static void start(Runnable work) {
    EtcdConnection.daemon("cutting-proxy").newThread(work).start();
  }
}
