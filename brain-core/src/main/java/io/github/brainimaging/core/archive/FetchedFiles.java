package io.github.brainimaging.core.archive;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.fileupload.MultipartStream;

/** Takes an answer in several parts apart, a file for each. */
final class FetchedFiles {

  private static final Pattern BOUNDARY =
      Pattern.compile(
          ";\\s*boundary\\s*=\\s*(?:\"([^\"]{1,200})\"|([^;\\s]{1,200}))",
          Pattern.CASE_INSENSITIVE);
  private static final int BUFFER = 1 << 16;
  private static final int MAGIC = 128;

  private FetchedFiles() {}

  static void requireEmpty(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        if (files.findAny().isPresent()) {
          throw new IOException(folder + ": expected a new or empty folder, found files in it");
        }
      }
    }
  }

  static List<Path> write(DicomWeb.Answer answer, Path folder) throws IOException {
    Path target = Files.createDirectories(folder).toRealPath();
    Path apart = Files.createTempDirectory(target, ".fetching-");
    List<Path> parts = new ArrayList<>();
    List<Path> files = new ArrayList<>();
    try {
      takeApart(answer, apart, parts);
      for (Path part : parts) {
        files.add(Files.move(part, target.resolve(part.getFileName())));
      }
      return List.copyOf(files);
    } catch (IOException e) {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
      throw e;
    } finally {
      for (Path part : parts) {
        Files.deleteIfExists(part);
      }
      Files.deleteIfExists(apart);
    }
  }

  private static void takeApart(DicomWeb.Answer answer, Path folder, List<Path> parts)
      throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(answer.content()), BUFFER)) {
      MultipartStream stream = new MultipartStream(in, boundary(answer), BUFFER, null);
      boolean more = stream.skipPreamble();
      while (more) {
        String unused = stream.readHeaders();
        Path part = folder.resolve(String.format(Locale.ROOT, "%04d.dcm", parts.size() + 1));
        parts.add(part);
        try (OutputStream out = Files.newOutputStream(part)) {
          int unusedLength = stream.readBodyData(out);
        }
        if (!isDicom(part)) {
          throw new IOException(
              answer.what() + ": expected DICOM files, found part " + parts.size() + " to be none");
        }
        more = stream.readBoundary();
      }
    } catch (MultipartStream.MalformedStreamException
        | MultipartStream.IllegalBoundaryException e) {
      throw new IOException(
          answer.what() + ": the answer is cut off after " + parts.size() + " files", e);
    }
    if (parts.isEmpty()) {
      throw new IOException(answer.what() + ": expected files, found none in the answer");
    }
  }

  private static byte[] boundary(DicomWeb.Answer answer) throws IOException {
    String type = answer.response().headers().firstValue("Content-Type").orElse("");
    Matcher found = BOUNDARY.matcher(type);
    if (!type.toLowerCase(Locale.ROOT).startsWith("multipart/related") || !found.find()) {
      throw new IOException(
          answer.what() + ": expected an answer of multipart/related, found \"" + type + "\"");
    }
    String boundary = found.group(1) == null ? found.group(2) : found.group(1);
    return boundary.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static boolean isDicom(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] start = in.readNBytes(MAGIC + 4);
      return start.length == MAGIC + 4
          && new String(start, MAGIC, 4, StandardCharsets.US_ASCII).equals("DICM");
    }
  }
}
