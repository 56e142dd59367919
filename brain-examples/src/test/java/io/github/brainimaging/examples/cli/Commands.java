package io.github.brainimaging.examples.cli;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.brainimaging.core.io.PngImageWriter;
import io.github.brainimaging.examples.cli.file.HeadPhantom;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import picocli.CommandLine;

/** Runs a command as the shell would, but in this JVM. */
public final class Commands {

  private Commands() {}

  /** The exit code; what is printed goes to the writers. */
  public static int run(Writer out, Writer err, Object... arguments) {
    CommandLine line = Brain.commandLine();
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    int code = line.execute(Arrays.stream(arguments).map(Object::toString).toArray(String[]::new));
    line.getOut().flush();
    line.getErr().flush();
    return code;
  }

  /** Draws a head with a lesion, and gives the file back. */
  @CanIgnoreReturnValue
  public static Path phantom(Path file) throws IOException {
    PngImageWriter.write(HeadPhantom.draw(165, 105, 18, 2), file);
    return file;
  }

  /** What a command wrote. */
  public static JsonObject json(Path file) throws IOException {
    return JsonParser.parseString(Files.readString(file)).getAsJsonObject();
  }
}
