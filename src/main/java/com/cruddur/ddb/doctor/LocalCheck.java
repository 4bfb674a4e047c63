package com.cruddur.ddb.doctor;

import com.cruddur.ddb.local.LocalStack;
import com.cruddur.ddb.local.StackStatus;
import java.util.Optional;
import java.util.function.Consumer;

/** The embedded stack: whether it runs, and whether it is what listens on its port. */
public final class LocalCheck {
  private final LocalStack stack;
  private final int port;

  /** A check of a stack and the port it would listen on. */
  public LocalCheck(LocalStack stack, int port) {
    this.stack = stack;
    this.port = port;
  }

  /** Returns whether the stack itself listens there. */
  public boolean run(Consumer<Diagnosis> out) {
    Optional<StackStatus> status = stack.status();
    if (status.isPresent()) {
      out.accept(
          Diagnosis.ok(
              "local stack",
              "process "
                  + status.get().pid()
                  + ", tables "
                  + (status.get().inMemory() ? "in memory" : "in " + status.get().dataDirectory())
                  + faults(status.get())));
    } else if (LocalStack.answers(port)) {
      out.accept(
          Diagnosis.note(
              "local stack",
              "something that ddb did not start listens on port "
                  + port
                  + LocalStack.listener(port),
              "commands use it as if it were the local stack",
              "if that is not meant: end it, or set DDB_LOCAL_PORT to another port"));
    } else {
      out.accept(
          Diagnosis.problem(
              "local stack",
              "nothing listens on port " + port,
              "there is no table to work on",
              "'ddb setup' (or any command on the table, which starts the stack)"));
    }
    return status.isPresent();
  }

  private static String faults(StackStatus status) {
    String words = status.faults().words();
    return words.isEmpty() ? "" : ", ddb's engine with " + words;
  }
}
