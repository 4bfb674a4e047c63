package com.cruddur.ddb.aws;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/**
 * What a profile's credential_process prints. The SDK's own way waits for ever for one that hangs.
 */
final class ProcessCredentials implements AwsCredentialsProvider {
  private static final Duration EARLY = Duration.ofMinutes(1);
  private static final String BY_HAND = "Run the command of credential_process by hand.";
  private static final int MOST = 64_000;
  private final String profile;
  private final String command;
  private final Duration limit;
  private AwsCredentials known;
  private Instant end;

  ProcessCredentials(String profile, String command, Duration limit) {
    this.profile = profile;
    this.command = command;
    this.limit = limit;
  }

  @Override
  public synchronized AwsCredentials resolveCredentials() {
    if (known == null || (end != null && Instant.now().plus(EARLY).isAfter(end))) {
      known = credentials(run());
    }
    return known;
  }

  private AwsCredentials credentials(String printed) {
    Map<String, String> fields = FlatJson.read(printed);
    if (fields == null) {
      throw failed("prints no JSON object", "It prints {\"Version\":1,\"AccessKeyId\":…}.");
    }
    if (!"1".equals(fields.get("Version"))) {
      throw failed("prints no \"Version\":1", "It prints {\"Version\":1,\"AccessKeyId\":…}.");
    }
    end = end(fields.get("Expiration"));
    if (end != null && end.isBefore(Instant.now())) {
      throw failed("prints credentials that expired at " + end, "Have it get new ones.");
    }
    return CredentialSources.pair(
        profile + ": what credential_process prints",
        BY_HAND + " It prints both AccessKeyId and SecretAccessKey.",
        fields.get("AccessKeyId"),
        fields.get("SecretAccessKey"),
        fields.get("SessionToken"));
  }

  private Instant end(String text) {
    try {
      return text == null ? null : java.time.OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException e) {
      throw failed(
          "prints an Expiration that is not a time: " + text, "It is as 2026-03-19T23:59:59Z.");
    }
  }

  /** Its standard input is empty: what ddb is given is not for it. */
  private String run() {
    Process process = null;
    try {
      process =
          new ProcessBuilder("sh", "-c", command)
              .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
              .start();
      CompletableFuture<String> out = reading(process.getInputStream());
      CompletableFuture<String> err = reading(process.getErrorStream());
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw failed(
            "does not end within " + limit.toMillis() / 1000.0 + " s",
            BY_HAND + " --timeout is how long ddb waits.");
      }
      if (process.exitValue() != 0) {
        String said = lastLine(err.get(1, TimeUnit.SECONDS));
        throw failed(
            "ends with exit code " + process.exitValue() + (said.isEmpty() ? "" : ": " + said),
            BY_HAND);
      }
      return out.get(1, TimeUnit.SECONDS);
    } catch (IOException e) {
      throw failed("cannot be started: " + e.getMessage(), "See credential_process.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed("was interrupted", "Run the command again.");
    } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
      throw failed("does not end what it prints", BY_HAND);
    } finally {
      if (process != null) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
    }
  }

  private static CompletableFuture<String> reading(InputStream in) {
    CompletableFuture<String> text = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try (in) {
                text.complete(new String(in.readNBytes(MOST), StandardCharsets.UTF_8));
              } catch (IOException e) {
                text.completeExceptionally(new UncheckedIOException(e));
              }
            },
            "credential-process");
    thread.setDaemon(true);
    thread.start();
    return text;
  }

  private static String lastLine(String text) {
    return text.lines().map(String::strip).filter(l -> !l.isEmpty()).reduce("", (a, b) -> b);
  }

  private AwsSetupException failed(String why, String hint) {
    return AwsSetupException.credentials(profile + ": its credential_process " + why, hint);
  }
}
