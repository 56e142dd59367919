package io.github.brainimaging.examples.spark;

import io.github.brainimaging.examples.cli.file.TemporaryFolder;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.jspecify.annotations.Nullable;

/**
 * An input where the library can read it: itself, if it lies on this machine, else a copy that is
 * deleted at the end.
 *
 * @param path a file, or a folder that holds files only
 * @param temporary what is deleted; null for nothing
 */
record LocalCopy(Path path, @Nullable TemporaryFolder temporary) implements AutoCloseable {

  /**
   * Fetches an input.
   *
   * @param input an absolute path or a URI of one of Hadoop's file systems
   * @param folder whether it may be a folder, of which the files directly in it are fetched
   * @throws IOException if it is not there or cannot be read
   */
  static LocalCopy of(String input, boolean folder, Configuration hadoop) throws IOException {
    org.apache.hadoop.fs.Path source = new org.apache.hadoop.fs.Path(input);
    if (!source.isAbsolute()) {
      throw new IOException("expected an absolute path or a URI, found " + input);
    }
    FileSystem files = source.getFileSystem(hadoop);
    List<FileStatus> members = folder ? List.of(files.listStatus(source)) : List.of();
    boolean isFolder = folder && files.getFileStatus(source).isDirectory();
    if (files.getUri().getScheme().equals("file")
        && members.stream().noneMatch(FileStatus::isDirectory)) {
      Path path = Path.of(files.makeQualified(source).toUri().getPath());
      if (!Files.exists(path)) {
        throw new FileNotFoundException("no such file or folder");
      }
      return new LocalCopy(path, null);
    }
    TemporaryFolder temporary = TemporaryFolder.create("brain-spark-");
    LocalCopy copy = new LocalCopy(temporary.path().resolve(source.getName()), temporary);
    try {
      if (isFolder) {
        Files.createDirectory(copy.path);
        for (FileStatus member : members) {
          if (member.isFile()) {
            fetch(files, member.getPath(), copy.path.resolve(member.getPath().getName()));
          }
        }
      } else {
        fetch(files, source, copy.path);
      }
      return copy;
    } catch (IOException | RuntimeException e) {
      copy.close();
      throw e;
    }
  }

  /** Without the checksum file that Hadoop would put beside it. */
  private static void fetch(FileSystem files, org.apache.hadoop.fs.Path from, Path to)
      throws IOException {
    files.copyToLocalFile(false, from, new org.apache.hadoop.fs.Path(to.toUri()), true);
  }

  @Override
  public void close() throws IOException {
    if (temporary != null) {
      temporary.close();
    }
  }
}
