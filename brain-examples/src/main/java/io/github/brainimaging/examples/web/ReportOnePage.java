package io.github.brainimaging.examples.web;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/** Makes one page of the folder of a report, since nothing of it is there when it is looked at. */
final class ReportOnePage {

  private static final String END = "</body>";

  private ReportOnePage() {}

  /** The page of the only volume, or that of the images, with the mask to be saved. */
  static String of(Path folder) throws IOException {
    List<Path> volumes = files(folder.resolve("pages"));
    String page =
        Files.readString(volumes.isEmpty() ? folder.resolve("index.html") : volumes.get(0));
    StringBuilder links = new StringBuilder("<p><a href=\"/\">Another image</a>");
    for (Path mask : files(folder.resolve("masks"))) {
      String ending = mask.toString().endsWith(".png") ? ".png" : ".nii.gz";
      links
          .append(" \u00b7 <a download=\"mask")
          .append(ending)
          .append("\" href=\"data:application/octet-stream;base64,")
          .append(Base64.getEncoder().encodeToString(Files.readAllBytes(mask)))
          .append("\">Save the mask (")
          .append(ending)
          .append(")</a>");
    }
    // The picture in full size is a file beside the page; enlarged, the page shows one of its own.
    String alone = page.replaceAll("data-overlay=\"[^\"]*\"", "data-overlay=\"\"");
    int end = alone.lastIndexOf(END);
    return alone.substring(0, end) + links + "</p>\n" + alone.substring(end);
  }

  private static List<Path> files(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> found = Files.list(folder)) {
      return found.sorted().toList();
    }
  }
}
