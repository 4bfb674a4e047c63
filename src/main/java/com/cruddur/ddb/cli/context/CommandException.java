package com.cruddur.ddb.cli.context;

import com.cruddur.ddb.chat.InvalidInputException;
import com.cruddur.ddb.dynamo.TableSchema;
import java.util.List;
import java.util.stream.Collectors;

/** A command's own refusal: one line of cause, one of cure, a stable name and an exit code. */
public final class CommandException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final int exitCode;
  private final String code;
  private final String hint;

  public CommandException(int exitCode, String code, String message, String hint) {
    super(message);
    this.exitCode = exitCode;
    this.code = code;
    this.hint = hint;
  }

  public static CommandException usage(String message, String hint) {
    return new CommandException(ExitCode.USAGE, "usage", message, hint);
  }

  /** Wrong usage, by what a part below the command line says of the input. */
  static CommandException usage(InvalidInputException e) {
    return usage(e.getMessage(), e.hint());
  }

  /** A table with another schema, and what can be done about each difference. */
  public static CommandException schemaDiffers(String table, List<String> differences) {
    boolean addable = differences.stream().allMatch(TableSchema::isAddable);
    return new CommandException(
        ExitCode.FAILED,
        "schema_differs",
        "table " + table + " exists with another schema: " + String.join("; ", differences),
        addable
            ? "Nothing was changed. 'ddb schema-load --update' adds what is missing."
            : "Nothing was changed. What cannot be changed in place is made again: "
                + differences.stream()
                    .map(difference -> TableSchema.cure(difference, table))
                    .distinct()
                    .collect(Collectors.joining("; ")));
  }

  int exitCode() {
    return exitCode;
  }

  String code() {
    return code;
  }

  String hint() {
    return hint;
  }
}
