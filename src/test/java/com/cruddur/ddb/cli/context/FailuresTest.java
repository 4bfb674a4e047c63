package com.cruddur.ddb.cli.context;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class FailuresTest {
  @Test
  void aHeapThatIsTooSmallIsToldWithTheCureWhoeverMetIt() {
    long heap = Runtime.getRuntime().maxMemory() >> 20;
    OutOfMemoryError error = new OutOfMemoryError("Java heap space");
    for (Throwable met : new Throwable[] {error, new ExecutionException(error)}) {
      Failure failure = Failures.of(met, null);
      assertThat(failure.exitCode()).isEqualTo(ExitCode.FAILED);
      assertThat(failure.code()).isEqualTo("out_of_memory");
      assertThat(failure.message())
          .isEqualTo("the heap of " + heap + " MB is too small for this: Java heap space");
      assertThat(failure.hint()).contains("DDB_JAVA_OPTS=-Xmx" + 2 * heap + "m");
    }
  }

  @Test
  void threadsThatTheSystemRefusesAreNoMatterOfTheHeap() {
    Failure failure =
        Failures.of(new OutOfMemoryError("unable to create native thread: possibly"), null);
    assertThat(failure.message()).contains("thread").doesNotContain("heap");
    assertThat(failure.hint()).contains("ulimit -u").doesNotContain("-Xmx");
  }
}
