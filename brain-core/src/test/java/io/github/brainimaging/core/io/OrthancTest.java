package io.github.brainimaging.core.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.brainimaging.core.archive.DicomWeb;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeMask;
import io.github.brainimaging.core.report.Overlay;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real archive takes our results and gives them back. Run by {@code -Dorthanc.plugins=DIR}, the
 * folder of Orthanc's plug-ins (Debian: orthanc, orthanc-dicomweb), with Orthanc on the path.
 */
class OrthancTest {

  private static final String LOGIN =
      "Basic " + Base64.getEncoder().encodeToString("me:mine".getBytes(StandardCharsets.UTF_8));

  @TempDir private Path folder;

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private Process start(Path plugins, int port) throws IOException {
    Path settings =
        Files.writeString(
            folder.resolve("orthanc.json"),
            """
            {"StorageDirectory": "%1$s", "IndexDirectory": "%1$s", "HttpPort": %2$d,
             "DicomServerEnabled": false, "Plugins": ["%3$s"],
             "AuthenticationEnabled": true,
             "RegisteredUsers": {"me": "mine"}, "DicomWeb": {"Enable": true}}
            """
                .formatted(
                    folder.resolve("storage"), port, plugins.resolve("libOrthancDicomWeb.so")));
    return new ProcessBuilder("Orthanc", settings.toString())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("orthanc.log").toFile())
        .start();
  }

  /** Asks until it answers, half a minute. */
  private static void await(DicomWeb archive) throws IOException {
    // Refused connections are asked again by the client itself: 0.5 s, 1 s, 2 s, 4 s, 8 s, 16 s.
    List<DicomWeb.Series> none = archive.withRetries(6).find(Map.of());
    assertThat(none).isEmpty();
  }

  @Test
  void resultsComeBackAsTheyWereStored() throws IOException {
    String plugins = System.getProperty("orthanc.plugins");
    assumeTrue(plugins != null, "no Orthanc: -Dorthanc.plugins=DIR runs this");
    int port = freePort();
    Process orthanc = start(Path.of(plugins), port);
    try {
      DicomWeb archive =
          DicomWeb.at(URI.create("http://localhost:" + port + "/dicom-web"))
              .withHeader("Authorization", LOGIN);
      await(archive);
      assertThatThrownBy(() -> archive.withHeader("Authorization", "Basic none").find(Map.of()))
          .hasMessageContaining("status 401: the credentials");
      List<Path> files = results();
      for (Path file : files) {
        archive.store(file);
      }

      List<DicomWeb.Series> found = archive.find(Map.of("StudyInstanceUID", "1.2.840.4712"));

      assertThat(found)
          .extracting(DicomWeb.Series::modality)
          .containsExactlyInAnyOrder("MR", "MR", "SEG", "SR", "RTSTRUCT", "OT", "DOC");
      List<DicomElements> stored = new ArrayList<>();
      for (DicomWeb.Series series : found) {
        Path target = folder.resolve("back").resolve(series.series());
        for (Path file : archive.fetch(series, target)) {
          stored.add(DicomElements.read(file));
        }
      }
      for (Path file : files) {
        DicomElements sent = DicomElements.read(file);
        DicomElements back =
            stored.stream()
                .filter(other -> other.text(0x00080018).equals(sent.text(0x00080018)))
                .findFirst()
                .orElseThrow();
        assertThat(text(back)).isEqualTo(text(sent));
      }
      // And the series that came back is a volume, with its segmentation beside it.
      DicomSeries series = DicomFolder.scan(folder.resolve("back/1.2.840.4714")).series().get(0);
      assertThat(series.read().depth()).isEqualTo(3);
    } finally {
      orthanc.destroy();
    }
  }

  private List<Path> results() throws IOException {
    DicomSeries source = DicomResultsTest.series(folder);
    VolumeMask mask = DicomResultsTest.mask(source.grid());
    DicomSegWriter seg = DicomSegWriter.ofTumor();
    List<Path> files = new ArrayList<>(source.files());
    for (String name : List.of("seg", "sr", "rtstruct", "sc", "pmap", "pdf")) {
      files.add(folder.resolve(name + ".dcm"));
    }
    seg.write(mask, source, folder.resolve("seg.dcm"));
    DicomReportWriter.of(seg).write(mask, source, folder.resolve("sr.dcm"));
    DicomContourWriter.of(seg).write(mask, source, folder.resolve("rtstruct.dcm"));
    DicomCaptureWriter.of("Outlines")
        .write(
            List.of(Overlay.draw(source.read().slice(0), mask.slice(0))),
            source,
            folder.resolve("sc.dcm"));
    float[] values = new float[source.grid().voxels()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) i / values.length;
    }
    DicomMapWriter.of(seg)
        .write(MedicalVolume.wrap(source.grid(), 1, values), source, folder.resolve("pmap.dcm"));
    DicomPdfWriter.of("Report")
        .write(
            "%PDF-1.4 of sorts".getBytes(StandardCharsets.US_ASCII),
            source,
            folder.resolve("pdf.dcm"));
    return files;
  }

  /** All elements but those of the file itself (group 2). */
  private static String text(DicomElements elements) {
    return Stream.concat(
            elements.values().entrySet().stream()
                .filter(element -> element.getKey() >>> 16 != 2)
                .map(e -> Integer.toHexString(e.getKey()) + "=" + Arrays.toString(e.getValue())),
            elements.sequences().entrySet().stream()
                .map(
                    e ->
                        Integer.toHexString(e.getKey())
                            + "="
                            + e.getValue().stream().map(OrthancTest::text).toList()))
        .toList()
        .toString();
  }
}
