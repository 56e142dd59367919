package io.github.brainimaging.examples.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * Help whose lines break between words only; picocli also breaks names such as {@code FILE.onnx} at
 * the dot.
 */
final class WholeWordsHelp extends Help {

  WholeWordsHelp(CommandSpec spec, ColorScheme colors) {
    super(spec, colors);
  }

  @Override
  public Layout createDefaultLayout(
      List<OptionSpec> options, List<PositionalParamSpec> positionals, ColorScheme colors) {
    Column[] columns =
        super.createDefaultLayout(options, positionals, colors).textTable().columns();
    return new Layout(
        colors,
        new Table(colors, columns),
        createDefaultOptionRenderer(),
        createDefaultParameterRenderer());
  }

  /** What must be given, as in the README's table; the list below has the rest. */
  @Override
  public String synopsis(int headingLength) {
    StringBuilder text = new StringBuilder(commandSpec().qualifiedName());
    for (PositionalParamSpec each : commandSpec().positionalParameters()) {
      text.append(' ')
          .append(parameterLabelRenderer().renderParameterLabel(each, ansi(), List.of()));
    }
    for (OptionSpec option : commandSpec().options()) {
      if (option.required() && isInNoChoice(option)) {
        text.append(' ').append(option.longestName());
        text.append(parameterLabelRenderer().renderParameterLabel(option, ansi(), List.of()));
      }
    }
    text.append(commandSpec().subcommands().isEmpty() ? " [OPTIONS]" : " COMMAND");
    return text.append(System.lineSeparator()).toString();
  }

  private static boolean isInNoChoice(OptionSpec option) {
    return option.group() == null || option.group().multiplicity().min() > 0;
  }

  /** A table that wraps by itself. */
  private static final class Table extends TextTable {

    Table(ColorScheme colors, Column[] columns) {
      super(colors, columns);
    }

    @Override
    public Cell putValue(int row, int column, Ansi.@Nullable Text value) {
      Column place = columns()[column];
      if (value == null || place.overflow != Column.Overflow.WRAP) {
        return super.putValue(row, column, value);
      }
      int room = place.width - place.indent;
      String text = value.plainString();
      int end = endOfLine(text, 0, room);
      Cell cell = super.putValue(row, column, value.substring(0, end));
      while (end < text.length()) {
        int start = end + 1;
        end = endOfLine(text, start, room - indentWrappedLines);
        if (cell.row + 1 == rowCount()) {
          addEmptyRow();
        }
        Ansi.Text line = indent(indentWrappedLines).concat(value.substring(start, end));
        cell = super.putValue(cell.row + 1, column, line);
      }
      return cell;
    }

    private static Ansi.Text indent(int width) {
      return Ansi.OFF.text(" ".repeat(width));
    }

    /** The last blank that fits; a word longer than the line is left to picocli. */
    private static int endOfLine(String text, int start, int room) {
      if (text.length() - start <= room) {
        return text.length();
      }
      int end = text.lastIndexOf(' ', start + room);
      return end > start ? end : text.length();
    }
  }
}
