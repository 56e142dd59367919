package io.github.brainimaging.examples.cli.option;

import io.github.brainimaging.core.data.DataSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Which images are learned from, and which are held out. */
public final class DataOptions {

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR|LIST.csv",
      description =
          "One folder per class; or a list with the columns path, label and, if wanted, group; or,"
              + " with --masks, a folder of images.")
  Path data = Path.of("");

  @Option(
      names = "--masks",
      paramLabel = "DIR",
      description =
          "True masks of the images in --data: learns whether a slice has a tumor. The folder of a"
              + " slice is its patient.")
  @Nullable Path masks;

  @ArgGroup(exclusive = false)
  private final MaskOptions maskOptions = new MaskOptions();

  @Option(
      names = "--groups",
      paramLabel = "REGEX",
      description =
          "What never stands on both sides of a split, such as the patient: what the first"
              + " parentheses hold of each path, for example 'lgg/([^/]+)/'.")
  @Nullable Pattern groups;

  @Option(
      names = "--held-out",
      converter = Numbers.PartialShare.class,
      paramLabel = "SHARE",
      description =
          "Share of each class that is held out to choose the best epoch (default:"
              + " ${DEFAULT-VALUE}).")
  public double heldOut = 0.1;

  @Option(
      names = "--validation",
      paramLabel = "DIR|LIST.csv",
      description = "Images that choose the best epoch, in the place of a share of --data.")
  public @Nullable Path validation;

  @Option(
      names = "--folds",
      converter = Numbers.Positive.class,
      paramLabel = "K",
      description =
          "Cross-validation: trains K times, into DIR/fold1 and so on, each time with another part"
              + " held out.")
  public int folds = 1;

  @Option(
      names = "--test",
      paramLabel = "DIR|LIST.csv",
      description = "Other images: measured when all is done, for the card.")
  public @Nullable Path test;

  @Option(
      names = "--drop-duplicates",
      description =
          "Leaves out of the training what is a copy, exact or near (a 256-bit difference hash"
              + " differs in 8 bits at most), of an image held out or tested; lists them in"
              + " duplicates.txt.")
  public boolean dropDuplicates;

  /** The images of {@code --data}, with their groups. */
  public DataSet read() throws IOException {
    DataSet read = masks == null ? read(data) : DataSet.ofMasks(maskOptions.read(data, masks));
    return groups == null ? read : read.groupedBy(groups);
  }

  public static DataSet read(Path source) throws IOException {
    if (Files.notExists(source)) {
      throw new NoSuchFileException(source.toString(), null, "no such file or folder");
    }
    return source.toString().endsWith(".csv") ? DataSet.ofCsv(source) : DataSet.ofFolder(source);
  }

  /** One split, or one per fold. */
  public List<DataSet.Split> splits(DataSet all, long seed) throws IOException {
    if (validation != null) {
      return List.of(new DataSet.Split(all, read(validation)));
    }
    return folds > 1 ? all.folds(folds, seed) : List.of(all.holdOut(heldOut, seed));
  }
}
