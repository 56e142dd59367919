package io.github.brainimaging.core.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.brainimaging.core.archive.Archive.Reply;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DicomWebTest {

  private static final DicomWeb.Series SERIES =
      new DicomWeb.Series("1.2.3", "1.2.3.4", "MR", "t1", OptionalInt.of(2));

  private static final String ONE_SERIES =
      """
      [{"0020000D": {"vr": "UI", "Value": ["1.2.3"]}, "0020000E": {"vr": "UI", "Value": ["1.2.3.4"]},
        "00080060": {"vr": "CS", "Value": ["MR"]}, "0008103E": {"vr": "LO"},
        "00201209": {"vr": "IS", "Value": [2]}}]""";

  @TempDir private Path folder;

  private static DicomWeb client(Archive archive) {
    return DicomWeb.at(archive.address()).withRetries(0);
  }

  /** Something that begins like DICOM and holds what looks like the end of a part. */
  private static byte[] file(int seed, int length) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    byte[] tricky = "DICM\r\n--boundar\r\n--\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(tricky, 0, bytes, 128, tricky.length);
    return bytes;
  }

  private Path out() {
    return folder.resolve("series");
  }

  private void nothingLeft() throws IOException {
    if (Files.exists(out())) {
      try (Stream<Path> left = Files.list(out())) {
        assertThat(left).isEmpty();
      }
    }
  }

  @Test
  void findsSeries() throws IOException {
    try (Archive archive = Archive.open(Reply.json(200, ONE_SERIES))) {
      List<DicomWeb.Series> found =
          client(archive).find(Map.of("PatientID", "A&B 1", "Modality", "MR"));

      assertThat(found)
          .containsExactly(new DicomWeb.Series("1.2.3", "1.2.3.4", "MR", "", OptionalInt.of(2)));
      assertThat(archive.asked())
          .containsExactly(
              "GET /dicom-web/series?Modality=MR&PatientID=A%26B%201"
                  + "&includefield=0008103E&includefield=00201209");
    }
  }

  @Test
  void nothingFoundIsNoError() throws IOException {
    try (Archive archive = Archive.open(Reply.json(204, ""))) {
      assertThat(client(archive).find(Map.of())).isEmpty();
    }
  }

  @Test
  void fetchesTheFilesToTheByte() throws IOException {
    byte[] first = file(1, 200_000);
    byte[] second = file(2, 132 + 40);
    try (Archive archive = Archive.open(Reply.parts("boundary", first, second))) {
      List<Path> files = client(archive).fetch(SERIES, out());

      assertThat(files)
          .extracting(file -> file.getFileName().toString())
          .containsExactly("0001.dcm", "0002.dcm");
      assertThat(files.get(0)).hasBinaryContent(first);
      assertThat(files.get(1)).hasBinaryContent(second);
      assertThat(archive.asked()).containsExactly("GET /dicom-web/studies/1.2.3/series/1.2.3.4");
      try (Stream<Path> all = Files.list(out())) {
        assertThat(all).hasSize(2);
      }
    }
  }

  @Test
  void anAnswerThatIsCutOffLeavesNothing() throws IOException {
    Reply whole = Reply.parts("boundary", file(1, 5000), file(2, 5000));
    Reply cut = whole.cutAt(8000);
    try (Archive archive = Archive.open(cut)) {
      assertThatThrownBy(() -> client(archive).fetch(SERIES, out()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("localhost")
          .hasMessageContaining("the answer is cut off after 2 files")
          .hasMessageNotContaining("1.2.3");
    }
    nothingLeft();
  }

  @Test
  void whatIsNoDicomIsRefused() throws IOException {
    try (Archive archive =
        Archive.open(
            Reply.parts("other", file(1, 300), new byte[500]),
            new Reply(200, "text/html", "<html>log in</html>", 0),
            Reply.parts("other"))) {
      DicomWeb client = client(archive);

      assertThatThrownBy(() -> client.fetch(SERIES, out()))
          .hasMessageContaining("expected DICOM files, found part 2 to be none");
      nothingLeft();
      assertThatThrownBy(() -> client.fetch(SERIES, out()))
          .hasMessageContaining("expected an answer of multipart/related, found \"text/html\"");
      assertThatThrownBy(() -> client.fetch(SERIES, out())).isInstanceOf(IOException.class);
      nothingLeft();
    }
  }

  @Test
  void filesThatAreThereAreNotMixedWithOthers() throws IOException {
    Files.createDirectories(out());
    Path own = Files.writeString(out().resolve("0001.dcm"), "mine");
    try (Archive archive = Archive.open(Reply.parts("other", file(1, 300)))) {
      assertThatThrownBy(() -> client(archive).fetch(SERIES, out()))
          .hasMessageContaining("expected a new or empty folder");
      assertThat(archive.asked()).isEmpty();
    }
    assertThat(own).hasContent("mine");
  }

  @Test
  void aSeriesThatIsNotThereIsNamedSo() throws IOException {
    try (Archive archive = Archive.open(Reply.json(404, ""))) {
      assertThatThrownBy(() -> client(archive).fetch(SERIES, out()))
          .isInstanceOf(FileNotFoundException.class)
          .hasMessageContaining("has no such series");
    }
  }

  @Test
  void storesAFileAsItIs() throws IOException {
    byte[] content = file(3, 3000);
    Path file = Files.write(folder.resolve("seg.dcm"), content);
    try (Archive archive = Archive.open(Reply.json(200, "{}"))) {
      client(archive).store(file);

      assertThat(archive.asked()).containsExactly("POST /dicom-web/studies");
      assertThat(new String(archive.received(), StandardCharsets.ISO_8859_1))
          .contains(new String(content, StandardCharsets.ISO_8859_1))
          .startsWith("--")
          .contains("Content-Type: application/dicom")
          .endsWith("--\r\n");
    }
  }

  /** Such as a proxy that asks to log in: with status 200 nothing was stored. */
  @Test
  void anAnswerThatNoArchiveGivesIsNotTakenForSuccess() throws IOException {
    Path file = Files.write(folder.resolve("seg.dcm"), file(3, 3000));
    try (Archive archive =
        Archive.open(Reply.json(200, "<html>log in</html>"), Reply.json(200, ""))) {
      DicomWeb client = client(archive);

      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(() -> client.store(file))
            .hasMessageContaining("store " + file)
            .hasMessageContaining("whether it was taken is not known");
      }
    }
  }

  @Test
  void whatIsNotTakenIsToldWithFileAndReason() throws IOException {
    Path file = Files.write(folder.resolve("seg.dcm"), file(3, 3000));
    String refused =
        "{\"00081198\": {\"vr\": \"SQ\", \"Value\": [{\"00081197\":"
            + " {\"vr\": \"US\", \"Value\": [43264]}}]}}";
    try (Archive archive =
        Archive.open(Reply.json(409, refused), Reply.json(202, refused), Reply.json(202, "{}"))) {
      DicomWeb client = client(archive);

      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(() -> client.store(file))
            .hasMessageContaining(file + ": not taken by http://localhost")
            .hasMessageContaining("failure reason A900");
      }
      client.store(file); // accepted with a warning
    }
  }

  @Test
  void askedAgainWhatIsBusyAndNotWhatIsRefused() throws IOException {
    try (Archive archive =
        Archive.open(Reply.json(503, ""), Reply.json(200, ONE_SERIES), Reply.json(401, ""))) {
      DicomWeb client = DicomWeb.at(archive.address()).withRetries(1);

      assertThat(client.find(Map.of())).hasSize(1);
      assertThat(archive.asked()).hasSize(2);
      assertThatThrownBy(() -> client.withHeader("Authorization", "secret").find(Map.of()))
          .hasMessageContaining("status 401: the credentials (header Authorization)")
          .hasMessageNotContaining("secret");
      assertThat(archive.asked()).hasSize(3);
    }
  }

  @Test
  void redirectsAreNotFollowed() throws IOException {
    try (Archive archive = Archive.open(Reply.json(302, ""))) {
      assertThatThrownBy(() -> client(archive).find(Map.of()))
          .hasMessageContaining("status 302: redirects are not followed");
    }
  }

  @Test
  void anArchiveThatIsNotThereOrSilentIsTold() throws IOException {
    URI gone;
    try (Archive archive = Archive.open(Reply.json(200, "[]").late(5000))) {
      gone = archive.address();
      assertThatThrownBy(() -> client(archive).withTimeout(Duration.ofMillis(200)).find(Map.of()))
          .isInstanceOf(HttpTimeoutException.class)
          .hasMessageContaining("no whole answer within PT0.2S");
    }
    assertThatThrownBy(() -> DicomWeb.at(gone).withRetries(0).find(Map.of()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(gone + ": find series: cannot be reached");
    assertThatThrownBy(
            () -> DicomWeb.at(URI.create("http://nowhere.invalid/x")).withRetries(0).find(Map.of()))
        .isInstanceOf(IOException.class)
        .hasMessage("http://nowhere.invalid/x: find series: no such host is known");
  }

  @Test
  void aCertificateThatNobodySignedIsNotTrusted() throws IOException {
    try (Archive archive =
        Archive.openSecured(0, ArchiveOptions.tls(folder), Reply.json(200, "[]"))) {
      assertThatThrownBy(() -> client(archive).find(Map.of()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("no secure connection: ")
          .hasMessageNotContaining("Exception");
    }
  }

  @Test
  void anInterruptEndsTheWaiting() throws IOException {
    try (Archive archive = Archive.open(Reply.json(200, "[]").late(5000))) {
      Thread.currentThread().interrupt();

      assertThatThrownBy(() -> client(archive).find(Map.of()))
          .isInstanceOf(InterruptedIOException.class);
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void answersThatAreNoListOfSeriesAreRefused() throws IOException {
    try (Archive archive =
        Archive.open(Reply.json(200, "{}"), Reply.json(200, "[{}]"), Reply.json(200, "<html>"))) {
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(() -> client(archive).find(Map.of()))
            .isInstanceOf(IOException.class)
            .hasMessageContaining("expected a list of series as JSON");
      }
    }
  }

  @Test
  void refusesWhatIsNoAddressAndNoUid() {
    for (String address : List.of("ftp://pacs/x", "pacs", "http://pacs/x?y=1", "file:///x")) {
      assertThatThrownBy(() -> DicomWeb.at(URI.create(address)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(address);
    }
    assertThatThrownBy(() -> new DicomWeb.Series("1.2/../3", "1.2", "", "", OptionalInt.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("study must be a UID");
  }

  @Test
  void tellsNoSecretsOfItself() {
    DicomWeb archive =
        DicomWeb.at(URI.create("https://user:password@pacs.example/dicom-web"))
            .withHeader("Authorization", "Bearer token");

    assertThat(archive.toString())
        .contains("https://pacs.example/dicom-web", "Authorization")
        .doesNotContain("password", "token");
  }
}
