package io.github.brainimaging.examples.cli.option;

import java.util.function.DoublePredicate;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * The ranges that numbers of options have. A number that is out of its range is wrong usage, and is
 * told with the range and itself before anything begins.
 */
public final class Numbers {

  private Numbers() {}

  /** A number that is not in its range; the message begins behind the name of the option. */
  public static final class OutOfRange extends TypeConversionException {
    private static final long serialVersionUID = 1;

    OutOfRange(String range, String value) {
      super("must be " + range + ", got " + value);
    }
  }

  private static int whole(String text, int least, String range) {
    try {
      int value = Integer.parseInt(text.strip());
      if (value >= least) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw told(new OutOfRange(range + " (a whole number)", text), e);
    }
    throw new OutOfRange(range, text);
  }

  private static double real(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw told(new OutOfRange("a number", text), e);
    }
  }

  private static OutOfRange told(OutOfRange problem, NumberFormatException cause) {
    problem.initCause(cause);
    return problem;
  }

  private abstract static class Real implements ITypeConverter<Double> {
    private final DoublePredicate inRange;
    private final String range;

    Real(DoublePredicate inRange, String range) {
      this.inRange = inRange;
      this.range = range;
    }

    @Override
    public final Double convert(String value) {
      double number = real(value);
      if (!inRange.test(number)) {
        throw new OutOfRange(range, Double.toString(number));
      }
      return number;
    }
  }

  /** 1, 2, 3. */
  public static final class Positive implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String value) {
      return whole(value, 1, "positive");
    }
  }

  /** 2, 3, 4. */
  public static final class Several implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String value) {
      return whole(value, 2, "at least 2");
    }
  }

  /** 0, 1, 2. */
  public static final class NotNegative implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String value) {
      return whole(value, 0, "0 or above");
    }
  }

  /** Above 0 and finite. */
  public static final class PositiveReal extends Real {
    public PositiveReal() {
      super(number -> number > 0 && Double.isFinite(number), "positive and finite");
    }
  }

  /** 0 or above, and finite. */
  public static final class NotNegativeReal extends Real {
    public NotNegativeReal() {
      super(number -> number >= 0 && Double.isFinite(number), "0 or above, and finite");
    }
  }

  /** Any number that is one. */
  public static final class Finite extends Real {
    public Finite() {
      super(number -> Double.isFinite(number), "finite");
    }
  }

  /** A share of a whole, 0 and 1 included. */
  public static final class Share extends Real {
    public Share() {
      super(number -> number >= 0 && number <= 1, "from 0 to 1");
    }
  }

  /** A share that is something and not all. */
  public static final class PartialShare extends Real {
    public PartialShare() {
      super(number -> number > 0 && number < 1, "above 0 and below 1");
    }
  }

  /** A share that is something. */
  public static final class PositiveShare extends Real {
    public PositiveShare() {
      super(number -> number > 0 && number <= 1, "above 0 and at most 1");
    }
  }

  /** A share that is not all. */
  public static final class ShareBelowOne extends Real {
    public ShareBelowOne() {
      super(number -> number >= 0 && number < 1, "0 or more and below 1");
    }
  }

  /** 0 to 50 mm. */
  public static final class Margin extends Real {
    public Margin() {
      super(number -> number >= 0 && number <= 50, "0 to 50 mm");
    }
  }

  /** 0.1 to 10 times. */
  public static final class PlotScale extends Real {
    public PlotScale() {
      super(number -> number >= 0.1 && number <= 10, "from 0.1 to 10");
    }
  }
}
