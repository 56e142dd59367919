package io.github.brainimaging.examples.cli.command;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.io.DicomFile;
import io.github.brainimaging.core.io.DicomFolder;
import io.github.brainimaging.core.io.ImageFormatException;
import io.github.brainimaging.core.io.MedicalImageReader;
import io.github.brainimaging.core.study.Study;
import io.github.brainimaging.examples.cli.file.FileFacts;
import io.github.brainimaging.examples.cli.file.JsonFile;
import io.github.brainimaging.examples.cli.file.LeftOut;
import io.github.brainimaging.examples.cli.file.Recognition;
import io.github.brainimaging.examples.cli.file.StudyTable;
import io.github.brainimaging.examples.cli.file.Terminal;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says what is in a file, or in the files of a folder. */
@Command(
    name = "info",
    mixinStandardHelpOptions = true,
    description =
        "Prints format, size, spacing, orientation, intensity range of images, and what they say or"
            + " look like: modality, sequence, plane, skull.")
public final class InfoCommand implements Callable<Integer> {

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Parameters(arity = "1..*", paramLabel = "INPUT", description = "Image files or folders.")
  private List<Path> paths = List.of();

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Where the facts are written as JSON as well.")
  private @Nullable Path json;

  private final JsonArray images = new JsonArray();
  private final JsonArray studies = new JsonArray();
  private final Recognition looks = new Recognition();
  private int failed;

  @Override
  public Integer call() throws IOException {
    try (looks) {
      return printAll();
    }
  }

  private int printAll() throws IOException {
    for (Path path : paths) {
      if (!Files.exists(path)) {
        throw new NoSuchFileException(path.toString(), null, "no such file or folder");
      }
      if (Files.isDirectory(path)) {
        printFolder(path);
      } else {
        print(path, true);
      }
    }
    out().flush();
    if (json != null) {
      JsonObject all = new JsonObject();
      all.add("images", images);
      all.add("studies", studies);
      JsonFile.write(json, all);
    }
    return failed == 0 ? 0 : 1;
  }

  private void printSeries(Path path, DicomFolder dicom) {
    for (int i = 0; i < dicom.series().size(); i++) {
      JsonObject image = new JsonObject();
      image.addProperty("file", path.toString());
      image.addProperty("series", i);
      print(image, FileFacts.of(dicom.series().get(i)));
    }
  }

  /** DICOM series first, counted as {@code convert --series} counts them; then other images. */
  private void printFolder(Path folder) throws IOException {
    DicomFolder dicom = DicomFolder.scan(folder);
    printSeries(folder, dicom);
    Set<Path> shown = new HashSet<>();
    dicom.series().forEach(series -> shown.addAll(series.files()));
    LeftOut others = new LeftOut();
    for (Path file : filesIn(folder)) {
      // A report or a DICOMDIR is sound, though it is no image.
      boolean sound = dicom.others().contains(file) && DicomFile.recognizes(file);
      if (!shown.contains(file) && (sound || !print(file, false))) {
        others.add(
            folder.relativize(file).toString(),
            sound ? LeftOut.NO_PIXELS : "in no format of images that is read");
      }
    }
    others.print(out());
    printStudy(folder, dicom);
  }

  /** Which series would be chosen, and why no other. */
  private void printStudy(Path folder, DicomFolder dicom) {
    try {
      Study study = Study.of(folder, dicom);
      if (study.series().size() > 1) {
        studies.add(StudyTable.print(folder, study.describedBy(looks::facts), out()));
      }
    } catch (ImageFormatException e) {
      out().println(Terminal.plain(String.valueOf(e.getMessage())));
    }
  }

  private static List<Path> filesIn(Path folder) throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk.filter(Files::isRegularFile).sorted().toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** Prints the facts; false if the file is no image, which fails if it was asked for by name. */
  @CanIgnoreReturnValue
  private boolean print(Path file, boolean asked) {
    JsonObject image = new JsonObject();
    image.addProperty("file", file.toString());
    try {
      Optional<DicomFile> dicom =
          DicomFile.recognizes(file) ? Optional.of(DicomFile.open(file)) : Optional.empty();
      if (asked && dicom.isPresent() && dicom.get().stacks() > 1) {
        // Shown as a folder of several series is.
        printSeries(file, DicomFolder.scan(file));
        return true;
      }
      Optional<JsonObject> facts =
          dicom.isPresent()
              ? Optional.of(FileFacts.of(dicom.get(), looks))
              : FileFacts.of(file, looks);
      if (facts.isEmpty()) {
        if (asked) {
          fail(image, unknown(file));
        }
        return asked;
      }
      print(image, facts.get());
    } catch (IOException e) {
      fail(image, ImageFormatException.reason(e, file));
    }
    return true;
  }

  /** In the words of the reader, which says what it found. */
  private static String unknown(Path file) throws IOException {
    try {
      MedicalImage unused = MedicalImageReader.withDefaults().read(file);
    } catch (ImageFormatException e) {
      return String.valueOf(e.getMessage());
    }
    throw new IllegalStateException(file + " was no image and is one now");
  }

  private void print(JsonObject image, JsonObject facts) {
    facts.entrySet().forEach(fact -> image.add(fact.getKey(), fact.getValue()));
    images.add(image);
    for (var fact : image.entrySet()) {
      switch (fact.getKey()) {
        case "file" -> out().println(plain(fact.getValue()));
        case "affineRasMm" -> printRows(fact.getKey(), fact.getValue().getAsJsonArray());
        case "transferSyntax" -> {
          String name = FileFacts.nameOf(fact.getValue().getAsString());
          String named = name.isEmpty() ? "" : " (" + name + ")";
          out().println(line(fact.getKey(), fact.getValue()) + named);
        }
        default -> out().println(line(fact.getKey(), fact.getValue()));
      }
    }
  }

  /** As a matrix of four rows, in six digits; {@code --json} has all, of the first three rows. */
  private void printRows(String key, JsonArray values) {
    List<String> digits =
        new ArrayList<>(values.asList().stream().map(InfoCommand::inSixDigits).toList());
    digits.addAll(List.of("0", "0", "0", "1"));
    for (int i = 0; i < digits.size(); i += 4) {
      out()
          .printf(
              Locale.ROOT,
              "  %-16s %11s %11s %11s %11s%n",
              i == 0 ? key : "",
              digits.get(i),
              digits.get(i + 1),
              digits.get(i + 2),
              digits.get(i + 3));
    }
  }

  private static String inSixDigits(JsonElement value) {
    return new BigDecimal(value.getAsString())
        .round(new MathContext(6))
        .stripTrailingZeros()
        .toPlainString();
  }

  private void fail(JsonObject image, String reason) {
    failed++;
    image.addProperty("error", reason);
    images.add(image);
    String file = image.get("file").getAsString();
    String why = reason.startsWith(file + ": ") ? reason.substring(file.length() + 2) : reason;
    out().println(Terminal.plain(file) + " FAILED: " + Terminal.plain(why));
  }

  private static String line(String key, JsonElement value) {
    return String.format(Locale.ROOT, "  %-16s %s", key, plain(value));
  }

  private static String plain(JsonElement value) {
    return Terminal.plain(
        value.isJsonArray() ? numbers(value.getAsJsonArray()) : value.getAsString());
  }

  /** In six digits; {@code --json} has all. */
  private static String numbers(JsonArray values) {
    return values.asList().stream()
        .map(InfoCommand::inSixDigits)
        .collect(Collectors.joining(", ", "[", "]"));
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
