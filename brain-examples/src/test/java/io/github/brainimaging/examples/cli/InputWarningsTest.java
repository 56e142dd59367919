package io.github.brainimaging.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.brainimaging.core.image.Affine;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.io.NiftiWriter;
import io.github.brainimaging.core.io.PngImageWriter;
import io.github.brainimaging.examples.cli.file.HeadPhantom;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is doubtful about an input stands where people look: info, table, JSON, page, CSV. */
class InputWarningsTest {

  /** Each file with what is to be said of it. */
  private static final Map<String, String> TOLD =
      Map.of(
          "pages.tif",
          "the file has 2 pages; the first was read",
          "turned.tif",
          "the file wants to be shown turned right by 90 degrees (orientation 6); the samples are"
              + " in the order of the file",
          "unknown.tif",
          "the file's orientation is not understood (orientation 9); the samples are in the order"
              + " of the file",
          "far.nii",
          "1 of 65536 samples lie far above the others, at up to 1000000 where those end at 229",
          "none.nii",
          "1 of 65536 samples are no numbers",
          "lengths.nii",
          "axis 1 has voxels of 0.900 mm by the affine, which was taken, and of 3.00 mm by pixdim",
          "black.png",
          "all samples are 0");

  @TempDir Path folder;

  private Path images() throws IOException {
    Path images = Files.createDirectories(folder.resolve("in"));
    MedicalImage head = HeadPhantom.draw(165, 105, 18, 2);
    tiff(images.resolve("pages.tif"), head, 1, 2);
    tiff(images.resolve("turned.tif"), head, 6, 1);
    tiff(images.resolve("unknown.tif"), head, 9, 1);
    nifti(images.resolve("far.nii"), head, 1e6f);
    nifti(images.resolve("none.nii"), head, Float.NaN);
    Path lengths = images.resolve("lengths.nii");
    nifti(lengths, head, 0);
    byte[] file = Files.readAllBytes(lengths);
    // pixdim[1] and qform_code of nifti1.h
    ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putFloat(80, 3).putShort(252, (short) 0);
    Files.write(lengths, file);
    PngImageWriter.write(
        head.withSamples(new float[head.width() * head.height()]), images.resolve("black.png"));
    PngImageWriter.write(head, images.resolve("plain.png"));
    return images;
  }

  private static void nifti(Path file, MedicalImage head, float first) throws IOException {
    float[] samples = head.samples();
    samples[0] = first;
    NiftiWriter.withDefaults()
        .write(
            MedicalVolume.of(
                VolumeGrid.ofSize(head.width(), head.height(), 1)
                    .withAffine(Affine.scaling(0.9, 0.9, 5)),
                samples),
            file);
  }

  /** Gray of 8 bits, every page the same. */
  private static void tiff(Path file, MedicalImage head, int orientation, int pages)
      throws IOException {
    int pixels = head.width() * head.height();
    int[][] entries = {
      {256, head.width()},
      {257, head.height()},
      {258, 8},
      {259, 1},
      {262, 1},
      {273, 8},
      {274, orientation},
      {278, head.height()},
      {279, pixels}
    };
    int length = 2 + 12 * entries.length + 4;
    ByteBuffer out =
        ByteBuffer.allocate(8 + pixels + pages * length).order(ByteOrder.LITTLE_ENDIAN);
    out.put((byte) 'I').put((byte) 'I').putShort((short) 42).putInt(8 + pixels);
    for (float sample : head.samples()) {
      out.put((byte) sample);
    }
    for (int page = 1; page <= pages; page++) {
      out.putShort((short) entries.length);
      for (int[] entry : entries) {
        out.putShort((short) entry[0]).putShort((short) 4).putInt(1).putInt(entry[1]);
      }
      out.putInt(page == pages ? 0 : 8 + pixels + page * length);
    }
    Files.write(file, out.array());
  }

  @Test
  void infoSaysIt() throws IOException {
    Path images = images();
    Path json = folder.resolve("info.json");
    StringWriter out = new StringWriter();

    assertThat(Commands.run(out, out, "info", images, "--json", json)).as("%s", out).isZero();

    for (JsonElement each : Commands.json(json).getAsJsonArray("images")) {
      JsonObject image = each.getAsJsonObject();
      String name = Path.of(image.get("file").getAsString()).getFileName().toString();
      String found = image.has("findings") ? image.get("findings").getAsString() : "nothing";
      assertThat(found).as(name).isEqualTo(TOLD.getOrDefault(name, "nothing"));
    }
    TOLD.values().forEach(told -> assertThat(out.toString()).contains(told));
  }

  @Test
  void segmentSaysIt() throws IOException {
    assertSaidBy("segment");
  }

  @Test
  void analyzeSaysIt() throws IOException {
    assertSaidBy("analyze");
  }

  private void assertSaidBy(String command) throws IOException {
    Path images = images();
    Path out = folder.resolve("out");
    Path csv = folder.resolve("all.csv");
    StringWriter printed = new StringWriter();

    int code =
        Commands.run(
            printed, printed, command, images, "--method", "classical", "--out", out, "--csv", csv);

    assertThat(code).as("%s", printed).isZero();
    String page = Files.readString(out.resolve("index.html"));
    for (JsonElement each : Commands.json(out.resolve("report.json")).getAsJsonArray("results")) {
      JsonObject result = each.getAsJsonObject();
      String name = result.get("input").getAsString();
      String told = TOLD.getOrDefault(name, "");
      assertThat(texts(result.getAsJsonObject("image"), "warnings")).as(name).isEqualTo(told);
      assertThat(line(printed.toString(), name)).endsWith(told);
      assertThat(line(Files.readString(csv), name)).contains(told);
      if (!told.isEmpty()) {
        assertThat(page).contains("<small>" + told.replace("'", "&#39;") + "</small>");
      }
    }
  }

  private static String texts(JsonObject object, String key) {
    return StreamSupport.stream(object.getAsJsonArray(key).spliterator(), false)
        .map(JsonElement::getAsString)
        .collect(Collectors.joining("; "));
  }

  private static String line(String text, String name) {
    return text.lines().filter(line -> line.startsWith(name)).findFirst().orElseThrow();
  }
}
