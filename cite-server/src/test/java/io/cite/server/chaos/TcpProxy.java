package io.cite.server.chaos;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Passes TCP connections on to a server, and cuts, delays or half-closes them on demand.
 * Thread-safe.
 */
final class TcpProxy implements AutoCloseable {
  private static final int BUFFER = 16 * 1024;
  private static final Duration CONNECT = Duration.ofSeconds(2);

  private final InetSocketAddress server;
  private final ServerSocket listening;
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private volatile boolean cut;
  private volatile Duration delay = Duration.ZERO;

  TcpProxy(URI target) {
    server = new InetSocketAddress(target.getHost(), target.getPort());
    try {
      listening = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    daemon(this::accept);
  }

  int port() {
    return listening.getLocalPort();
  }

  /** Ends all connections, and takes no more until it is mended. */
  void cut() {
    cut = true;
    connections.forEach(Connection::end);
  }

  /** Holds back everything that comes for so long. */
  void delay(Duration time) {
    delay = time;
  }

  /**
   * Ends the way to the client on all connections there are. The way to the server stays open and
   * what the server answers is lost.
   */
  void halfClose() {
    connections.forEach(Connection::halfClose);
  }

  /** Passes everything on again at once. */
  void mend() {
    cut = false;
    delay = Duration.ZERO;
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket client = listening.accept();
        if (cut) {
          client.close();
        } else {
          daemon(() -> connect(client));
        }
      } catch (IOException e) {
        // closed: the loop ends
      }
    }
  }

  private void connect(Socket client) {
    Socket onward = new Socket();
    Connection connection = new Connection(client, onward);
    connections.add(connection);
    try {
      onward.connect(server, (int) CONNECT.toMillis());
      client.setTcpNoDelay(true);
      onward.setTcpNoDelay(true);
      daemon(() -> connection.pass(onward, client));
      connection.pass(client, onward);
    } catch (IOException e) {
      connection.end(); // nobody is there: the client sees its connection end
    } finally {
      connections.remove(connection);
    }
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "tcp-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    try {
      listening.close();
    } catch (IOException e) {
      // it takes no more connections either way
    }
    connections.forEach(Connection::end);
  }

  private final class Connection {
    private final Socket client;
    private final Socket onward;
    private volatile boolean halfClosed;

    Connection(Socket client, Socket onward) {
      this.client = client;
      this.onward = onward;
    }

    void pass(Socket from, Socket to) {
      byte[] buffer = new byte[BUFFER];
      try {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
          Duration wait = delay;
          if (!wait.isZero()) {
            LockSupport.parkNanos(wait.toNanos());
          }
          if (to.equals(onward) || !halfClosed) {
            out.write(buffer, 0, n);
          }
        }
        if (!to.isOutputShutdown()) {
          to.shutdownOutput();
        }
        if (from.isOutputShutdown()) {
          end();
        }
      } catch (IOException e) {
        end();
      }
    }

    void halfClose() {
      halfClosed = true;
      try {
        client.shutdownOutput();
      } catch (IOException e) {
        // it had ended by itself
      }
    }

    void end() {
      for (Socket socket : new Socket[] {client, onward}) {
        try {
          socket.close();
        } catch (IOException e) {
          // it is gone either way
        }
      }
    }
  }
}
