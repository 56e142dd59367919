package io.github.brainimaging.models.onnx.internal.graph;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the engine says, told to the one who has exported the network: what failed, what to do. */
final class EngineWords {

  /** A pattern of the engine's, and a sentence with its groups. */
  private record Rule(Pattern pattern, String sentence) {

    Rule(String pattern, String sentence) {
      this(Pattern.compile(pattern, Pattern.DOTALL), sentence);
    }
  }

  /** How ONNX Runtime, CUDA, cuDNN and cuBLAS say that memory ran out; there is no error code. */
  static final Pattern OUT_OF_MEMORY =
      Pattern.compile(
          "out of memory|failed to allocate memory|bad_alloc|STATUS_ALLOC_FAILED",
          Pattern.CASE_INSENSITIVE);

  /**
   * Behind a place in a source: what GCC writes, a type, a name with {@code ::} and arguments in
   * brackets; or what MSVC writes, the name alone. What is neither is part of the message.
   */
  private static final String FUNCTION =
      "(?:(?:(?:static|virtual|inline|constexpr|const|unsigned) )*"
          + "(?:[\\w:]+(?:<[\\w<>,&*: ]*>)?[\\w:&*]* )?" // the type
          + "[\\w:<>]*(?:, [\\w:<>]*)*::~?\\w+" // the name
          + "\\([^()]*(?:\\([^()]*\\)[^()]*)*\\)(?: const)?(?: \\[with [^]]*])? ?"
          + "|\\w+(?:::[~<>\\w]+)+ )?";

  /** Error codes, places in sources, and the file that the message names anyway. */
  private static final Pattern NOISE =
      Pattern.compile(
          "Error code - \\w+ - message: |Load model from .*? failed: ?|Exception during"
              + " initialization: |\\S+\\.(?:cc|cpp|h|cu):\\d+ "
              + FUNCTION);

  private static final List<Rule> RULES =
      List.of(
          new Rule(
              ".*Non-zero status code returned while running (\\w+) node\\. Name:'(.*?)'(?: Status"
                  + " Message:)? ?(.*(?i:"
                  + OUT_OF_MEMORY.pattern()
                  + ").*)",
              "memory ran out in its operator %1$s '%2$s' (%3$s)"),
          new Rule("(.*(?i:" + OUT_OF_MEMORY.pattern() + ").*)", "memory ran out (%1$s)"),
          new Rule(
              "(.*terminate flag.*)",
              "the run was ended before it was done, as by a limit of time; nothing is wrong with"
                  + " the network (%1$s)"),
          new Rule(
              ".*In Node, \\(\"(.*?)\", (\\w+), \"(.*?)\", -?\\d+\\).*No Op registered for \\w+ with"
                  + " domain_version of (\\d+).*",
              "its operator %2$s '%1$s' does not exist in operator set %4$s: the exporter could not"
                  + " translate it; export the network without it"),
          new Rule(
              ".*?(\\S+)\\(-?\\d+\\) is not a registered function/op.*",
              "its operator %1$s is not known: export the network without it"),
          new Rule(
              ".*Opset (\\d+) is under development.* Current official support for domain (\\S+) is till"
                  + " opset (\\d+).*",
              "it uses operator set %1$s of %2$s, expected at most %3$s: export it with such an opset"),
          new Rule(
              ".*Could not find an implementation for (\\w+)\\((\\d+)\\) node with name '(.*?)'.*",
              "its operator %1$s '%3$s' cannot run with the types that it has here; export the"
                  + " network with float32 and another opset than %2$s"),
          new Rule(
              ".*Non-zero status code returned while running (\\w+) node\\. Name:'(.*?)'(?: Status"
                  + " Message:)? ?(.*)",
              "its operator %1$s '%2$s' cannot take what comes to it, as where the card's size,"
                  + " channels or number of slices are not those of the export (%3$s)"),
          new Rule(
              "(.*Got invalid dimensions for input.*)",
              "what it is fed is not of the shape that it declares (%1$s)"));

  private EngineWords() {}

  /** The same in a sentence; as it is where it is no message of the engine's. */
  static String told(String message) {
    String plain = NOISE.matcher(message).replaceAll("").strip().replaceAll("\\s+", " ");
    for (Rule rule : RULES) {
      Matcher matcher = rule.pattern().matcher(plain);
      if (matcher.matches()) {
        MatchResult found = matcher.toMatchResult();
        Object[] groups = new Object[found.groupCount()];
        for (int i = 0; i < groups.length; i++) {
          groups[i] = String.valueOf(found.group(i + 1)).strip().replaceFirst("[.;]$", "");
        }
        return String.format(rule.sentence(), groups);
      }
    }
    boolean engines = !plain.equals(message.strip().replaceAll("\\s+", " "));
    return engines ? "ONNX Runtime cannot use it: " + plain : message;
  }
}
