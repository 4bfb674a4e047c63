package com.cruddur.ddb.cli.mixin;

import com.cruddur.ddb.cli.context.CommandContext;
import com.cruddur.ddb.cli.context.Setting;
import com.cruddur.ddb.cli.context.TargetSettings;
import picocli.CommandLine.Option;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/**
 * What stands before a destructive command: it shows what is meant and asks. Without a terminal it
 * refuses, unless {@code --yes} is given, and on AWS also {@code --confirm-table} with the table's
 * name.
 */
public final class Guard {
  @Option(names = "--yes", description = "Do not ask; for scripts.")
  private boolean yes;

  @Option(
      names = "--confirm-table",
      paramLabel = "NAME",
      description = "With --yes on --prod: the table that is meant, named again.")
  private String confirmTable;

  /**
   * Returns when the user or the options agree.
   *
   * @param action what is about to happen, such as {@code delete the table and all its items}
   */
  public void confirm(CommandContext context, String action, TableDescription table) {
    confirm(context, action, banner(context, action, table));
  }

  /** As {@link #confirm}, on production alone. */
  public void confirmOnProduction(CommandContext context, String action) {
    if (context.target().isProd()) {
      confirm(context, action, context.tables().describe(context.table()));
    }
  }

  /** As {@link #confirm} for a table that is not there yet. */
  public void confirmNew(CommandContext context, String action) {
    // About to make the table from s3://bucket/prefix
    //   region       eu-west-1 (AWS_REGION)
    Banner banner = new Banner(action);
    context.settings().all().forEach(banner::line);
    confirm(context, action, banner.line("items", "none, the table is new").toString());
  }

  private void confirm(CommandContext context, String action, String banner) {
    new Confirmation("table", context.table(), context.target().isProd(), yes, confirmTable)
        .require(context, action, banner);
  }

  /** Account and region stand in the table's ARN: arn:aws:dynamodb:REGION:ACCOUNT:table/NAME. */
  private static String banner(CommandContext context, String action, TableDescription table) {
    String[] arn = table.tableArn().split(":", 6);
    TargetSettings settings = context.settings();
    // About to delete the table and all its items
    //   endpoint     AWS (--prod)
    //   account      123456789012
    //   credentials  AKIAIOSFODNN7EXAMPLE (AWS_ACCESS_KEY_ID)
    //   region       eu-west-1 (AWS_REGION)
    //   table        cruddur-messages (default)
    //   items        about 120
    Banner banner = new Banner(action).line(settings.of(TargetSettings.ENDPOINT));
    banner.line("account", arn.length > 4 ? arn[4] : "unknown");
    settings.all().stream()
        .filter(setting -> setting.name().equals(TargetSettings.PROFILE))
        .forEach(banner::line);
    Setting credentials = settings.of(TargetSettings.CREDENTIALS);
    Setting region = settings.of(TargetSettings.REGION);
    return banner
        .line(
            credentials.value().isEmpty()
                ? new Setting(credentials.name(), accessKeyId(context), credentials.source())
                : credentials)
        .line(
            region.value().isEmpty() && arn.length > 3
                ? new Setting(region.name(), arn[3], region.source())
                : region)
        .line(settings.of(TargetSettings.TABLE))
        .line("items", "about " + table.itemCount())
        .toString();
  }

  /** What the client signs with; no secret. */
  private static String accessKeyId(CommandContext context) {
    return context
        .dynamoDb()
        .serviceClientConfiguration()
        .credentialsProvider()
        .resolveIdentity()
        .join()
        .accessKeyId();
  }
}
