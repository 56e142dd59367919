package io.github.brainimaging.examples.spark;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Serial;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.spark.api.java.function.FilterFunction;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;

/**
 * The files of a folder and its sub-folders, found by an executor while they are asked for. Hidden
 * ones (their own name or that of a folder begins with "." or "_") are left out, and so is what the
 * job itself writes.
 */
final class InputListing implements FlatMapFunction<String, String> {

  @Serial private static final long serialVersionUID = 1;

  private static final Pattern HIDDEN = Pattern.compile("[._]");

  private final String out;
  private final boolean folders;

  private InputListing(Path out, boolean folders) {
    this.out = out.toString();
    this.folders = folders;
  }

  /**
   * All inputs, each once.
   *
   * @param paths files, folders and globs
   * @param lists text files of absolute paths or URIs, one a line, which are not looked into
   * @param out where results are written
   * @param folders whether the folder that holds files is the input, not each file
   * @throws IOException if one of the paths is not there
   */
  static Dataset<String> of(
      SparkSession spark, List<String> paths, List<String> lists, Path out, boolean folders)
      throws IOException {
    List<String> roots = new ArrayList<>();
    for (String path : paths) {
      roots.addAll(expand(new Path(path), hadoop()));
    }
    Dataset<String> inputs =
        spark
            .createDataset(roots, Encoders.STRING())
            .flatMap(new InputListing(out, folders), Encoders.STRING());
    for (String list : lists) {
      inputs =
          inputs.union(
              spark
                  .read()
                  .textFile(list)
                  .filter((FilterFunction<String>) line -> !line.isBlank())
                  .map((MapFunction<String, String>) InputListing::whole, Encoders.STRING()));
    }
    return inputs.distinct();
  }

  private static Configuration hadoop() {
    return SparkHadoopUtil.get().conf();
  }

  /** A path, or what a glob matches, with its file system before it. */
  private static List<String> expand(Path path, Configuration hadoop) throws IOException {
    FileSystem files = path.getFileSystem(hadoop);
    List<String> found = new ArrayList<>();
    if (files.exists(path)) {
      found.add(files.makeQualified(path).toString());
    } else {
      FileStatus[] matching = files.globStatus(path);
      for (FileStatus each : matching == null ? new FileStatus[0] : matching) {
        found.add(each.getPath().toString());
      }
    }
    if (found.isEmpty()) {
      throw new FileNotFoundException(
          path + ": no such file or folder, and no glob that matches one");
    }
    return found;
  }

  /**
   * With the file system before it, so that one file has one name; what is no absolute path as it
   * is, since its row will tell so.
   */
  private static String whole(String line) {
    try {
      Path path = new Path(line.strip());
      return path.isAbsolute()
          ? path.getFileSystem(hadoop()).makeQualified(path).toString()
          : line.strip();
    } catch (IOException | IllegalArgumentException e) {
      return line.strip();
    }
  }

  @Override
  public Iterator<String> call(String root) throws IOException {
    Path path = new Path(root);
    FileSystem files = path.getFileSystem(hadoop());
    if (files.getFileStatus(path).isFile()) {
      return Collections.singleton(root).iterator();
    }
    return new Walk(files, path);
  }

  /**
   * Not {@code listFiles}, which asks for the owner of each file: of local ones by a process each.
   */
  private final class Walk implements Iterator<String> {

    private final FileSystem files;
    private final Deque<Path> left = new ArrayDeque<>();
    private final Deque<String> found = new ArrayDeque<>();

    Walk(FileSystem files, Path root) {
      this.files = files;
      left.push(root);
    }

    @Override
    public boolean hasNext() {
      while (found.isEmpty() && !left.isEmpty()) {
        Path next = left.pop();
        try {
          list(next);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
      return !found.isEmpty();
    }

    private void list(Path folder) throws IOException {
      RemoteIterator<FileStatus> members = files.listStatusIterator(folder);
      while (members.hasNext()) {
        FileStatus member = members.next();
        Path path = member.getPath();
        if (HIDDEN.matcher(path.getName()).lookingAt() || path.toString().equals(out)) {
          continue;
        }
        if (member.isDirectory()) {
          left.push(path);
        } else if (!folders) {
          found.add(path.toString());
        } else if (found.isEmpty()) {
          found.add(folder.toString());
        }
      }
    }

    @Override
    public String next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return found.remove();
    }
  }
}
