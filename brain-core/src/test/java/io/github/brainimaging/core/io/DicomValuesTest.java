package io.github.brainimaging.core.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What stored values mean: which end is bright, and which are no measurement. */
class DicomValuesTest {

  private static DicomBytes image(boolean signed, int... samples) {
    return DicomBytes.image(DicomBytes.EXPLICIT, samples.length, 1, 16, signed).words(samples);
  }

  private static float[] read(DicomBytes file) throws IOException {
    return MedicalImageReader.withDefaults().read(file.file(), "a.dcm").samples();
  }

  @Test
  void whatLooksAlikeOnAScreenHasEqualSamples() throws IOException {
    DicomBytes inverted = image(false, 65535, 65035, 0).text(0x00280004, "CS", "MONOCHROME1");

    assertThat(read(inverted)).containsExactly(0, 500, 65535);
    assertThat(read(image(true, -1, -501, 99).text(0x00280004, "CS", "MONOCHROME1")))
        .containsExactly(0, 500, -100);
  }

  @Test
  void hounsfieldUnitsAreNeverTurnedRound() throws IOException {
    DicomBytes ct = image(false, 24, 1024).text(0x00280004, "CS", "MONOCHROME1");

    assertThat(read(ct.text(0x00281052, "DS", "-1024").text(0x00281053, "DS", "1")))
        .containsExactly(-1000, 0);
  }

  @Test
  void paddingIsNoSignal() throws IOException {
    assertThat(read(image(true, -2000, 300).us(0x00280120, -2000))).containsExactly(0, 300);
    assertThat(read(image(false, 65535, 300).us(0x00280120, 65535))).containsExactly(0, 300);
    assertThat(
            read(
                image(false, 65535, 65530, 65529, 300).us(0x00280120, 65535).us(0x00280121, 65530)))
        .containsExactly(0, 0, 65529, 300);
  }

  @Test
  void paddingOfHounsfieldUnitsKeepsItsValue() throws IOException {
    DicomBytes ct = image(true, -2000, 300).us(0x00280120, -2000).text(0x00080060, "CS", "CT");

    assertThat(read(ct)).containsExactly(-2000, 300);
    assertThat(DicomFile.open(Source.of(ct.file(), "ct")).summary().padding()).hasValue(-2000);
  }
}
