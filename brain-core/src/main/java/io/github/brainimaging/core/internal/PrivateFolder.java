package io.github.brainimaging.core.internal;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/**
 * Folders that code is loaded from: nobody else may have put it there. Nothing is checked where the
 * file system has no owners of Unix, as within the profile of a user of Windows.
 */
public final class PrivateFolder {

  private static final Set<PosixFilePermission> OTHERS =
      EnumSet.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);
  private static final String OWNER = "unix:uid";
  private static final int ADMINISTRATOR = 0;

  private PrivateFolder() {}

  /**
   * Makes a folder that only the user can read and write, unless it is there.
   *
   * @param folder the folder; those above it are made as needed
   * @throws IOException if it cannot be made, belongs to somebody else, or can be written to by
   *     somebody else
   */
  public static void make(Path folder) throws IOException {
    if (!hasOwners()) {
      Files.createDirectories(folder);
      return;
    }
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      Files.createDirectories(folder.toAbsolutePath().getParent());
      Files.createDirectory(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    requireOwn(folder);
    Set<PosixFilePermission> found =
        Files.getPosixFilePermissions(folder, LinkOption.NOFOLLOW_LINKS);
    if (found.stream().anyMatch(OTHERS::contains)) {
      throw new IOException(
          folder
              + " must be writable to nobody else, found "
              + PosixFilePermissions.toString(found));
    }
  }

  /**
   * Checks whose a folder is.
   *
   * @param folder a folder; one that is not there is nobody's
   * @throws IOException if it belongs neither to the user nor to the administrator
   */
  public static void requireOwn(Path folder) throws IOException {
    if (!hasOwners() || Files.notExists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    int owner = owner(folder);
    if (owner == ADMINISTRATOR) {
      return;
    }
    Path own = Files.createTempFile("owner", ".tmp"); // the JDK does not tell the user's number
    try {
      if (owner(own) != owner) {
        throw new IOException(
            folder
                + " must belong to the user, found "
                + Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS).getName());
      }
    } finally {
      Files.delete(own);
    }
  }

  private static int owner(Path file) throws IOException {
    return (Integer) Files.getAttribute(file, OWNER, LinkOption.NOFOLLOW_LINKS);
  }

  private static boolean hasOwners() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("unix");
  }
}
