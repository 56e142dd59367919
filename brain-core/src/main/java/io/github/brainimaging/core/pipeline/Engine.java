package io.github.brainimaging.core.pipeline;

import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.core.internal.Interrupts;
import io.github.brainimaging.core.work.Progress;
import io.github.brainimaging.core.work.Workers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jdk.jfr.FlightRecorder;
import org.jspecify.annotations.Nullable;

/**
 * Runs the steps of both pipelines, on one input or on many.
 *
 * @param kind of inputs
 * @param reader reads a file
 * @param steps in the order in which they run
 * @param insists whether answers are given also where an input is out of the domain
 * @param result makes an analysis of what was found
 * @param parallelism how many inputs of a batch are analyzed at a time, positive
 * @param <T> what is analyzed
 * @param <S> what a segmenter finds in it
 * @param <A> the analysis
 */
record Engine<T, S, A>(
    Kind<T, S> kind,
    Reader<T> reader,
    List<Step<T, S>> steps,
    boolean insists,
    Function<Findings<T, S>, A> result,
    int parallelism) {

  /** An application on the module path may lack the module. */
  private static final boolean RECORDABLE = ModuleLayer.boot().findModule("jdk.jfr").isPresent();

  /** Reads files. */
  @FunctionalInterface
  interface Reader<T> {
    T read(Path file) throws IOException;
  }

  /** A file among the inputs. */
  private record FileInput<T>(Path file, Reader<T> reader) implements NamedInput<T> {
    @Override
    public String name() {
      return file.toString();
    }

    @Override
    public T read() throws IOException {
      return reader.read(file);
    }
  }

  A analyze(Path file) throws IOException {
    return analyze(new FileInput<>(file, reader));
  }

  A analyze(String name, T image) {
    return run(name, new Step.State<>(kind, image, insists));
  }

  private A analyze(NamedInput<T> input) throws IOException {
    long start = System.nanoTime();
    StepEvent event = begun("read");
    Step.State<T, S> state;
    try {
      state = new Step.State<>(kind, input.read(), insists);
      tell(event, state.input);
    } finally {
      end(event);
    }
    state.milliseconds.put("read", millisecondsSince(start));
    return run(input.name(), state);
  }

  private static @Nullable StepEvent begun(String step) {
    // The first event starts the recorder, a tenth of a second that few need.
    return RECORDABLE && FlightRecorder.isInitialized() ? StepEvent.begun(step) : null;
  }

  private void tell(@Nullable StepEvent event, T input) {
    if (event != null) {
      event.samples = kind.samples(input);
    }
  }

  private static void end(@Nullable StepEvent event) {
    if (event != null) {
      event.commit();
    }
  }

  private A run(String name, Step.State<T, S> state) {
    for (Step<T, S> step : steps) {
      long start = System.nanoTime();
      StepEvent event = begun(step.name());
      tell(event, state.working);
      try {
        if (step.run(state)) {
          state.milliseconds.put(step.name(), millisecondsSince(start));
        }
      } finally {
        end(event);
      }
    }
    return result.apply(
        new Findings<>(
            name,
            state.input,
            state.assessment,
            state.predictions,
            state.slices,
            state.segmentation,
            state.milliseconds,
            state.remarks));
  }

  private static double millisecondsSince(long start) {
    return (System.nanoTime() - start) / 1e6;
  }

  Engine<T, S, A> withParallelism(int newParallelism) {
    Arguments.requirePositive("parallelism", newParallelism);
    return new Engine<>(kind, reader, steps, insists, result, newParallelism);
  }

  List<NamedInput<T>> inputs(List<Path> files) {
    return files.stream().<NamedInput<T>>map(file -> new FileInput<>(file, reader)).toList();
  }

  /** A result of one input, and the input's name. */
  private record Named<R>(String input, R result) {}

  /** What is made of the outcomes, each in the thread that analyzed it. */
  <R> Stream<R> analyzeAll(
      List<? extends NamedInput<T>> inputs, Progress progress, Function<Outcome<A>, R> use) {
    List<NamedInput<T>> all = List.copyOf(inputs);
    ReadWriteLock heap = new ReentrantReadWriteLock();
    AtomicInteger done = new AtomicInteger();
    return Workers.map(all, parallelism, input -> new Named<>(input.name(), one(input, use, heap)))
        .map(
            named -> {
              progress.report(named.input, done.incrementAndGet(), all.size());
              return named.result;
            });
  }

  /**
   * One input of many. Where the heap is too small for it beside the others, once more when nobody
   * else works; where it is too small even then, what it held is free again, and the next may well
   * be small.
   */
  private <R> R one(NamedInput<T> input, Function<Outcome<A>, R> use, ReadWriteLock heap) {
    OutOfMemoryError failure; // whose text depends on chance and is not told
    try {
      return locked(heap.readLock(), () -> use.apply(outcome(input)));
    } catch (OutOfMemoryError e) {
      failure = e;
    }
    if (parallelism > 1) {
      try {
        return locked(heap.writeLock(), () -> use.apply(outcome(input)));
      } catch (OutOfMemoryError e) {
        failure = e;
      }
    }
    String message =
        String.format("%s: the heap is too small for this %s", input.name(), kind.noun());
    return use.apply(new Outcome.Failure<>(input.name(), new IOException(message, failure)));
  }

  private static <R> R locked(Lock lock, Supplier<R> work) {
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }

  private Outcome<A> outcome(NamedInput<T> input) {
    Outcome<A> outcome;
    try {
      outcome = new Outcome.Success<>(input.name(), analyze(input));
    } catch (CancellationException e) {
      throw e; // a step was told to end, not this input alone
    } catch (IOException | RuntimeException e) {
      outcome = new Outcome.Failure<>(input.name(), e);
    }
    Interrupts.heed("%s", input.name());
    return outcome;
  }

  /** What reads files, and the steps with what they do. */
  String describe(String pipeline, Object readWith, int usualParallelism) {
    List<String> all = new ArrayList<>(List.of("read: " + readWith));
    steps.forEach(step -> all.add(describe(step)));
    if (insists) {
      all.add("insists");
    }
    if (parallelism != usualParallelism) {
      all.add(parallelism + " at a time");
    }
    return all.stream().collect(Collectors.joining(", ", pipeline + "[", "]"));
  }

  private static String describe(Step<?, ?> step) {
    Object does =
        step instanceof Step.Transforming<?, ?> t
            ? t.transform()
            : step instanceof Step.Assessing<?, ?> a
                ? a.assessor()
                : step instanceof Step.Classifying<?, ?> c
                    ? c.classifier()
                    : ((Step.Segmenting<?, ?>) step).segmenter();
    boolean some = step instanceof Step.Segmenting<?, ?> s && s.belief() != null;
    return step.name() + ": " + does + (some ? ", kept when believed" : "");
  }
}
