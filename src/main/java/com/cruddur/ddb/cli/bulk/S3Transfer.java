package com.cruddur.ddb.cli.bulk;

import com.cruddur.ddb.chat.Backoff;
import com.cruddur.ddb.cli.context.CommandContext;
import com.cruddur.ddb.cli.context.CommandException;
import com.cruddur.ddb.cli.context.ExitCode;
import com.cruddur.ddb.cli.mixin.BulkProgress;
import com.cruddur.ddb.dynamo.s3.S3Jobs;
import com.cruddur.ddb.dynamo.s3.S3Jobs.Job;
import com.cruddur.ddb.dynamo.s3.S3Jobs.State;
import com.cruddur.ddb.dynamo.s3.S3Url;
import com.cruddur.ddb.output.Progress;
import com.cruddur.ddb.text.Count;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine.Option;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ExportNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ImportNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

/** Exports to S3 and imports from S3 that DynamoDB itself runs: starting and following them. */
final class S3Transfer {
  private static final long LONGEST_PAUSE_MILLIS = 20_000;

  @Option(
      names = "--follow",
      paramLabel = "ARN",
      description = "Follow a job on S3 that was started before.")
  private String follow;

  /** Whether a job is meant, by its url or by its ARN. */
  boolean given(String url) {
    return url != null || follow != null;
  }

  int export(CommandContext context, String url) {
    if (context.dryRun().on()) {
      return planExport(context, url);
    }
    return run(
        context,
        url,
        jobs -> {
          requireRecovery(context);
          return jobs.export(
              context.tables().describe(context.table()).tableArn(), S3Url.parse(url));
        });
  }

  private static void requireRecovery(CommandContext context) {
    String table = context.table();
    if (!context.tables().hasPointInTimeRecovery(table)) {
      throw new CommandException(
          ExitCode.FAILED,
          "no_point_in_time_recovery",
          "table " + table + " has no point-in-time recovery, which an export to S3 needs",
          "Turn it on: 'ddb schema-load --update --point-in-time-recovery'.");
    }
  }

  /** What an export would do; whether it may write to the bucket only DynamoDB itself finds out. */
  private static int planExport(CommandContext context, String url) {
    S3Url to = planned(url);
    context.tables().describe(context.table());
    asked(
        context,
        jobs -> {
          requireRecovery(context);
          return null;
        });
    context.dryRun().plan("export", "table " + context.table() + " to " + to);
    context.document(Map.of("s3", to.toString()));
    return ExitCode.DONE;
  }

  private static S3Url planned(String url) {
    if (url == null) {
      throw CommandException.usage("--follow starts nothing", "Leave --dry-run out.");
    }
    return S3Url.parse(url);
  }

  int importTable(CommandContext context, String url) {
    if (context.dryRun().on()) {
      return planImport(context, url);
    }
    return run(
        context,
        url,
        jobs -> {
          S3Url from = S3Url.parse(url);
          confirm(context, from);
          try {
            return jobs.importTable(context.table(), from);
          } catch (ResourceInUseException e) {
            throw tableExists(context);
          }
        });
  }

  private static void confirm(CommandContext context, S3Url from) {
    if (context.target().isProd() || context.dryRun().on()) {
      context.guard().confirmNew("make the table from " + from);
    }
  }

  /** What an import would do; whether the files can be read only DynamoDB itself finds out. */
  private static int planImport(CommandContext context, String url) {
    S3Url from = planned(url);
    try {
      context.tables().describe(context.table());
      throw tableExists(context);
    } catch (ResourceNotFoundException e) {
      confirm(context, from);
      context.dryRun().plan("make", "table " + context.table() + " from " + from);
      context.document(Map.of("s3", from.toString()));
      return ExitCode.DONE;
    }
  }

  private static CommandException tableExists(CommandContext context) {
    return new CommandException(
        ExitCode.FAILED,
        "table_exists",
        "table " + context.table() + " exists, and an import from S3 makes a new one",
        "Name another with --table, or load it with 'ddb import FOLDER'.");
  }

