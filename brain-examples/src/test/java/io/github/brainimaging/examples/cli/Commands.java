package io.github.brainimaging.examples.cli;

import java.io.PrintWriter;
import java.io.Writer;
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
}
