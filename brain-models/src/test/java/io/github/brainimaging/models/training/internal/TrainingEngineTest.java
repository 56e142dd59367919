package io.github.brainimaging.models.training.internal;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Where PyTorch's native code may come from. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "looks at owners and permissions of Unix")
class TrainingEngineTest {

  private static final String PLACE = "DJL_CACHE_DIR";

  @TempDir Path folder;
  private Path cache;

  @BeforeEach
  void nameAnotherCache() throws IOException {
    System.setProperty(PLACE, folder.toString());
    cache = Files.createDirectory(folder.resolve("pytorch"));
  }

  @AfterEach
  void takeTheNameBack() {
    System.clearProperty(PLACE);
  }

  private static void assertRefused(String why) {
    assertThatThrownBy(TrainingEngine::start)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(why)
        .hasMessageContaining(PLACE);
  }

  @Test
  void aFolderThatOthersCanWriteToIsRefused() throws IOException {
    Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rwxrwx---"));
    assertRefused("must be writable to nobody else, found rwxrwx---");
  }

  @Test
  void aLinkIsRefused() throws IOException {
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Files.delete(cache);
    Files.createSymbolicLink(cache, elsewhere);
    assertRefused(cache.toString());
  }

  @Test
  void foldersOfAnotherUserAreRefused() throws IOException {
    for (Path planted : new Path[] {cache, folder}) {
      giveAway(planted);
      assertRefused(planted + " must belong to the user, found ");
      Files.setAttribute(planted, "unix:uid", 0);
    }
  }

  private static void giveAway(Path file) throws IOException {
    boolean given = true;
    try {
      Files.setAttribute(file, "unix:uid", 1);
    } catch (FileSystemException e) {
      given = false;
    }
    assumeTrue(given, "only the administrator gives files away");
  }
}
