package com.cruddur.ddb.cli.context;

import com.cruddur.ddb.aws.CallerIdentity;
import java.util.function.Supplier;
import picocli.CommandLine.Option;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/**
 * What stands before a destructive command: it shows what is meant and asks. Without a terminal it
 * refuses, unless {@code --yes} is given, and on AWS also {@code --confirm-table} with the table's
 * name.
 */
public final class Guard {
  private final CommandContext context;

  @Option(names = "--yes", description = "Do not ask; for scripts.")
  private boolean yes;

  @Option(
      names = "--confirm-table",
      paramLabel = "NAME",
      description = "With --yes on --prod: the table that is meant, named again.")
  private String confirmTable;

  Guard(CommandContext context) {
    this.context = context;
  }

  /**
   * Returns when the user or the options agree.
   *
   * @param action what is about to happen, such as {@code delete the table and all its items}
   */
  public void confirm(String action, TableDescription table) {
    confirm(action, () -> banner(action, table));
  }

  /** As {@link #confirm}, on production alone. */
  public void confirmOnProduction(String action) {
    if (context.target().isProd()) {
      confirm(action, context.tables().describe(context.table()));
    }
  }

  /** As {@link #confirm} for a table that is not there yet. */
  public void confirmNew(String action) {
    confirm(action, () -> banner(action, null));
  }

  private void confirm(String action, Supplier<Banner> banner) {
    new Confirmation("table", context.table(), context.target().isProd(), yes, confirmTable)
        .require(context, action, banner);
  }

  /**
   * Account and region stand in the table's ARN: arn:aws:dynamodb:REGION:ACCOUNT:table/NAME.
   *
   * @param table null for one that is to be made
   */
  private Banner banner(String action, TableDescription table) {
    String[] arn = table == null ? new String[0] : table.tableArn().split(":", 6);
    TargetSettings settings = context.settings();
    // About to delete the table and all its items
    //   endpoint     AWS (--prod)
    //   account      123456789012 (the table's ARN)
    //   caller       arn:aws:iam::123456789012:user/ops (STS)
    //   profile      ops (--profile)
    //   credentials  AKIAIOSFODNN7EXAMPLE (AWS_ACCESS_KEY_ID)
    //   region       eu-west-1 (AWS_REGION)
    //   table        cruddur-messages (default)
    //   items        about 120
    Banner banner = new Banner(action).line(settings.of(TargetSettings.ENDPOINT));
    CallerIdentity caller = context.target().isProd() ? context.clients().caller() : null;
    banner.line(account(arn, caller));
    if (caller != null) {
      banner.line(
          caller.arn() == null
              ? new Setting("caller", "unknown", "STS: " + caller.why())
              : new Setting("caller", caller.arn(), "STS"));
    }
    settings.all().stream()
        .filter(setting -> setting.name().equals(TargetSettings.PROFILE))
        .forEach(banner::line);
    Setting credentials = settings.of(TargetSettings.CREDENTIALS);
    Setting region = settings.of(TargetSettings.REGION);
    return banner
        .line(
            credentials.value().isEmpty()
                ? new Setting(credentials.name(), accessKeyId(), credentials.source())
                : credentials)
        .line(
            region.value().isEmpty() && arn.length > 3
                ? new Setting(region.name(), arn[3], region.source())
                : region)
        .line(settings.of(TargetSettings.TABLE))
        .line("items", table == null ? "none, the table is new" : "about " + table.itemCount());
  }

  private static Setting account(String[] arn, CallerIdentity caller) {
    if (arn.length > 4) {
      return new Setting("account", arn[4], "the table's ARN");
    }
    return caller == null || caller.account() == null
        ? new Setting("account", "unknown", "the table is new")
        : new Setting("account", caller.account(), "the caller's");
  }

  /** What the client signs with; no secret. */
  private String accessKeyId() {
    return context.tables().accessKeyId();
  }
}
