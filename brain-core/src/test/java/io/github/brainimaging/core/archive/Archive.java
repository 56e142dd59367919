package io.github.brainimaging.core.archive;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A small archive that gives the answers put in, the last one again and again. */
public final class Archive implements AutoCloseable {

  /** What is answered; a character of the body is a byte. */
  public record Reply(int status, String type, String body, long delayMs) {

    public static Reply json(int status, String body) {
      return new Reply(status, "application/dicom+json", body, 0);
    }

    public static Reply parts(String boundary, byte[]... parts) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      for (byte[] part : parts) {
        out.writeBytes(ascii("\r\n--" + boundary + "\r\nContent-Type: application/dicom\r\n\r\n"));
        out.writeBytes(part);
      }
      out.writeBytes(ascii("\r\n--" + boundary + "--\r\n"));
      return new Reply(
          200,
          "multipart/related; type=\"application/dicom\"; boundary=\"" + boundary + "\"",
          out.toString(StandardCharsets.ISO_8859_1),
          0);
    }

    public Reply cutAt(int length) {
      return new Reply(status, type, body.substring(0, length), delayMs);
    }

    public Reply late(long ms) {
      return new Reply(status, type, body, ms);
    }
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Deque<Reply> replies = new ArrayDeque<>();
  private final List<String> asked = new ArrayList<>();
  private final List<String> authorizations = new ArrayList<>();
  private byte[] received = {};

  private Archive(HttpServer server) {
    this.server = server;
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  public static Archive open(Reply... replies) throws IOException {
    return open(0, replies);
  }

  /** One of a port of its own; 0 takes a free one. */
  public static Archive open(int port, Reply... replies) throws IOException {
    return open(HttpServer.create(local(port), 0), replies);
  }

  public static Archive openSecured(int port, SSLContext tls, Reply... replies) throws IOException {
    HttpsServer server = HttpsServer.create(local(port), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls));
    return open(server, replies);
  }

  private static Archive open(HttpServer server, Reply... replies) {
    Archive archive = new Archive(server);
    archive.replies.addAll(List.of(replies));
    return archive;
  }

  private static InetSocketAddress local(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  public URI address() {
    String scheme = server instanceof HttpsServer ? "https" : "http";
    return URI.create(scheme + "://localhost:" + port() + "/dicom-web");
  }

  int port() {
    return server.getAddress().getPort();
  }

  public synchronized List<String> asked() {
    return List.copyOf(asked);
  }

  public synchronized List<String> authorizations() {
    return List.copyOf(authorizations);
  }

  public synchronized byte[] received() {
    return received.clone();
  }

  private void answer(HttpExchange exchange) throws IOException {
    Reply reply = take(exchange);
    try (exchange) {
      Thread.sleep(reply.delayMs());
      exchange.getResponseHeaders().add("Content-Type", reply.type());
      byte[] body = reply.body().getBytes(StandardCharsets.ISO_8859_1);
      exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
      if (body.length > 0) {
        try (OutputStream out = exchange.getResponseBody()) {
          out.write(body);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized Reply take(HttpExchange exchange) throws IOException {
    asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
    @Nullable String authorization = exchange.getRequestHeaders().getFirst("Authorization");
    authorizations.add(String.valueOf(authorization));
    received = exchange.getRequestBody().readAllBytes();
    return Objects.requireNonNull(replies.size() > 1 ? replies.poll() : replies.peek());
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
