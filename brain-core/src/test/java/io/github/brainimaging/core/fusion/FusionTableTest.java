package io.github.brainimaging.core.fusion;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.io.MedicalImageReader;
import io.github.brainimaging.core.io.PngImageWriter;
import io.github.brainimaging.core.testing.Printed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program behind docs/fusion.md, given the drawn head that it shows there. */
class FusionTableTest {

  @TempDir Path folder;

  @Test
  void printsARowForEachMethodAndDrawsThePicture() throws IOException {
    for (boolean ct : new boolean[] {false, true}) {
      MedicalImage head = FusionTable.head(ct);
      float[] whole = head.samples();
      for (int i = 0; i < whole.length; i++) {
        whole[i] = Math.round(whole[i]);
      }
      Path one = Files.createDirectory(folder.resolve(ct ? "CT" : "MRI")).resolve("1.png");
      PngImageWriter.write(head.withSamples(whole), one);
    }
    Path picture = folder.resolve("picture.png");

    String printed =
        Printed.by(() -> FusionTable.main(new String[] {folder.toString(), picture.toString()}));

    assertThat(printed.lines()).hasSize(2 + FusionTable.methods().size());
    assertThat(printed)
        .containsPattern("\\| weighted average \\(0\\.5\\) \\|( \\d+\\.\\d{3} \\|){7} 0 of 1 \\|")
        .containsPattern("\\| guided filter \\|( \\d+\\.\\d{3} \\|){7} 1 of 1 \\|");
    MedicalImage row = MedicalImageReader.withDefaults().read(picture);
    assertThat(row.width()).isEqualTo(row.height() * (2 + FusionTable.methods().size()));
  }
}
