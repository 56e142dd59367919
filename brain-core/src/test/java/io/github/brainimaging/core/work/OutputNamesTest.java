package io.github.brainimaging.core.work;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutputNamesTest {

  @ParameterizedTest
  @CsvSource({
    "a.png, a",
    "glioma/Te 1.jpg, glioma-Te_1",
    "glioma\\Te.jpg, glioma-Te",
    "../../etc/passwd, etc-passwd",
    "/data/./x/../a.tif, data-x-a",
    "C:\\scans\\a.png, C_-scans-a",
    "héllo <b>.png, h_llo__b_",
    ".hidden.png, hidden",
    "patient/head.nii.gz, patient-head",
    "1.2.840.113619.5, 1.2.840.113619.5",
    ".., image",
    "'', image",
  })
  void areSafe(String input, String name) {
    assertThat(new OutputNames().next(input)).isEqualTo(name);
  }

  @Test
  void differEvenWhereCaseIsIgnored() {
    OutputNames names = new OutputNames();

    assertThat(names.next("a.png")).isEqualTo("a");
    assertThat(names.next("a.jpg")).isEqualTo("a-2");
    assertThat(names.next("A.png")).isEqualTo("A-3");
    assertThat(names.next("a-2.png")).isEqualTo("a-2-2");
  }

  @Test
  void endAsTheirKindOfFileDoes() {
    OutputNames names = new OutputNames("-volume");

    assertThat(names.next("a/head.nii.gz")).isEqualTo("a-head-volume");
    assertThat(names.next("a/head.nii")).isEqualTo("a-head-volume-2");
  }

  @Test
  void areNotTooLong() {
    assertThat(new OutputNames().next("x".repeat(300) + "end.png")).hasSize(200).endsWith("end");
  }
}
