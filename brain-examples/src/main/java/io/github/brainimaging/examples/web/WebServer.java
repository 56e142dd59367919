package io.github.brainimaging.examples.web;

import com.google.gson.JsonObject;
import io.github.brainimaging.examples.cli.file.TemporaryFolder;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.SizeUnit;
import io.javalin.http.Context;
import io.javalin.http.UploadedFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers uploads over HTTP: {@code POST /analyze} with the page of the report, {@code POST
 * /api/analyze} with JSON. Both take a form ({@code multipart/form-data}) whose field {@code image}
 * is the file.
 *
 * <p>Uploads and reports lie in a folder of their own among the temporary files while they are
 * worked on, and are deleted before the answer is sent. Closed by who started it.
 */
final class WebServer implements AutoCloseable {

  static final String FIELD = "image";

  private static final Logger LOG = LoggerFactory.getLogger(WebServer.class);

  /** What a form adds to a file: its borders and the name of the file. */
  private static final int FORM_BYTES = 8192;

  /** How much of a refused upload is read before the answer. */
  private static final long READ_OFF_BYTES = 64L << 20;

  private static final int THREADS = 32;
  private static final int LONGEST_NAME = 120;

  /**
   * What is served, and how much.
   *
   * @param host the address to listen at
   * @param port the port; 0 for any that is free
   * @param maximumBytes the largest file that is taken
   * @param jobs how many files are analyzed at a time
   * @param patienceSeconds how long a request waits for its turn
   */
  record Settings(String host, int port, int maximumBytes, int jobs, int patienceSeconds) {}

  /** Makes the answer to an upload that lies in a file. */
  @FunctionalInterface
  private interface Work {
    String answer(Path file, String name, Path folder) throws IOException, RefusedUpload;
  }

  private final Settings settings;
  private final UploadAnalyzer analyzer;
  private final Semaphore turns;
  private final Javalin javalin;

  private WebServer(Settings settings) {
    this.settings = settings;
    analyzer = new UploadAnalyzer(settings.jobs);
    turns = new Semaphore(settings.jobs, true);
    javalin = Javalin.create(this::configure);
  }

  /**
   * Loads the models and listens.
   *
   * @throws io.javalin.util.JavalinBindException if the port is taken
   */
  static WebServer start(Settings settings) {
    WebServer server = new WebServer(settings);
    try {
      server.javalin.start(settings.host, settings.port);
      return server;
    } catch (RuntimeException e) {
      server.analyzer.close();
      throw e;
    }
  }

  /** The port that it listens at. */
  int port() {
    return javalin.port();
  }

  private void configure(JavalinConfig config) {
    config.startup.showJavalinBanner = false;
    config.jetty.threadPool = new QueuedThreadPool(THREADS);
    // In memory, so that Jetty writes no files of its own.
    int most = settings.maximumBytes + FORM_BYTES;
    config.jetty.multipartConfig.maxInMemoryFileSize(most, SizeUnit.BYTES);
    config.jetty.multipartConfig.maxFileSize(most, SizeUnit.BYTES);
    config.jetty.multipartConfig.maxTotalRequestSize(most, SizeUnit.BYTES);
    config.routes.before(WebServer::protect);
    config.routes.get("/", context -> html(context, uploadPage()));
    config.routes.post(
        "/analyze",
        context ->
            html(
                context,
                answer(
                    context,
                    (file, name, folder) -> {
                      analyzer.report(file, name, folder);
                      return ReportOnePage.of(folder);
                    })));
    config.routes.post(
        "/api/analyze",
        context ->
            json(context, answer(context, (file, name, folder) -> analyzer.json(file, name))));
    config.routes.exception(
        RefusedUpload.class,
        (refused, context) -> {
          readOff(context);
          tell(context, refused.status(), refused.words());
        });
    config.routes.exception(Exception.class, WebServer::failed);
  }

  /** Nothing of a patient stays with the browser, and a page runs no code but its own. */
  private static void protect(Context context) {
    context
        .header("Cache-Control", "no-store")
        .header("X-Content-Type-Options", "nosniff")
        .header("Referrer-Policy", "no-referrer")
        .header(
            "Content-Security-Policy",
            "default-src 'none'; img-src data:; style-src 'unsafe-inline';"
                + " script-src 'unsafe-inline'; form-action 'self'; base-uri 'none';"
                + " frame-ancestors 'none'");
  }

