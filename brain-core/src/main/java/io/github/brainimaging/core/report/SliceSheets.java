package io.github.brainimaging.core.report;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.stream.JsonWriter;
import io.github.brainimaging.core.geometry.AnatomicalPlane;
import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeMask;
import io.github.brainimaging.core.measure.Lesion;
import io.github.brainimaging.core.transform.intensity.DisplayWindow;
import io.github.brainimaging.core.transform.spatial.Resize;
import io.github.brainimaging.core.work.AtomicFiles;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The slices of a volume in one plane as pictures beside the page, which shows one slice at a time.
 * Many slices lie on one picture, row after row, each at a multiple of 8 pixels, so that the blocks
 * of JPEG do not mix two; outlines are pictures of their own, clear but for the lines.
 *
 * <p>What a volume costs on disk is bounded: a slice has at most 384 x 384 pixels, a plane at most
 * 512 slices, one in which the volume was not acquired at most 128; of more, every n-th is shown.
 *
 * @param plane the plane in words
 * @param width the width of a slice in pixels
 * @param height its height
 * @param slices the numbers of the slices that are shown, in order
 * @param start the slice that is shown first
 * @param pictures the files, relative to the report's folder
 * @param outlines as many files; null for one without a line
 */
record SliceSheets(
    String plane,
    int width,
    int height,
    List<Integer> slices,
    int start,
    List<String> pictures,
    List<@Nullable String> outlines) {

  private static final int LONGEST_SIDE = 384;
  private static final int MOST = 512;
  private static final int MOST_ACROSS = 128;
  private static final int COLUMNS = 8;
  private static final int ROWS = 4;
  private static final int BLOCK = 8;
  private static final String KEY = "slicePictures";

  /**
   * Draws a volume in the plane in which it was acquired and in the others, where its orientation
   * is known; first shown is what lies in the middle of the largest lesion.
   */
  static List<SliceSheets> write(Path folder, String name, VolumeFindings findings)
      throws IOException {
    MedicalVolume volume = findings.analysis().volume();
    List<SliceSheets> planes = new ArrayList<>();
    planes.add(write(folder, name, findings.view(), findings.mask(), findings));
    if (volume.affine().isPresent()) {
      for (AnatomicalPlane plane : AnatomicalPlane.values()) {
        if (plane != AnatomicalPlane.acquired(volume.grid())) {
          PlaneView across = PlaneView.of(volume, plane);
          planes.add(write(folder, name, across, across.turn(findings.given()), findings));
        }
      }
    }
    return planes;
  }

  private static SliceSheets write(
      Path folder, String name, PlaneView view, VolumeMask turned, VolumeFindings findings)
      throws IOException {
    DisplayWindow window = findings.window();
    List<Lesion> lesions = findings.lesions();
    int start =
        lesions.isEmpty() || lesions.get(0).centroidMm().isEmpty()
            ? PlaneView.fullestSlice(turned)
            : view.sliceAt(lesions.get(0).centroidMm());
    int depth = view.volume().depth();
    int most = view.isAcquired() ? MOST : MOST_ACROSS;
    int step = (depth + most - 1) / most;
    List<Integer> slices = IntStream.range(0, depth).filter(z -> z % step == 0).boxed().toList();
    Resize fit = view.fitting(LONGEST_SIDE);
    MedicalImage first = fit.apply(view.slice(0));
    List<String> pictures = new ArrayList<>();
    List<@Nullable String> outlines = new ArrayList<>();
    String file = ReportFolder.SLICES + "/" + name + "-" + view.name().replace(' ', '-') + "-";
    for (int from = 0; from < slices.size(); from += COLUMNS * ROWS) {
      List<Integer> shown = slices.subList(from, Math.min(slices.size(), from + COLUMNS * ROWS));
      Sheet sheet = new Sheet(first.width(), first.height(), shown.size());
      for (int i = 0; i < shown.size(); i++) {
        int z = shown.get(i);
        sheet.draw(i, fit.apply(DisplayGray.of(view.slice(z), window)));
        sheet.outline(i, turned.slice(z), fit);
      }
      String number = file + (pictures.size() + 1);
      byte[] gray = Thumbnail.jpeg(sheet.gray);
      AtomicFiles.write(folder.resolve(number + ".jpg"), out -> out.write(gray));
      pictures.add(number + ".jpg");
      if (sheet.outlined) {
        byte[] lines = sheet.lines();
        AtomicFiles.write(folder.resolve(number + ".png"), out -> out.write(lines));
      }
      outlines.add(sheet.outlined ? number + ".png" : null);
    }
    return new SliceSheets(
        view.name(), first.width(), first.height(), slices, start, pictures, outlines);
  }

  /** Whether a line is drawn on any slice. */
  boolean hasOutlines() {
    return outlines.stream().anyMatch(file -> file != null);
  }

  /** What the page needs to know to show them, an object. */
  void write(JsonWriter json) throws IOException {
    json.beginObject();
    json.name("plane").value(plane);
    json.name("width").value(width);
    json.name("height").value(height);
    json.name("columns").value(COLUMNS);
    json.name("rows").value(ROWS);
    json.name("start").value(start);
    json.name("slices").beginArray();
    for (int slice : slices) {
      json.value(slice);
    }
    json.endArray();
    json.name("pictures");
    JsonParts.texts(json, pictures);
    json.name("outlines").beginArray();
    for (@Nullable String file : outlines) {
      json.value(file);
    }
    json.endArray();
    json.endObject();
  }

  /** Under its key. */
  static void write(JsonWriter json, List<SliceSheets> planes) throws IOException {
    json.name(KEY).beginArray();
    for (SliceSheets sheets : planes) {
      sheets.write(json);
    }
    json.endArray();
  }

  /** The files that a result names. */
  static List<String> files(JsonObject result) {
    List<String> files = new ArrayList<>();
    if (result.get(KEY) == null || !result.get(KEY).isJsonArray()) {
      return files;
    }
    for (JsonElement plane : result.getAsJsonArray(KEY)) {
      for (String key : List.of("pictures", "outlines")) {
        for (JsonElement file : plane.getAsJsonObject().getAsJsonArray(key)) {
          if (file.isJsonPrimitive()) {
            files.add(file.getAsString());
          }
        }
      }
    }
    return files;
  }

  /** One picture while it is drawn. */
  private static final class Sheet {
    private final int width;
    private final int height;
    private final BufferedImage gray;
    private final BufferedImage lines;
    private boolean outlined;

    Sheet(int width, int height, int count) {
      this.width = (width + BLOCK - 1) / BLOCK * BLOCK;
      this.height = (height + BLOCK - 1) / BLOCK * BLOCK;
      int wide = this.width * Math.min(count, COLUMNS);
      int high = this.height * ((count + COLUMNS - 1) / COLUMNS);
      gray = new BufferedImage(wide, high, BufferedImage.TYPE_BYTE_GRAY);
      Color line = new Color(Overlay.COLOR[0], Overlay.COLOR[1], Overlay.COLOR[2]);
      int[] colors = {0, line.getRGB()};
      lines =
          new BufferedImage(
              wide,
              high,
              BufferedImage.TYPE_BYTE_BINARY,
              new IndexColorModel(1, 2, colors, 0, true, 0, DataBuffer.TYPE_BYTE));
    }

    private int left(int place) {
      return place % COLUMNS * width;
    }

    private int top(int place) {
      return place / COLUMNS * height;
    }

    void draw(int place, MedicalImage image) {
      gray.getRaster()
          .setSamples(
              left(place), top(place), image.width(), image.height(), 0, rounded(image.samples()));
    }

    private static int[] rounded(float[] samples) {
      int[] whole = new int[samples.length];
      for (int i = 0; i < whole.length; i++) {
        whole[i] = Math.max(0, Math.min(255, Math.round(samples[i])));
      }
      return whole;
    }

    void outline(int place, Mask mask, Resize fit) {
      if (mask.isEmpty()) {
        return;
      }
      Mask outline = Thumbnail.shrunk(mask, fit).outline();
      WritableRaster raster = lines.getRaster();
      for (int y = 0; y < outline.height(); y++) {
        for (int x = 0; x < outline.width(); x++) {
          if (outline.get(x, y)) {
            raster.setSample(left(place) + x, top(place) + y, 0, 1);
            outlined = true;
          }
        }
      }
    }

    byte[] lines() throws IOException {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (ImageOutputStream stream = new MemoryCacheImageOutputStream(bytes)) {
        if (!ImageIO.write(lines, "png", stream)) {
          throw new IOException("this Java writes no PNG");
        }
      }
      return bytes.toByteArray();
    }
  }
}
