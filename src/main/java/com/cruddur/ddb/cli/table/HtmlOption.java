package com.cruddur.ddb.cli.table;

import com.cruddur.ddb.cli.context.CommandContext;
import com.cruddur.ddb.cli.mixin.PrivateFile;
import com.cruddur.ddb.output.HtmlPage;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/** {@code --html}: what a command found, as a page for a browser too. */
final class HtmlOption {
  private static final int REGION_FIELD = 3;
  private static final int ACCOUNT_FIELD = 4;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Write what is found to a page for a browser, too.")
  private Path file;

  boolean on() {
    return file != null;
  }

  /** Refuses a place where no page can be written, before work is done. */
  void check() {
    if (file != null) {
      PrivateFile.check("--html", file);
      PrivateFile.requireOurs("--html", file, HtmlPage.BEGIN);
    }
  }

  /**
   * A page that says where and when it was read.
   *
   * @param export what was read instead of the table; null for the table
   */
  HtmlPage page(CommandContext context, String title, String export, List<String> lines) {
    List<String> all = new ArrayList<>(lines);
    String at =
        context.cliEnvironment().clock().instant().truncatedTo(ChronoUnit.SECONDS).toString();
    all.add((export == null ? source(context) : "export " + export) + "; read at " + at);
    return new HtmlPage(title, all);
  }

  void write(CommandContext context, HtmlPage page) {
    PrivateFile.write(file, page.toString());
    context.notices().info("wrote " + file);
  }

  /** A sample: AWS in eu-west-1, account 123456789012, region eu-west-1, table cruddur-messages. */
  private static String source(CommandContext context) {
    String place = context.target().describe();
    try {
      String[] arn = context.tables().describe(context.table()).tableArn().split(":");
      place += ", account " + arn[ACCOUNT_FIELD] + ", region " + arn[REGION_FIELD];
    } catch (DynamoDbException e) {
      // Whoever may read items need not be allowed to describe the table.
    }
    return place + ", table " + context.table();
  }
}
