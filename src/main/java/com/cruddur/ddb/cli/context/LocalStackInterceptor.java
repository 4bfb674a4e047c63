package com.cruddur.ddb.cli.context;

import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/**
 * Ends a long job on the local stack as soon as the stack has been stopped, or cannot use its disk:
 * a patient client would go on asking for minutes. A stack that died, or that is starting again, is
 * waited for.
 */
record LocalStackInterceptor(LocalTarget local) implements ExecutionInterceptor {
  /** The SDK's own header, such as {@code attempt=2; max=15}. */
  private static final String ATTEMPT = "amz-sdk-request";

  /** The engine's, with an answer that tells of its disk. */
  private static final String STORE = "x-ddb-store";

  @Override
  public void beforeTransmission(
      Context.BeforeTransmission context, ExecutionAttributes attributes) {
    boolean first =
        context
            .httpRequest()
            .firstMatchingHeader(ATTEMPT)
            .filter(attempt -> attempt.startsWith("attempt=1;"))
            .isPresent();
    if (!first && local.hasStopped()) {
      throw new CommandException(
          ExitCode.UNREACHABLE,
          "local_stack",
          "the local stack was stopped meanwhile",
          "'ddb local start' starts it again.");
    }
  }

  @Override
  public void afterTransmission(Context.AfterTransmission context, ExecutionAttributes attributes) {
    if (context.httpResponse().firstMatchingHeader(STORE).isPresent()) {
      throw new CommandException(
          ExitCode.FAILED,
          "service",
          "the local stack cannot read or write its tables",
          "Look whether the disk is full or the folder that 'ddb local status' names may not be"
              + " written.");
    }
  }
}
