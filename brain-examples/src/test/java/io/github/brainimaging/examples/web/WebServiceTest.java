package io.github.brainimaging.examples.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.brainimaging.core.io.NiftiWriter;
import io.github.brainimaging.core.io.PngImageWriter;
import io.github.brainimaging.examples.cli.Commands;
import io.github.brainimaging.examples.cli.DicomSlices;
import io.github.brainimaging.examples.cli.file.HeadPhantom;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The web service over HTTP, as a browser and a program meet it. */
class WebServiceTest {

  private static final int MAXIMUM = 1_000_000;

  @SuppressWarnings("NullAway.Init")
  private static WebServer server;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    server = WebServer.start(new WebServer.Settings("127.0.0.1", 0, MAXIMUM, 1, 0));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String address(String path) {
    return "http://127.0.0.1:" + server.port() + path;
  }

  @AfterEach
  void nothingIsLeftOnTheDisk() throws IOException {
    try (Stream<Path> temporary = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      assertThat(temporary.filter(file -> file.getFileName().toString().startsWith("brain-web-")))
          .isEmpty();
    }
  }

  private static byte[] head() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PngImageWriter.write(HeadPhantom.draw(165, 105, 16, 2), bytes);
    return bytes.toByteArray();
  }

  private static String error(HttpResponse<String> answer) {
    return JsonParser.parseString(answer.body()).getAsJsonObject().get("error").getAsString();
  }

  @Test
  void thePageAsksForAnImage() throws Exception {
    HttpResponse<String> page = Form.get(address("/"));

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html;charset=utf-8");
    assertThat(page.headers().firstValue("Cache-Control")).hasValue("no-store");
    assertThat(page.body())
        .contains("<input type=\"file\"", "data-maximum=\"1000000\"", "Not a medical device");
  }

  @Test
  void answersAnImageWithItsReport() throws Exception {
    HttpResponse<String> page =
        new Form("image", "C:\\scans\\<b>a.png", head()).post(address("/analyze"));

    assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
    assertThat(page.body())
        .contains("&lt;b&gt;a.png", "out of domain", "data:image/jpeg;base64,")
        .contains("with a second opinion", "<a href=\"/\">Another image</a>")
        .doesNotContain("<b>a.png", "overlays/", "C:\\");
  }

  @Test
  void answersAnImageAsJson() throws Exception {
    HttpResponse<String> answer = new Form("image", "a.png", head()).post(address("/api/analyze"));

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type"))
        .hasValue("application/json;charset=utf-8");
    JsonObject json = JsonParser.parseString(answer.body()).getAsJsonObject();
    assertThat(json.get("input").getAsString()).isEqualTo("a.png");
    // A drawing, which the model refuses to name.
    assertThat(json.getAsJsonObject("assessment").get("verdict").getAsString())
        .isEqualTo("out-of-domain");
    assertThat(json.getAsJsonObject("image").get("width").getAsInt()).isEqualTo(256);
  }

  @Test
  void whatItDoesNotKeepItSendsAlong() throws Exception {
    Path report = folder.resolve("report");
    Files.createDirectories(report.resolve("masks"));
    Files.write(report.resolve("masks/a.png"), new byte[] {1, 2, 3});
    Files.writeString(
        report.resolve("index.html"), "<body><button data-overlay=\"overlays/a.png\"></body>");

    assertThat(ReportOnePage.of(report))
        .contains("<a download=\"mask.png\" href=\"data:application/octet-stream;base64,AQID\">")
        .contains("data-overlay=\"\"");
  }

  @Test
  void answersAVolume() throws Exception {
    ByteArrayOutputStream nifti = new ByteArrayOutputStream();
    NiftiWriter.withDefaults().write(Commands.ball(), nifti);
    Form form = new Form("image", "head.nii", nifti.toByteArray());

    HttpResponse<String> page = form.post(address("/analyze"));
    HttpResponse<String> answer = form.post(address("/api/analyze"));

    assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
    assertThat(page.body()).contains("Brain volume: head.nii", "32 \u00d7 32 \u00d7 24");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(JsonParser.parseString(answer.body()).getAsJsonObject().has("lesions")).isTrue();
  }

  @Test
  void answersASliceOfDicom() throws Exception {
    DicomSlices.write(Commands.ball(), folder.resolve("dicom"));
    Path slice;
    try (Stream<Path> slices = Files.list(folder.resolve("dicom"))) {
      slice = slices.findFirst().orElseThrow();
    }

    HttpResponse<String> answer =
        new Form("image", "slice.dcm", Files.readAllBytes(slice)).post(address("/api/analyze"));

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).contains("\"spacingMm\":[0.9,0.9]", "\"value\": \"axial\"");
  }

  @ParameterizedTest
  @ValueSource(ints = {MAXIMUM + 1, MAXIMUM + 100_000, 16 * MAXIMUM})
  void refusesWhatIsTooLarge(int bytes) throws Exception {
    HttpResponse<String> answer =
        new Form("image", "a.png", new byte[bytes]).post(address("/api/analyze"));

    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(error(answer)).isEqualTo("The file is too large: expected at most 1.0 MB.");
  }

  @Test
  void refusesWhatTellsNoLength() throws Exception {
    HttpResponse<String> answer =
        Form.send(
            address("/api/analyze"),
            HttpRequest.BodyPublishers.ofByteArrays(
                List.of(new Form("image", "a.png", head()).body())),
            Form.TYPE);

    assertThat(answer.statusCode()).isEqualTo(411);
    assertThat(error(answer)).contains("length");
  }

  @Test
  void refusesWhatIsNoImage() throws Exception {
    byte[] text = "<script>alert(1)</script>".getBytes(StandardCharsets.UTF_8);
    Form form = new Form("image", "<i>notes.txt", text);

    HttpResponse<String> answer = form.post(address("/api/analyze"));
    HttpResponse<String> page = form.post(address("/analyze"));

    assertThat(answer.statusCode()).isEqualTo(415);
    assertThat(error(answer)).startsWith("<i>notes.txt: expected a file of one of the formats");
    assertThat(page.statusCode()).isEqualTo(415);
    assertThat(page.body()).contains("&lt;i&gt;notes.txt: expected a file").doesNotContain("<i>");
  }

  @Test
  void refusesWhatIsDamaged() throws Exception {
    HttpResponse<String> answer =
        new Form("image", "a.png", Arrays.copyOf(head(), 2000)).post(address("/api/analyze"));

    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(error(answer)).startsWith("a.png: cannot read this PNG file:");
  }

  @Test
  void refusesWhatIsNoForm() throws Exception {
    String address = address("/api/analyze");
    var image = HttpRequest.BodyPublishers.ofByteArray(head());
    var nothing = HttpRequest.BodyPublishers.ofString("--border--\r\n");
    var half = HttpRequest.BodyPublishers.ofString("--border\r\nContent-Dispo");

    HttpResponse<String> bare = Form.send(address, image, "image/png");
    HttpResponse<String> empty = Form.send(address, nothing, Form.TYPE);
    HttpResponse<String> broken = Form.send(address, half, Form.TYPE);
    HttpResponse<String> other = new Form("file", "a.png", head()).post(address);

    assertThat(bare.statusCode()).isEqualTo(415);
    assertThat(error(bare)).contains("multipart/form-data", "\"image\"");
    assertThat(List.of(empty.statusCode(), broken.statusCode(), other.statusCode()))
        .containsOnly(400);
    assertThat(error(broken)).isEqualTo("The form is broken off or not valid.");
    assertThat(error(other)).startsWith("No file: expected one");
  }

  @Test
  void turnsAwayWhatCannotHaveItsTurn() throws Exception {
    Form form = new Form("image", "a.png", head());
    byte[] body = form.body();
    try (Socket slow = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      String start =
          "POST /api/analyze HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
              + Form.TYPE
              + "\r\nContent-Length: "
              + body.length
              + "\r\n\r\n";
      OutputStream out = slow.getOutputStream();
      out.write(start.getBytes(StandardCharsets.UTF_8));
      out.write(body, 0, 100);
      out.flush();
      HttpResponse<String> answer = form.post(address("/api/analyze"));
      for (int i = 0; i < 100 && answer.statusCode() == 200; i++) {
        Thread.sleep(100); // The slow one is not there yet.
        answer = form.post(address("/api/analyze"));
      }
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(error(answer)).startsWith("Other images are being analyzed");
    }
    HttpResponse<String> after = form.post(address("/api/analyze"));
    for (int i = 0; i < 100 && after.statusCode() == 503; i++) {
      Thread.sleep(100); // The server has yet to see that the slow one is gone.
      after = form.post(address("/api/analyze"));
    }
    assertThat(after.statusCode()).isEqualTo(200);
  }

  @Test
  void listensOnThisMachineOnly() throws Exception {
    InetAddress other =
        NetworkInterface.networkInterfaces()
            .flatMap(NetworkInterface::inetAddresses)
            .filter(address -> address instanceof java.net.Inet4Address)
            .filter(address -> !address.isLoopbackAddress())
            .findFirst()
            .orElse(null);
    assumeTrue(other != null, "this machine has no address but its own");

    assertThatThrownBy(
            () -> {
              try (Socket connected = new Socket(other, server.port())) {
                throw new AssertionError("connected to " + connected);
              }
            })
        .isInstanceOf(ConnectException.class);
  }

  private static String errors(int exit, String... arguments) {
    StringWriter errors = new StringWriter();
    CommandLine service = WebService.commandLine().setErr(new PrintWriter(errors, true));
    assertThat(service.execute(arguments)).isEqualTo(exit);
    return errors.toString();
  }

  @Test
  void saysWhichNumbersAreWrong() {
    assertThat(errors(2, "--port", "70000")).contains("--port must be 0 to 65535, got 70000");
    assertThat(errors(2, "--jobs", "0")).contains("--jobs must be 1 to 1024, got 0");
    assertThat(errors(2, "--maximum-megabytes", "2001")).contains("must be 1 to 2000, got 2001");
    assertThat(errors(2, "--patience", "-1")).contains("--patience must be 0 to 3600, got -1");
  }

  @Test
  void saysThatThePortIsTaken() {
    assertThat(errors(1, "--port", "" + server.port()))
        .isEqualTo(
            String.format(
                "127.0.0.1:%d: cannot listen there: it is taken, or not of this machine%n",
                server.port()));
  }
}
