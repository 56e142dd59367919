package io.github.brainimaging.models.onnx.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(value = OS.LINUX, disabledReason = "looks at permissions of POSIX")
class NativeCacheTest {

  @TempDir Path root;

  private static Path library(Path folder) {
    return folder.resolve(System.mapLibraryName("onnxruntime"));
  }

  @Test
  void unpacksOnceIntoAPrivateFolder() throws IOException {
    Path folder = new NativeCache(root.resolve("caches")).folder().orElseThrow();
    FileTime marked = FileTime.from(Instant.EPOCH);
    Files.setLastModifiedTime(library(folder), marked);

    assertThat(new NativeCache(root.resolve("caches")).folder()).hasValue(folder);

    assertThat(Files.getLastModifiedTime(library(folder))).isEqualTo(marked);
    assertThat(Files.size(library(folder))).isGreaterThan(1_000_000);
    assertThat(folder.resolve(System.mapLibraryName("onnxruntime4j_jni"))).isNotEmptyFile();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
        .isEqualTo("rwx------");
  }

  @Test
  void unpacksAgainWhatIsNotWhole() throws IOException {
    Path folder = new NativeCache(root).folder().orElseThrow();
    long size = Files.size(library(folder));
    Files.write(library(folder), new byte[17]);

    assertThat(new NativeCache(root).folder()).hasValue(folder);
    assertThat(Files.size(library(folder))).isEqualTo(size);
  }

  @Test
  void unpacksAgainWhatWasChanged() throws IOException {
    Path folder = new NativeCache(root).folder().orElseThrow();
    byte[] whole = Files.readAllBytes(library(folder));
    byte[] changed = whole.clone();
    changed[changed.length / 2] ^= 1;
    Files.write(library(folder), changed);

    assertThat(new NativeCache(root).folder()).hasValue(folder);
    assertThat(library(folder)).hasBinaryContent(whole);
  }

  @Test
  void trustsNoFolderThatOthersCanWriteTo() throws IOException {
    Path folder = new NativeCache(root).folder().orElseThrow();
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));

    assertThat(new NativeCache(root).folder()).isEmpty();
  }
}
