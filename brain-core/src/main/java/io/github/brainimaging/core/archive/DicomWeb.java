package io.github.brainimaging.core.archive;

import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.core.internal.OptionalLibrary;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * An archive that speaks DICOMweb (PS3.18): finds series (QIDO-RS), fetches them (WADO-RS) and
 * stores results (STOW-RS). The only part of this library that opens connections, to the one
 * address that it is given; redirects are not followed, since credentials would go along.
 *
 * <p>Answers go to files, not to memory; a part of a series never comes to lie in its folder. What
 * is busy or cannot be reached (status 429, 502, 503, 504, a broken connection) is asked again,
 * after half a second, one, two and so on. Neither messages nor {@link #toString()} tell headers,
 * queries or UIDs.
 *
 * <pre>{@code
 * DicomWeb archive = DicomWeb.at(URI.create("https://pacs.example/dicom-web"))
 *     .withHeader("Authorization", "Bearer " + token);
 * DicomWeb.Series series = archive.find(Map.of("AccessionNumber", "4711", "Modality", "MR")).get(0);
 * archive.fetch(series, folder);
 * archive.store(report);
 * }</pre>
 *
 * <p>Needs Gson and Apache Commons FileUpload, which this library does not bring along. Immutable
 * and safe to share between threads.
 *
 * @since 0.1.0
 */
public final class DicomWeb {

  private static final Duration TIMEOUT = Duration.ofMinutes(10);
  private static final int RETRIES = 2;
  private static final String JSON = "application/dicom+json";

  /**
   * A series of an archive.
   *
   * @param study study instance UID
   * @param series series instance UID
   * @param modality code such as MR; empty if it is not told
   * @param description what the scanner called it; empty if it is not told
   * @param instances how many files it has; empty if it is not told
   */
  public record Series(
      String study, String series, String modality, String description, OptionalInt instances) {

    /**
     * Checks the UIDs, which become a part of an address.
     *
     * @param study study instance UID
     * @param series series instance UID
     * @param modality code such as MR
     * @param description what the scanner called it
     * @param instances how many files it has
     * @throws IllegalArgumentException if one is no UID: digits and dots, at most 64
     */
    public Series {
      requireUid("study", study);
      requireUid("series", series);
    }

    private static void requireUid(String name, String uid) {
      Arguments.require(uid.matches("[0-9.]{1,64}"), "%s must be a UID, got %s", name, uid);
    }
  }

  private final Connection connection;

  private DicomWeb(Connection connection) {
    this.connection = connection;
  }

  /**
   * An archive, asked within 10 minutes and up to 2 times again.
   *
   * @param base where its services are, such as https://pacs.example/dicom-web
   * @return the archive; nothing is asked yet
   * @throws IllegalArgumentException if it is no address of http or https without query
   */
  public static DicomWeb at(URI base) {
    Arguments.require(
        base.getHost() != null
            && base.getQuery() == null
            && ("http".equals(base.getScheme()) || "https".equals(base.getScheme())),
        "base must be an address of http or https without query, got %s",
        base);
    return new DicomWeb(new Connection(base, Map.of(), TIMEOUT, RETRIES, null));
  }

  /**
   * The same with a header in each request.
   *
   * @param name such as Authorization
   * @param value such as Bearer and a token
   * @return the new archive
   */
  public DicomWeb withHeader(String name, String value) {
    Map<String, String> headers = new TreeMap<>(connection.headers());
    headers.put(name, value);
    return new DicomWeb(connection.with(headers));
  }

  /**
   * The same with other certificates or a client's own.
   *
   * @param context how connections are secured; default: Java's own
   * @return the new archive
   */
  public DicomWeb withTls(SSLContext context) {
    return new DicomWeb(connection.with(context));
  }

  /**
   * The same with another limit of time.
   *
   * @param newTimeout for each request and its whole answer, positive; default 10 minutes
   * @return the new archive
   * @throws IllegalArgumentException if it is not positive
   */
  public DicomWeb withTimeout(Duration newTimeout) {
    Arguments.require(
        !newTimeout.isNegative() && !newTimeout.isZero(),
        "timeout must be positive, got %s",
        newTimeout);
    return new DicomWeb(connection.with(newTimeout));
  }

  /**
   * The same with another number of tries.
   *
   * @param newRetries how often a request that failed for now is made again, 0 to 10; default 2
   * @return the new archive
   * @throws IllegalArgumentException if it is out of range
   */
  public DicomWeb withRetries(int newRetries) {
    Arguments.require(
        newRetries >= 0 && newRetries <= 10, "retries must be 0 to 10, got %s", newRetries);
    return new DicomWeb(connection.with(newRetries));
  }

  /**
   * Finds series.
   *
   * @param query attributes by keyword or tag, such as PatientID, AccessionNumber, StudyInstanceUID
   *     or Modality, and what they must be; also limit and offset, for archives that give pages
   * @return the series, in the archive's order; empty if there are none
   * @throws IOException if the archive cannot be reached, refuses, or answers something else
   */
  public List<Series> find(Map<String, String> query) throws IOException {
    OptionalLibrary.GSON.require();
    String attributes =
        Stream.concat(
                new TreeMap<>(query)
                    .entrySet().stream()
                        .map(e -> encoded(e.getKey()) + "=" + encoded(e.getValue())),
                Stream.of("includefield=0008103E", "includefield=00201209"))
            .collect(Collectors.joining("&"));
    HttpRequest.Builder request =
        connection.request("series?" + attributes).header("Accept", JSON).GET();
    try (Answer answer = connection.ask("find series", request)) {
      // 204 says that nothing matches.
      return answer.expect(200, 204) == 204 ? List.of() : FoundSeries.of(answer);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /**
   * Fetches the files of a series, as they are stored.
   *
   * @param series the series
   * @param folder where they are written to, as 0001.dcm and so on: new or empty. It holds all or
   *     nothing
   * @return the files
   * @throws FileNotFoundException if the archive has no such series
   * @throws IOException if the folder is not empty or cannot be written, the archive cannot be
   *     reached, refuses, or answers something else
   */
  public List<Path> fetch(Series series, Path folder) throws IOException {
    OptionalLibrary.COMMONS_FILEUPLOAD.require();
    FetchedFiles.requireEmpty(folder);
    HttpRequest.Builder request =
        connection
            .request("studies/" + series.study() + "/series/" + series.series())
            .header("Accept", "multipart/related; type=\"application/dicom\"; transfer-syntax=*")
            .GET();
    try (Answer answer = connection.ask("fetch a series", request)) {
      if (answer.expect(200, 404) == 404) {
        throw new FileNotFoundException(connection + ": has no such series");
      }
      return FetchedFiles.write(answer, folder);
    }
  }

  /**
   * Stores a file.
   *
   * @param file a DICOM file
   * @throws IOException if the file cannot be read, the archive cannot be reached or does not take
   *     it, or answers what no archive does; the message names the file and the archive's reason
   */
  public void store(Path file) throws IOException {
    OptionalLibrary.GSON.require();
    String boundary = UUID.randomUUID().toString();
    HttpRequest.BodyPublisher body =
        BodyPublishers.concat(
            text("--" + boundary + "\r\nContent-Type: application/dicom\r\n\r\n"),
            BodyPublishers.ofFile(file),
            text("\r\n--" + boundary + "--\r\n"));
    HttpRequest.Builder request =
        connection
            .request("studies")
            .header("Accept", JSON)
            .header(
                "Content-Type",
                "multipart/related; type=\"application/dicom\"; boundary=" + boundary)
            .POST(body);
    try (Answer answer = connection.ask("store " + file, request)) {
      int status = answer.expect(200, 202, 409);
      @Nullable String reason = FoundSeries.reasonOfRefusal(answer, status == 409);
      if (status == 409 || (status == 202 && reason != null)) {
        throw new IOException(
            file
                + ": not taken by "
                + connection
                + (reason == null ? "" : ", failure reason " + reason));
      }
    }
  }

  private static HttpRequest.BodyPublisher text(String text) {
    return BodyPublishers.ofString(text, StandardCharsets.US_ASCII);
  }

  /** The address and how it is asked; of headers, the names. */
  @Override
  public String toString() {
    return "DicomWeb[" + connection.inFull() + "]";
  }

  /** An answer, whose content lies in a file as long as it is open. */
  record Answer(HttpResponse<Path> response, Path content, String what) implements AutoCloseable {

    int expect(int... statuses) throws IOException {
      int status = response.statusCode();
      for (int expected : statuses) {
        if (status == expected) {
          return status;
        }
      }
      String hint =
          switch (status) {
            case 401, 403 -> ": the credentials (header Authorization) are missing or not accepted";
            case 301, 302, 303, 307, 308 -> ": redirects are not followed";
            default -> "";
          };
      throw new IOException(what + ": status " + status + hint);
    }

    @Override
    public void close() throws IOException {
      Files.deleteIfExists(content);
    }
  }
}
