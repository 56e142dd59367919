package io.github.brainimaging.core.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFilesTest {

  @TempDir private Path folder;

  @Test
  void writesAndMakesFolders() throws IOException {
    Path file = folder.resolve("a").resolve("b.txt");

    AtomicFiles.write(file, out -> out.write('x'));

    assertThat(file).hasContent("x");
    assertThat(namesIn(file)).containsExactly("b.txt");
  }

  @Test
  void replacesAFile() throws IOException {
    Path file = Files.writeString(folder.resolve("b.txt"), "old and longer");

    AtomicFiles.write(file, out -> out.write('x'));

    assertThat(file).hasContent("x");
  }

  @Test
  void keepsTheOldFileAndNoRemainsIfWritingFails() throws IOException {
    Path file = Files.writeString(folder.resolve("b.txt"), "old");

    assertThatThrownBy(
            () ->
                AtomicFiles.write(
                    file,
                    out -> {
                      out.write('x');
                      throw new IOException("disk full");
                    }))
        .isInstanceOf(IOException.class)
        .hasMessage("disk full");
    assertThat(file).hasContent("old");
    assertThat(namesIn(file)).containsExactly("b.txt");
  }

  @Test
  void rejectsTheRoot() {
    assertThatThrownBy(() -> AtomicFiles.write(Path.of("/"), out -> out.write('x')))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("file system root");
  }

  @Test
  void aFolderInTheWayIsToldByTheNameOfTheTarget() throws IOException {
    Path target = Files.createDirectories(folder.resolve("b.nii"));

    assertThatThrownBy(() -> AtomicFiles.write(target, out -> out.write('x')))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("b.nii")
        .hasMessageContaining("expected a file, found a folder")
        .hasMessageNotContaining(".tmp");
    assertThat(namesIn(target)).containsExactly("b.nii");
  }

  @Test
  void whereNoFileCanBeMadeTheTargetIsNamed() {
    Path target = Path.of("/proc/brain.nii");
    assumeTrue(Files.isDirectory(Path.of("/proc")), "no /proc on this system");

    assertThatThrownBy(() -> AtomicFiles.write(target, out -> out.write('x')))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("/proc/brain.nii: cannot be written")
        .hasMessageNotContaining(".tmp");
  }

  private static Stream<String> namesIn(Path file) throws IOException {
    try (Stream<Path> files = Files.list(file.resolveSibling("."))) {
      return files.map(path -> String.valueOf(path.getFileName())).toList().stream();
    }
  }
}
