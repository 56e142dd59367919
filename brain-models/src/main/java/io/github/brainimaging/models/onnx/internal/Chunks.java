package io.github.brainimaging.models.onnx.internal;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Cuts a stream into lists, lazily. */
public final class Chunks {

  private Chunks() {}

  /**
   * Cuts a stream.
   *
   * @param source the stream, closed with the result
   * @param size elements per list; fewer in the last
   * @return a sequential stream of lists, in the order of the source, each filled when asked for
   */
  public static <T> Stream<List<T>> of(Stream<T> source, int size) {
    Iterator<T> elements = source.iterator();
    Spliterator<List<T>> chunks =
        new Spliterators.AbstractSpliterator<>(Long.MAX_VALUE, Spliterator.ORDERED) {
          @Override
          public boolean tryAdvance(Consumer<? super List<T>> action) {
            List<T> chunk = new ArrayList<>(size);
            while (chunk.size() < size && elements.hasNext()) {
              chunk.add(elements.next());
            }
            if (chunk.isEmpty()) {
              return false;
            }
            action.accept(chunk);
            return true;
          }
        };
    return StreamSupport.stream(chunks, false).onClose(source::close);
  }

  /** The parts of a list, each but the last of a size. */
  public static <T> List<List<T>> of(List<T> all, int size) {
    List<List<T>> parts = new ArrayList<>();
    for (int from = 0; from < all.size(); from += size) {
      parts.add(all.subList(from, (int) Math.min((long) from + size, all.size())));
    }
    return parts;
  }
}
