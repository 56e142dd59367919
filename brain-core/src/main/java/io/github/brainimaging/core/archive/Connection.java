package io.github.brainimaging.core.archive;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How an archive is asked. Immutable. */
final class Connection {

  private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
  private static final Set<Integer> FOR_NOW = Set.of(429, 502, 503, 504);
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final long FIRST_PAUSE_MS = 500;

  private final URI base;
  private final Map<String, String> headers;
  private final Duration timeout;
  private final int retries;
  private final @Nullable SSLContext tls;
  private final HttpClient client;

  Connection(
      URI base,
      Map<String, String> headers,
      Duration timeout,
      int retries,
      @Nullable SSLContext tls) {
    this.base = base;
    this.headers = headers;
    this.timeout = timeout;
    this.retries = retries;
    this.tls = tls;
    HttpClient.Builder builder = HttpClient.newBuilder().connectTimeout(CONNECT);
    this.client = (tls == null ? builder : builder.sslContext(tls)).build();
  }

  Map<String, String> headers() {
    return headers;
  }

  Connection with(Map<String, String> newHeaders) {
    return new Connection(base, Map.copyOf(newHeaders), timeout, retries, tls);
  }

  Connection with(SSLContext newTls) {
    return new Connection(base, headers, timeout, retries, newTls);
  }

  Connection with(Duration newTimeout) {
    return new Connection(base, headers, newTimeout, retries, tls);
  }

  Connection with(int newRetries) {
    return new Connection(base, headers, timeout, newRetries, tls);
  }

  /** Begins a request to a resource of the archive. */
  HttpRequest.Builder request(String resource) {
    String address = base.toString();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address + (address.endsWith("/") ? "" : "/") + resource));
    headers.forEach(request::setHeader);
    return request;
  }

  /**
   * Asks, and asks again what failed for now.
   *
   * @param what for messages
   */
  DicomWeb.Answer ask(String what, HttpRequest.Builder request) throws IOException {
    for (int tried = 0; ; tried++) {
      boolean last = tried == retries;
      try {
        DicomWeb.Answer answer = once(what, request.build());
        if (last || !FOR_NOW.contains(answer.response().statusCode())) {
          return answer;
        }
        answer.close();
        LOG.info("{}: {}: status {}, trying again", this, what, answer.response().statusCode());
      } catch (HttpTimeoutException | InterruptedIOException e) {
        throw e;
      } catch (IOException e) {
        if (last) {
          throw new IOException(this + ": " + what + ": " + reason(e), e);
        }
        LOG.info("{}: {}: {}, trying again", this, what, reason(e));
      }
      pause(FIRST_PAUSE_MS << tried);
    }
  }

  /** In words: the JDK's own are the name of a class, or nothing. */
  private static String reason(IOException e) {
    Throwable first = e;
    while (first.getCause() != null) {
      first = first.getCause();
    }
    if (first instanceof UnresolvedAddressException) {
      return "no such host is known";
    }
    String text = first.getMessage() == null ? "" : ": " + first.getMessage();
    if (e instanceof ConnectException) {
      return "cannot be reached" + text;
    }
    if (e instanceof SSLException) {
      return "no secure connection" + text;
    }
    return "the connection broke" + text;
  }

  private DicomWeb.Answer once(String what, HttpRequest request) throws IOException {
    Path content = Files.createTempFile("brain-dicomweb-", ".tmp");
    CompletableFuture<HttpResponse<Path>> asked =
        client.sendAsync(request, BodyHandlers.ofFile(content));
    boolean answered = false;
    try {
      HttpResponse<Path> response = asked.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      answered = true;
      return new DicomWeb.Answer(response, content, this + ": " + what);
    } catch (TimeoutException e) {
      HttpTimeoutException late =
          new HttpTimeoutException(this + ": " + what + ": no whole answer within " + timeout);
      late.initCause(e);
      throw late;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
    } catch (InterruptedException e) {
      throw interrupted();
    } finally {
      if (!answered) {
        asked.cancel(true);
        Files.deleteIfExists(content);
      }
    }
  }

  private static void pause(long ms) throws InterruptedIOException {
    try {
      Thread.sleep(ms);
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private static InterruptedIOException interrupted() {
    Thread.currentThread().interrupt();
    return new InterruptedIOException("interrupted while an archive was asked");
  }

  /** With how it is asked; of headers, the names. */
  String inFull() {
    return this
        + ", headers "
        + headers.keySet()
        + ", within "
        + timeout
        + ", "
        + retries
        + " retries, "
        + (tls == null ? "Java's certificates" : "certificates of its own");
  }

  /** The address, without credentials. */
  @Override
  public String toString() {
    String port = base.getPort() < 0 ? "" : ":" + base.getPort();
    return base.getScheme() + "://" + base.getHost() + port + base.getRawPath();
  }
}
