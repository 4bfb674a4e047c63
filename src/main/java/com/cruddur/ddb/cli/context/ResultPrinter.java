package com.cruddur.ddb.cli.context;

import com.cruddur.ddb.output.Display;
import com.cruddur.ddb.output.OutputFormat;
import com.cruddur.ddb.output.Printers;
import com.cruddur.ddb.output.RecordPrinter;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** How one command's results are printed: its format, who reads it, and who else wants to know. */
public final class ResultPrinter {
  private final Writer out;
  private final CliEnvironment cliEnvironment;
  private final OutputOptions options;
  private final Display display;
  private final TableOptions table;
  private final CompletionCache seen;

  /**
   * Results on standard output.
   *
   * @param table what of a list is shown
   * @param seen notes what they name; null for nobody
   */
  ResultPrinter(
      Writer out,
      CliEnvironment cliEnvironment,
      OutputOptions options,
      TableOptions table,
      CompletionCache seen) {
    this.out = out;
    this.cliEnvironment = cliEnvironment;
    this.options = options;
    this.display = options.display(cliEnvironment);
    this.table = table;
    this.seen = seen;
  }

  OutputFormat format() {
    return format(OutputFormat.TABLE);
  }

  /** The format that was asked for, else the fallback. */
  public OutputFormat format(OutputFormat fallback) {
    return options.format(cliEnvironment.environment(), fallback);
  }

  /**
   * Looks at {@code --columns}, before anything is read.
   *
   * @throws CommandException when a field is named that the list does not have
   */
  public void check(ListsRecords list) {
    table.of(list.columns());
  }

  /**
   * Prints a list; table columns are those that fit a person, csv has them all. The document is
   * ended only if all went well: half a list must not look like a whole one.
   */
  void list(Columns view, Consumer<RecordPrinter> print) {
    paged(writer -> list(writer, view, print));
  }

  /** Prints a list whose records are to be seen as they come: without a pager. */
  public void follow(Columns view, Consumer<RecordPrinter> print) {
    list(out, view, print);
  }

  private void list(Writer writer, Columns all, Consumer<RecordPrinter> print) {
    Columns view = table.of(all);
    OutputFormat format = format();
    List<String> columns = format == OutputFormat.TABLE ? view.tableColumns() : view.columns();
    Display shown = view.uncut() ? display.unlimited() : display;
    RecordPrinter printer = Printers.records(format, writer, columns, shown);
    print.accept(new NotedRecords(view, seen, printer));
    printer.close();
  }

  /** Prints one thing. */
  void document(Map<String, ?> document) {
    if (seen != null) {
      seen.note(document);
    }
    paged(writer -> Printers.document(format(), writer, document, display));
  }

  /** Prints to standard output, or to a pager where that is a terminal of known height. */
  public void paged(Consumer<Writer> print) {
    boolean screen = cliEnvironment.terminal().out() && cliEnvironment.terminal().rows() > 0;
    Writer pager = screen && !options.noPager ? PagerChoice.open(out, cliEnvironment) : null;
    if (pager == null) {
      print.accept(out);
      return;
    }
    try (pager) {
      print.accept(pager);
    } catch (InterruptedIOException e) {
      throw new CommandException(ExitCode.INTERRUPTED, "interrupted", null, null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
