package io.github.brainimaging.examples.cli.file;

import io.github.brainimaging.core.io.MedicalImageReader;
import io.github.brainimaging.core.io.MedicalVolumeReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An image file that the user asked for.
 *
 * @param name what to call it: its name, or its path in the folder that was given, with "/" between
 *     folders; if two would be called the same, with what tells the folders apart
 * @param file where it is
 * @param below its name, or its path in the folder that was given
 */
public record Input(String name, Path file, String below) {

  /** What stands for a byte that the locale cannot read. */
  private static final char UNREADABLE = '\uFFFD';

  private static final Pattern IMAGE_NAME =
      Pattern.compile(".*\\.(png|jpe?g|tiff?|bmp)", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  /**
   * Files as they are; of folders, every file in them and their sub-folders that is an image or a
   * volume by its content, hidden ones left out, in alphabetical order. A file that has the name of
   * an image, or that cannot be opened, is listed whatever its content, so that it is seen to fail
   * rather than missed. Masks and pictures that an earlier run wrote are left out.
   *
   * @param out the folder of the report
   * @throws NoSuchFileException if a path does not exist, or a folder holds no image
   */
  public static List<Input> list(List<Path> paths, Path out) throws IOException {
    List<Input> inputs = new ArrayList<>();
    for (Path path : paths) {
      if (Files.isDirectory(path)) {
        List<Input> found = inFolder(path, out);
        if (found.isEmpty()) {
          throw new NoSuchFileException(
              path.toString(), null, "no image or volume of a known format in this folder");
        }
        inputs.addAll(found);
      } else if (Files.exists(path)) {
        String name = lastOf(written(path).replace(File.separatorChar, '/'));
        inputs.add(new Input(name, path, name));
      } else {
        throw new NoSuchFileException(path.toString(), null, "no such file or folder");
      }
    }
    return toldApart(inputs);
  }

  /** What a report of these paths is called: their last names. */
  public static String title(List<Path> paths) {
    return paths.stream()
        .map(path -> String.valueOf(path.toAbsolutePath().normalize().getFileName()))
        .collect(Collectors.joining(", "));
  }

  /** The names with the folders above them, as many as it takes, where two are the same. */
  private static List<Input> toldApart(List<Input> inputs) {
    List<Input> all = inputs;
    for (int folders = 1;
        all.stream().map(Input::name).distinct().count() < all.size();
        folders++) {
      Map<String, Long> count =
          all.stream().collect(Collectors.groupingBy(Input::name, Collectors.counting()));
      int more = folders;
      List<Input> longer =
          all.stream()
              .map(i -> count.getOrDefault(i.name, 0L) > 1 ? i.withFolders(more) : i)
              .toList();
      if (longer.equals(all)) {
        break; // The same file twice.
      }
      all = longer;
    }
    return all;
  }

  private Input withFolders(int count) {
    Path absolute = file.toAbsolutePath().normalize();
    int names = Path.of(below).getNameCount();
    int from = Math.max(0, absolute.getNameCount() - names - count);
    String longer = absolute.subpath(from, absolute.getNameCount()).toString().replace('\\', '/');
    return new Input(longer, file, below);
  }

  private static List<Input> inFolder(Path folder, Path out) throws IOException {
    List<Path> files;
    // The real path, since a walk does not follow a link, not even the one that it begins with.
    Path start = folder.toRealPath();
    List<Path> written = new Outputs(out).ofEarlierRun();
    try (Stream<Path> walk = Files.walk(start)) {
      files =
          walk.filter(file -> written.stream().noneMatch(file::startsWith))
              .filter(file -> Files.isRegularFile(file) || isImageName(file))
              .filter(file -> !Files.isDirectory(file))
              .sorted()
              .toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    List<Input> found = new ArrayList<>();
    for (Path file : files) {
      String name = written(start.relativize(file)).replace('\\', '/');
      boolean hidden = name.startsWith(".") || name.contains("/.");
      if (!hidden && (isImageName(file) || isImage(file))) {
        found.add(new Input(name, folder.resolve(start.relativize(file)), name));
      }
    }
    return found;
  }

  /**
   * A path as its bytes spell it in UTF-8, where the locale (such as {@code LC_ALL=C}, which
   * containers have) lets Java read ASCII only.
   */
  private static String written(Path path) {
    if (path.toString().indexOf(UNREADABLE) < 0) {
      return path.toString();
    }
    String whole = path.toUri().getPath(); // from percent codes, as UTF-8
    String here = Path.of("").toUri().getPath(); // with "/" at its end
    return path.isAbsolute() || !whole.startsWith(here) ? whole : whole.substring(here.length());
  }

  private static String lastOf(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private static boolean isImageName(Path file) {
    return IMAGE_NAME.matcher(file.getFileName().toString()).matches();
  }

  private static boolean isImage(Path file) {
    try {
      return MedicalImageReader.recognizes(file) || MedicalVolumeReader.recognizes(file);
    } catch (IOException e) {
      return true; // Reading it will say why it cannot be opened.
    }
  }
}
