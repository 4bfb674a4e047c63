package com.cruddur.ddb.cli.table;

import com.cruddur.ddb.cli.context.CommandContext;
import com.cruddur.ddb.cli.context.CommandException;
import com.cruddur.ddb.cli.mixin.ExportInput;
import java.util.Map;
import java.util.function.Consumer;
import picocli.CommandLine.Option;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** {@code --from-export}: an export is read instead of the table. */
final class FromExportOption {
  @Option(
      names = "--from-export",
      paramLabel = "PATH",
      description =
          "Read the items of an export, a folder, a file or -, instead of the table: no capacity is"
              + " consumed.")
  private String path;

  boolean given() {
    return path != null;
  }

  /** As it was given; null when it was not. */
  String path() {
    return path;
  }

  /** Gives every item, and shows how far it is. */
  ExportInput read(
      CommandContext context, String command, Consumer<Map<String, AttributeValue>> items) {
    ExportInput export = new ExportInput(context, path);
    export.read(command, items);
    return export;
  }

  /** Of reading an export nothing is to be explained. */
  void refuseExplain() {
    if (given()) {
      throw CommandException.usage(
          "an export is read without DynamoDB", "There is nothing to explain.");
    }
  }
}