  private static void failed(Exception failure, Context context) {
    LOG.error("{} failed", context.path(), failure);
    tell(context, 500, "The server failed at this file; its log says why.");
  }

  /** Waits for its turn before it reads the upload, which bounds the memory of all uploads. */
  private String answer(Context context, Work work)
      throws IOException, RefusedUpload, InterruptedException {
    long length = context.req().getContentLengthLong();
    if (length < 0) {
      throw new RefusedUpload(
          RefusedUpload.NO_LENGTH, "Expected the length of the upload (Content-Length) before it.");
    }
    if (length > settings.maximumBytes + FORM_BYTES) {
      throw tooLarge();
    }
    if (!context.isMultipartFormData()) {
      throw new RefusedUpload(
          RefusedUpload.UNKNOWN_TYPE,
          "Expected a form (multipart/form-data) with the file in its field \"" + FIELD + "\".");
    }
    if (!turns.tryAcquire(settings.patienceSeconds, TimeUnit.SECONDS)) {
      throw new RefusedUpload(
          RefusedUpload.BUSY,
          "Other images are being analyzed; try again in "
              + settings.patienceSeconds
              + " seconds.");
    }
    try {
      return answer(upload(context), work);
    } finally {
      turns.release();
    }
  }

  private UploadedFile upload(Context context) throws RefusedUpload {
    UploadedFile upload;
    try {
      upload = context.uploadedFile(FIELD);
    } catch (Exception e) { // Jetty's are of many kinds, and not declared.
      LOG.debug("{}: a broken form", context.path(), e);
      throw new RefusedUpload(RefusedUpload.BAD_REQUEST, "The form is broken off or not valid.");
    }
    if (upload == null || upload.size() == 0) {
      throw new RefusedUpload(
          RefusedUpload.BAD_REQUEST,
          "No file: expected one with content in the field \"" + FIELD + "\" of the form.");
    }
    if (upload.size() > settings.maximumBytes) {
      throw tooLarge();
    }
    return upload;
  }

  private RefusedUpload tooLarge() {
    return new RefusedUpload(
        RefusedUpload.TOO_LARGE,
        String.format(
            Locale.ROOT,
            "The file is too large: expected at most %.1f MB.",
            settings.maximumBytes / 1e6));
  }

  private static String answer(UploadedFile upload, Work work) throws IOException, RefusedUpload {
    try (TemporaryFolder folder = TemporaryFolder.create("brain-web-")) {
      Path file = Files.createDirectory(folder.path().resolve("upload")).resolve("upload");
      try (InputStream content = upload.content()) {
        Files.copy(content, file);
      }
      return work.answer(file, name(upload.filename()), folder.path().resolve("report"));
    }
  }

  /** Some browsers send a whole path. */
  private static String name(String sent) {
    String last = sent.substring(Math.max(sent.lastIndexOf('/'), sent.lastIndexOf('\\')) + 1);
    String plain = last.replaceAll("\\p{Cntrl}", " ").strip();
    return plain.isEmpty() ? "upload" : plain.substring(0, Math.min(LONGEST_NAME, plain.length()));
  }

  /**
   * Reads what is left of a refused upload: a browser that is still sending when the connection
   * closes shows a broken connection and not the answer. What is longer than this is cut off.
   */
  private static void readOff(Context context) {
    try {
      long read = context.req().getInputStream().skip(READ_OFF_BYTES);
      LOG.debug("{}: refused; {} bytes of it were left", context.path(), read);
    } catch (IOException | IllegalStateException e) {
      LOG.debug("{}: the rest of a refused upload", context.path(), e);
    }
  }

  /** What went wrong, as JSON where JSON was asked for. */
  private static void tell(Context context, int status, String message) {
    context.status(status);
    if (context.path().startsWith("/api/")) {
      JsonObject json = new JsonObject();
      json.addProperty("error", message);
      json(context, json.toString());
    } else {
      html(context, page("refused.html").replace("{message}", escape(message)));
    }
  }

  private static void html(Context context, String page) {
    context.result(page).contentType("text/html; charset=utf-8");
  }

  private static void json(Context context, String json) {
    context.result(json).contentType("application/json; charset=utf-8");
  }

  private String uploadPage() {
    return page("upload.html").replace("{maximumBytes}", Integer.toString(settings.maximumBytes));
  }

  private static String page(String name) {
    try (@Nullable InputStream in = WebServer.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  @Override
  public void close() {
    javalin.stop();
    analyzer.close();
  }
}
