package io.github.brainimaging.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClinicalTableTest {

  @TempDir Path folder;

  private ClinicalTable read(String text) throws IOException {
    return ClinicalTable.ofCsv(Files.writeString(folder.resolve("data.csv"), text));
  }

  private static DataSet.LabeledFile image(String file, String group) {
    return new DataSet.LabeledFile(Path.of(file), 0, group);
  }

  @Test
  void theFirstColumnIsTheKeyAndWhatIsNotKnownIsEmpty() throws IOException {
    ClinicalTable table = read("Patient,age,place\nA1,44,\"left, front\"\n\nB2,,right\n");

    assertThat(table.rows().keySet()).containsExactly("A1", "B2");
    assertThat(table.row("A1"))
        .containsExactly(
            Map.entry("Patient", "A1"), Map.entry("age", "44"), Map.entry("place", "left, front"));
    assertThat(table.row("B2")).containsEntry("age", "");
  }

  @Test
  void theRowOfAnImageIsThatOfItsGroupElseOfItsName() throws IOException {
    ClinicalTable table = read("key;age\nA1;44\nscan.1;50\n");

    assertThat(table.row(image("x/scan.1.png", "A1"))).containsEntry("age", "44");
    assertThat(table.row(image("x/scan.1.png", ""))).containsEntry("age", "50");
  }

  @Test
  void aPatientWithSeveralImagesHasOneRow() throws IOException {
    ClinicalTable table = read("key,age\nA1,44\nB2,50\n");
    DataSet data =
        new DataSet(
            List.of("no", "yes"),
            List.of(image("1.png", "B2"), image("2.png", "A1"), image("3.png", "B2")));

    assertThat(table.rows(data)).extracting(row -> row.get("age")).containsExactly("50", "44");
  }

  @Test
  void aPatientWithoutARowIsNamed() throws IOException {
    ClinicalTable table = read("key,age\nA1,44\n");

    assertThatThrownBy(() -> table.row(image("x/scan.png", "C3")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "table must have a row for 'C3' (with empty fields where nothing is known),"
                + " got 1 rows");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "key,age/A1,44/A1,45|line 3: the key A1 stands there twice",
        "key,age/A1|line 2: expected the fields [key, age], found [A1]",
        "key,age/,44|line 2: the first field, the key, is empty",
        "key,age,age/A1,4,5|the first line must name each column, with another name each",
        "key,/A1,4|the first line must name each column, with another name each"
      })
  void saysWhatIsWrongWithAFile(String text, String message) {
    assertThatThrownBy(() -> read(text.replace('/', '\n')))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("data.csv")
        .hasMessageContaining(message);
  }

  @Test
  void rowsHaveTheSameColumnsAndAreCopied() {
    Map<String, Map<String, String>> rows = new LinkedHashMap<>();
    rows.put("A1", Map.of("age", "44"));
    ClinicalTable table = new ClinicalTable(rows);
    rows.put("B2", Map.of("sex", "f"));

    assertThat(table.rows()).hasSize(1);
    assertThatThrownBy(() -> new ClinicalTable(rows))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("rows must all have the columns [age], got [sex]");
  }

  @Test
  void itsTextTellsNothingOfPatients() throws IOException {
    assertThat(read("key,age\nA1,44\n")).hasToString("ClinicalTable[1 rows, columns [key, age]]");
  }
}