  private int run(CommandContext context, String url, Function<S3Jobs, Job> start) {
    if (url != null && follow != null) {
      throw CommandException.usage("--follow starts no job", "Leave the url out.");
    } else if (url != null) {
      S3Url.parse(url);
    }
    return asked(context, jobs -> report(context, followed(context, jobs, started(jobs, start))));
  }

  private Job started(S3Jobs jobs, Function<S3Jobs, Job> start) {
    try {
      return follow == null ? start.apply(jobs) : jobs.describe(follow);
    } catch (ExportNotFoundException | ImportNotFoundException e) {
      throw new CommandException(
          ExitCode.NOT_FOUND, "job_not_found", "there is no job " + follow, null);
    }
  }

  /** What else may listen there, such as DynamoDB Local, tells by its answer that it cannot. */
  private static <T> T asked(CommandContext context, Function<S3Jobs, T> work) {
    try {
      return work.apply(context.clients().s3Jobs());
    } catch (DynamoDbException e) {
      if (e.awsErrorDetails() == null
          || !"UnknownOperationException".equals(e.awsErrorDetails().errorCode())) {
        throw e;
      }
      throw new CommandException(
          ExitCode.FAILED,
          "no_s3",
          context.target().describe() + " knows no export to S3 and no import from S3",
          "Export to a folder and import that, or use the embedded stack or AWS.");
    }
  }

  /** Ctrl-C ends ddb, not the job. */
  private static Job followed(CommandContext context, S3Jobs jobs, Job started) {
    if (started.state() != State.RUNNING) {
      return started;
    }
    String again = "'ddb " + kind(started) + " --follow " + started.arn() + "' follows it";
    context.notices().info(kind(started) + " " + started.arn() + " runs; " + again);
    Thread thread = Thread.currentThread();
    Runnable stop =
        () -> {
          context.notices().report("the " + kind(started) + " goes on by itself; " + again);
          thread.interrupt();
        };
    try (BulkProgress progress = new BulkProgress(context, kind(started), Progress.Goal.UNKNOWN)) {
      return context
          .interruptible()
          .call(stop, () -> jobs.follow(started, pause(), job -> progress.accept(job.items())));
    }
  }

  private static String kind(Job job) {
    return job.isImport() ? "import" : "export";
  }

  /** 0.2 s, 0.4 s … 20 s. */
  private static Backoff pause() {
    return attempt -> {
      try {
        Thread.sleep(Math.min(LONGEST_PAUSE_MILLIS, 100L << Math.min(attempt, 10)));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    };
  }

  private static int report(CommandContext context, Job job) {
    if (job.state() == State.RUNNING) {
      return ExitCode.INTERRUPTED;
    } else if (job.state() == State.FAILED && !job.isPartial()) {
      throw new CommandException(
          ExitCode.FAILED,
          kind(job) + "_failed",
          "the " + kind(job) + " " + job.arn() + " failed: " + job.failure(),
          job.isImport() && job.details() != null ? "Its log: " + job.details() : null);
    }
    if (job.isImport()) {
      String table = job.tableArn().substring(job.tableArn().lastIndexOf('/') + 1);
      if (context.tables().enableStream(table)) {
        context.notices().info("turned on the stream, which an import cannot ask for");
      }
    }
    context.document(fields(job));
    if (job.errors() > 0) {
      String why = job.failure() == null ? "" : ": " + job.failure();
      String log = job.details() == null ? "" : "; see " + job.details();
      context
          .notices()
          .warn(Count.of(job.errors(), "item was", "items were") + " not imported" + why + log);
    }
    return job.errors() > 0 ? ExitCode.FINDINGS : ExitCode.DONE;
  }

  private static Map<String, Object> fields(Job job) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("arn", job.arn());
    fields.put("items", job.items());
    fields.put("bytes", job.bytes());
    fields.put("errors", job.errors());
    fields.put("s3", job.place().toString());
    fields.put(job.isImport() ? "log" : "manifest", job.details());
    return fields;
  }
}
