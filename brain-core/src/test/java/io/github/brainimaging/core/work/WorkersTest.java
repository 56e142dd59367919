package io.github.brainimaging.core.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WorkersTest {

  private static List<Integer> numbers(int count) {
    return IntStream.range(0, count).boxed().toList();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  @Test
  void worksOnSeveralAtATimeAndKeepsTheOrder() {
    CountDownLatch second = new CountDownLatch(1);

    List<Integer> results =
        Workers.map(
                numbers(50),
                2,
                i -> {
                  if (i == 0) {
                    await(second); // ends only if another works meanwhile
                  } else {
                    second.countDown();
                  }
                  return i * i;
                })
            .toList();

    assertThat(results).containsExactlyElementsOf(numbers(50).stream().map(i -> i * i).toList());
  }

  @Test
  void beginsNoMoreThanTwiceAsManyAsThereAreThreads() {
    AtomicInteger begun = new AtomicInteger();
    try (Stream<Integer> results = Workers.map(numbers(1000), 3, i -> begun.incrementAndGet())) {
      Iterator<Integer> each = results.iterator();
      assertThat(each.next()).isPositive();
    }

    assertThat(begun.get()).isBetween(1, 6);
  }

  @Test
  void aSingleThreadIsTheCallersAndWorksWhenAsked() throws IOException {
    Workers<Thread> workers = new Workers<>(1);
    AtomicInteger begun = new AtomicInteger();
    workers.submit(
        () -> {
          begun.incrementAndGet();
          return Thread.currentThread();
        });

    assertThat(workers.isFull()).isTrue();
    assertThat(begun.get()).isZero();
    assertThat(workers.next()).isSameAs(Thread.currentThread());
    assertThat(workers.isIdle()).isTrue();
  }

  @Test
  void throwsWhatATaskThrewAndGivesUpTheRest() {
    for (int threads : List.of(1, 2)) {
      Workers<String> workers = new Workers<>(threads);
      workers.submit(
          () -> {
            throw new IOException("no space");
          });
      workers.submit(() -> "never asked for");

      assertThatThrownBy(workers::next).isInstanceOf(IOException.class).hasMessage("no space");
      assertThat(workers.isIdle()).isTrue();
    }
    assertThatThrownBy(
            () ->
                Workers.map(
                        numbers(9),
                        2,
                        i -> {
                          throw new OutOfMemoryError("so large");
                        })
                    .toList())
        .isInstanceOf(OutOfMemoryError.class);
  }

  @Test
  void anInterruptEndsTheWorkAndStays() {
    CountDownLatch never = new CountDownLatch(1);
    AtomicReference<Throwable> end = new AtomicReference<>();
    Workers<Integer> workers = new Workers<>(2);
    CountDownLatch begun = new CountDownLatch(1);
    workers.submit(
        () -> {
          begun.countDown();
          try {
            never.await();
          } catch (InterruptedException e) {
            end.set(e);
          }
          return 1;
        });
    await(begun);
    Thread.currentThread().interrupt();

    assertThatThrownBy(workers::next).isInstanceOf(CancellationException.class);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(end.get()).isInstanceOf(InterruptedException.class);
  }

  @Test
  void refusesNoThread() {
    assertThatThrownBy(() -> new Workers<>(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("threads must be positive, got 0");
    assertThatThrownBy(() -> Workers.map(numbers(1), -1, i -> i))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
