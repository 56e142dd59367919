package io.github.brainimaging.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.brainimaging.core.data.DataSet.LabeledFile;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.io.PngImageWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataSetTest {

  @TempDir Path folder;

  /** 60 patients of 2 to 21 slices, of which a third shows a tumor. */
  private static DataSet patients() {
    Random random = new Random(3);
    List<LabeledFile> images = new ArrayList<>();
    for (int patient = 0; patient < 60; patient++) {
      int slices = 2 + random.nextInt(20);
      for (int slice = 0; slice < slices; slice++) {
        Path file = Path.of("p" + patient, slice + ".png");
        images.add(new LabeledFile(file, random.nextInt(3) == 0 ? 1 : 0, "p" + patient));
      }
    }
    return new DataSet(List.of("notumor", "tumor"), images);
  }

  private static Set<String> groups(DataSet data) {
    return data.images().stream().map(LabeledFile::group).collect(Collectors.toSet());
  }

  private static double tumorShare(DataSet data) {
    return (double) data.counts().get(1) / data.images().size();
  }

  @Test
  void noPatientStandsOnBothSides() {
    DataSet all = patients();
    DataSet.Split split = all.holdOut(0.2, 1);

    assertThat(groups(split.training())).doesNotContainAnyElementsOf(groups(split.validation()));
    assertThat(split.training().images().size() + split.validation().images().size())
        .isEqualTo(all.images().size());
    assertThat((double) split.validation().images().size() / all.images().size())
        .isBetween(0.18, 0.22);
    assertThat(tumorShare(split.validation())).isBetween(0.25, 0.42);
    assertThat(all.holdOut(0.2, 1)).isEqualTo(split);
    assertThat(all.holdOut(0.2, 2)).isNotEqualTo(split);
  }

  @Test
  void everyImageIsHeldOutInOneFold() {
    DataSet all = patients();
    Set<LabeledFile> held = new HashSet<>();
    for (DataSet.Split fold : all.folds(8, 1)) {
      assertThat(groups(fold.training())).doesNotContainAnyElementsOf(groups(fold.validation()));
      assertThat(fold.training().images().size() + fold.validation().images().size())
          .isEqualTo(all.images().size());
      assertThat(fold.validation().images().size() * 8.0 / all.images().size()).isBetween(0.9, 1.1);
      assertThat(held.addAll(fold.validation().images())).isTrue();
    }
    assertThat(held).hasSameSizeAs(all.images());
  }

  @Test
  void foldsWithoutGroupsHaveTheSameShareOfEveryClass() {
    List<LabeledFile> images = new ArrayList<>();
    for (int i = 0; i < 80; i++) {
      images.add(new LabeledFile(Path.of(i + ".png"), i < 16 ? 1 : 0, ""));
    }
    for (DataSet.Split fold : new DataSet(List.of("a", "b"), images).folds(8, 5)) {
      assertThat(fold.validation().counts()).containsExactly(8, 2);
    }
  }

  @Test
  void refusesMoreFoldsThanGroups() {
    assertThatThrownBy(() -> patients().folds(61, 1)).hasMessageContaining("count must not");
  }

  @Test
  void balancedWeightsAreThoseOfScikitLearn() {
    List<LabeledFile> images = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      images.add(new LabeledFile(Path.of(i + ".png"), i < 2 ? 0 : 1, ""));
    }
    // sklearn.utils.class_weight.compute_class_weight("balanced", ...)
    assertThat(new DataSet(List.of("a", "b"), images).balancedWeights())
        .containsExactly(2.5, 0.625);
  }

  @Test
  void readsAList() throws IOException {
    write("a 1.png");
    write("b,2.png");
    Path list = folder.resolve("list.csv");
    Files.writeString(
        list, "\uFEFFlabel,group,path,extra\nzeta,p1,a 1.png,x\n\nalpha,\"p\"\"2\",\"b,2.png\",\n");

    DataSet data = DataSet.ofCsv(list);

    assertThat(data.labels()).containsExactly("alpha", "zeta");
    assertThat(data.images())
        .containsExactly(
            new LabeledFile(folder.resolve("a 1.png"), 1, "p1"),
            new LabeledFile(folder.resolve("b,2.png"), 0, "p\"2"));
  }

  @Test
  void readsAListWithTheColumnsOfP5() throws IOException {
    write("a.png");
    write("b.png");
    Path list = folder.resolve("list.csv");
    Files.writeString(list, "Class Path,Class\na.png,x\nb.png,y\n");

    DataSet data = DataSet.ofCsv(list);

    assertThat(data.labels()).containsExactly("x", "y");
    assertThat(data.images().get(1)).isEqualTo(new LabeledFile(folder.resolve("b.png"), 1, ""));
    Files.writeString(list, "Class Path,Kind\na.png,x\nb.png,y\n");
    assertThatThrownBy(() -> DataSet.ofCsv(list)).hasMessageContaining("column \"label\"");
  }

  /** As spreadsheets write lists where the comma is the decimal point, or as text. */
  @ParameterizedTest
  @ValueSource(strings = {";", "\t"})
  void aListMayBeSeparatedByOtherThanCommas(String separator) throws IOException {
    write("a,1.png");
    write("b.png");
    Path list = folder.resolve("list.csv");
    List<List<String>> rows =
        List.of(
            List.of("\uFEFFpath", "label"),
            List.of("a,1.png", "x"),
            List.of("\"b.png\"", "\"y;\tz\""));
    Files.writeString(
        list, rows.stream().map(r -> String.join(separator, r)).collect(Collectors.joining("\n")));

    assertThat(DataSet.ofCsv(list).labels()).containsExactly("x", "y;\tz");
  }

  @Test
  void aListThatIsNoUtf8OrDoesNotCloseAQuoteIsTold() throws IOException {
    write("a.png");
    Path list = folder.resolve("list.csv");
    Files.write(list, "path,label\na.png,\u00FC\n".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> DataSet.ofCsv(list))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("list.csv: expected text in UTF-8");
    Files.writeString(list, "path,label\na.png,\"x\n");
    assertThatThrownBy(() -> DataSet.ofCsv(list))
        .hasMessageContaining("list.csv, line 2: a quote is opened and not closed");
  }

  @Test
  void aWrongListIsNamedWithItsLine() throws IOException {
    write("a.png");
    Path list = folder.resolve("list.csv");
    Files.writeString(list, "path,label\na.png,x\nmissing.png,y\n");
    assertThatThrownBy(() -> DataSet.ofCsv(list))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("list.csv, line 3: no file missing.png");
    Files.writeString(list, "file,label\na.png,x\n");
    assertThatThrownBy(() -> DataSet.ofCsv(list)).hasMessageContaining("column \"path\"");
    Files.writeString(list, "path,label\na.png,x\n");
    assertThatThrownBy(() -> DataSet.ofCsv(list)).hasMessageContaining("at least two labels");
    Files.writeString(list, "path,label\na.png,x\na\0.png,y\n");
    assertThatThrownBy(() -> DataSet.ofCsv(list))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("line 3: no file a\0.png");
    Files.writeString(list, "path,label\na.png\n");
    assertThatThrownBy(() -> DataSet.ofCsv(list)).hasMessageContaining("line 2: expected");
  }

  @Test
  void groupsByAPartOfThePath() {
    DataSet grouped = patients().groupedBy(Pattern.compile("(p\\d)\\d*/"));

    assertThat(groups(grouped)).hasSize(10).contains("p1");
    assertThatThrownBy(() -> patients().groupedBy(Pattern.compile("lgg/([^/]+)/")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("every path");
  }

  @Test
  void masksTellTheClass() throws IOException {
    Files.createDirectories(folder.resolve("patient"));
    write("patient/1_flair.png");
    write("patient/2_flair.png");
    PngImageWriter.write(
        MedicalImage.ofGray(2, 1, new float[] {0, 255}), folder.resolve("patient/1_mask.png"));
    PngImageWriter.write(
        MedicalImage.ofGray(2, 1, new float[] {0, 0}), folder.resolve("patient/2_mask.png"));

    DataSet data = DataSet.ofMasks(ImageMaskPairs.read(folder, folder));

    assertThat(data.labels()).containsExactly("notumor", "tumor");
    assertThat(data.images())
        .containsExactly(
            new LabeledFile(folder.resolve("patient/1_flair.png"), 1, "patient"),
            new LabeledFile(folder.resolve("patient/2_flair.png"), 0, "patient"));
  }

  private void write(String name) throws IOException {
    PngImageWriter.write(MedicalImage.ofGray(2, 1, new float[] {0, 9}), folder.resolve(name));
  }
}
