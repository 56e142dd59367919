package io.github.brainimaging.core.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskFolderTest {

  @TempDir Path root;

  private Path file(String name) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, name);
  }

  @ParameterizedTest
  @CsvSource({
    "a/12_flair.png, a/12_flair.png",
    "a/12_flair.PNG, a/12_flair.PNG",
    "a/12_flair.jpg, a/12_flair.png",
    "a/12_flair.png, a/12_mask.tif",
    "a/12_flair.png, a/12_flair_mask.jpeg",
    "12.png, 12_mask.png"
  })
  void anImageHasTheMaskOfItsName(String image, String mask) throws IOException {
    Path source = file("images/" + image);
    Path expected = file("masks/" + mask);
    MaskFolder folder = new MaskFolder(root.resolve("masks"));
    assertThat(folder.maskOf(image, source)).contains(expected);
  }

  @Test
  void noFileIsItsOwnMaskAndAMaskHasNone() throws IOException {
    Path image = file("a/1.png");
    MaskFolder folder = new MaskFolder(root);
    assertThat(folder.maskOf("a/1.png", image)).isEmpty();
    Path mask = file("a/1_mask.png");
    assertThat(folder.maskOf("a/1.png", image)).contains(mask);
    assertThat(folder.maskOf("a/1_mask.png", mask)).isEmpty();
  }

  @Test
  void aVolumeHasANiftiFileAndASeriesMayHaveTheNameOfItsFolder() throws IOException {
    MaskFolder folder = new MaskFolder(root.resolve("masks"));
    Path volume = file("volumes/p/t1.nii.gz");
    Path slice = file("volumes/q/series/1.dcm");
    assertThat(folder.volumeMaskOf("p/t1.nii.gz", List.of(volume))).isEmpty();
    Path mask = file("masks/p/t1_mask.nii");
    Path ofSeries = file("masks/q/series.nii.gz");
    assertThat(folder.volumeMaskOf("p/t1.nii.gz", List.of(volume))).contains(mask);
    Path ofSlicer = file("masks/p/t2.seg.nrrd");
    assertThat(folder.volumeMaskOf("p/t2.nrrd", List.of(volume))).contains(ofSlicer);
    assertThat(folder.volumeMaskOf("q/series/1.dcm", List.of(slice, slice))).contains(ofSeries);
  }
}
