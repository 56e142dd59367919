package io.github.brainimaging.examples.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.brainimaging.core.archive.Archive;
import io.github.brainimaging.core.archive.Archive.Reply;
import io.github.brainimaging.core.archive.ArchiveOptions;
import io.github.brainimaging.examples.cli.Commands;
import io.github.brainimaging.examples.cli.DicomSlices;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code find}, {@code fetch} and {@code store} as a user runs them. */
class ArchiveCommandsTest {

  private static final String TWO_SERIES =
      """
      [{"0020000D": {"vr": "UI", "Value": ["1.2.3"]}, "0020000E": {"vr": "UI", "Value": ["1.2.3.4"]},
        "00080060": {"vr": "CS", "Value": ["MR"]}, "0008103E": {"vr": "LO", "Value": ["t1 gd"]},
        "00201209": {"vr": "IS", "Value": [2]}},
       {"0020000D": {"vr": "UI", "Value": ["1.2.3"]}, "0020000E": {"vr": "UI", "Value": ["1.2.3.5"]}}]""";

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(Object... arguments) {
    return Commands.run(out, err, arguments);
  }

  private static byte[] file(int length) {
    byte[] bytes = new byte[length];
    System.arraycopy("DICM".getBytes(StandardCharsets.US_ASCII), 0, bytes, 128, 4);
    return bytes;
  }

  @Test
  void seriesAreListed() throws IOException {
    try (Archive archive = Archive.open(Reply.json(200, TWO_SERIES))) {
      assertThat(
              run(
                  "find",
                  archive.address(),
                  "--accession",
                  "A 1",
                  "--modality",
                  "MR",
                  "--where",
                  "limit=5"))
          .isZero();
      assertThat(archive.asked().get(0))
          .startsWith("GET /dicom-web/series?AccessionNumber=A%201&Modality=MR&limit=5&");
      assertThat(run("find", archive.address(), "--json")).isZero();
    }
    assertThat(out.toString())
        .contains("MR           2  1.2.3  1.2.3.4  t1 gd", "?  1.2.3  1.2.3.5", "2 series")
        .contains("\"description\": \"t1 gd\"");
  }

  @Test
  void seriesAreFetchedOnceAndOneThatFailsIsNamed() throws IOException {
    Path copies = folder.resolve("copies");
    Reply parts = Reply.parts("boundary", file(300), file(400));
    try (Archive archive =
        Archive.open(
            Reply.json(200, TWO_SERIES),
            parts,
            Reply.json(500, ""),
            Reply.json(200, TWO_SERIES),
            parts)) {
      assertThat(run("fetch", archive.address(), "--study", "1.2.3", "--out", copies)).isEqualTo(1);
      assertThat(out.toString())
          .contains("MR  1.2.3.4  2 files", "1.2.3.5  FAILED: ", "status 500")
          .contains("1 series in " + copies + ", 1 failed");
      assertThat(copies.resolve("1.2.3.4/0002.dcm")).hasBinaryContent(file(400));

      assertThat(run("fetch", archive.address(), "--study", "1.2.3", "--out", copies)).isZero();
      assertThat(out.toString()).contains("1.2.3.4  2 files, there already", "2 series in");
      assertThat(copies.resolve("1.2.3.5/0001.dcm")).exists();
      assertThat(archive.asked()).hasSize(5);
    }
    try (Archive archive = Archive.open(Reply.json(204, ""))) {
      assertThat(run("fetch", archive.address(), "--study", "9", "--out", copies)).isEqualTo(1);
      assertThat(out.toString()).contains("no series matches");
      assertThat(run("fetch", archive.address(), "--out", copies)).isEqualTo(2);
      assertThat(err.toString()).contains("what is to be fetched must be told");
    }
  }

  @Test
  void filesAreStoredAndWhatIsNotTakenIsNamed() throws IOException {
    DicomSlices.write(Ellipsoids.head(1), folder.resolve("study"));
    Files.writeString(folder.resolve("study/notes.txt"), "no image");
    Path no = Files.writeString(folder.resolve("no.dcm"), "no image either");
    long files;
    try (Stream<Path> all = Files.list(folder.resolve("study"))) {
      files = all.count() - 1;
    }
    Reply refused =
        Reply.json(
            409,
            "{\"00081198\": {\"vr\": \"SQ\", \"Value\": [{\"00081197\":"
                + " {\"vr\": \"US\", \"Value\": [43264]}}]}}");
    try (Archive archive = Archive.open(refused, Reply.json(200, "{}"))) {
      assertThat(run("store", archive.address(), folder.resolve("study"), no)).isEqualTo(1);
      assertThat(archive.asked()).hasSize((int) files).allMatch(a -> a.startsWith("POST "));
    }
    assertThat(out.toString())
        .contains("not taken by http://localhost", "failure reason A900")
        .contains(no + ": expected a DICOM file", files - 1 + " files stored, 2 failed");
  }

  @Test
  void secretsComeFromAFileAndAreShownNowhere() throws IOException {
    Path secret = Files.writeString(folder.resolve("secret"), "Bearer s3cret\n");
    Path wrong = Files.writeString(folder.resolve("wrong"), "Bearer\ns3cret");
    try (Archive archive = Archive.open(Reply.json(200, "[]"), Reply.json(401, ""))) {
      Object[] asked = {"find", archive.address(), "--authorization-file", secret};
      assertThat(run(asked)).isZero();
      assertThat(archive.authorizations()).containsExactly("Bearer s3cret");
      assertThat(run(asked)).isEqualTo(1);
      assertThat(run("find", archive.address(), "--authorization-file", wrong)).isEqualTo(2);
      assertThat(run("find", archive.address(), "--authorization-env", "BRAIN_NOT_SET"))
          .isEqualTo(2);
      assertThat(archive.asked()).hasSize(2);
    }
    assertThat(run("find", "https://me:s3cret@localhost/x")).isEqualTo(2);
    assertThat(run("find", "pacs")).isEqualTo(2);
    assertThat(run("find", "http://localhost/x", "--retries", "11")).isEqualTo(2);
    assertThat(err.toString() + out)
        .contains("status 401: the credentials", "holds more than one line of ASCII")
        .contains("the environment variable BRAIN_NOT_SET is empty")
        .contains("URL must not hold a password", "URL must be an address of http or https")
        .contains("--retries must be 0 to 10, got 11")
        .doesNotContain("s3cret");
  }

  @Test
  void certificatesOfAHospitalCanBeTrusted() throws IOException, GeneralSecurityException {
    try (Archive archive =
        Archive.openSecured(0, ArchiveOptions.tls(folder), Reply.json(200, "[]"))) {
      assertThat(run("find", archive.address(), "--retries", "0")).isEqualTo(1);
      assertThat(err.toString()).contains("no secure connection");

      Path pem = Files.writeString(folder.resolve("ca.pem"), pem());
      assertThat(run("find", archive.address(), "--trust", pem)).isZero();
      Path none = Files.writeString(folder.resolve("none.pem"), "");
      assertThat(run("find", archive.address(), "--trust", none)).isEqualTo(1);
      assertThat(err.toString()).contains(none + ": expected certificates (PEM)");
    }
  }

  private String pem() throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(folder.resolve("localhost.p12"))) {
      keys.load(in, "changeit".toCharArray());
    }
    byte[] certificate = keys.getCertificate("localhost").getEncoded();
    return "-----BEGIN CERTIFICATE-----\n"
        + Base64.getMimeEncoder().encodeToString(certificate)
        + "\n-----END CERTIFICATE-----\n";
  }
}
