package com.cruddur.ddb.cli.context;

import com.cruddur.ddb.chat.Spelling;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Option;

/** {@code --wide} and {@code --columns}: what of a list is shown. */
final class TableOptions {
  @Option(names = "--wide", description = "In tables: all columns, and nothing is cut.")
  private boolean wide;

  @Option(
      names = "--columns",
      paramLabel = "NAME,...",
      description = "Only these fields, in this order, in every format.")
  private String names;

  /**
   * What is to be shown of a list.
   *
   * @throws CommandException when a field is named that the list does not have
   */
  Columns of(Columns view) {
    if (names != null && !view.open()) {
      for (String name : named()) {
        if (!view.columns().contains(name)) {
          throw CommandException.usage(
              "there is no column '" + name + "'",
              Spelling.question(name, view.columns())
                  + "The columns are "
                  + String.join(", ", view.columns())
                  + ".");
        }
      }
    }
    Columns chosen = names == null ? view : view.only(named());
    return wide ? chosen.wide() : chosen;
  }

  private List<String> named() {
    return Arrays.stream(names.split(",", -1)).map(String::strip).distinct().toList();
  }
}
