package com.cruddur.ddb.cli.context;

import com.cruddur.ddb.output.RecordPrinter;
import java.util.Map;

/**
 * A printer of the fields that are to be shown, which notes for completion what the records name.
 *
 * @param seen null for nobody
 */
record NotedRecords(Columns view, CompletionCache seen, RecordPrinter printer)
    implements RecordPrinter {
  @Override
  public void print(Map<String, ?> fields) {
    if (seen != null) {
      seen.note(fields);
    }
    printer.print(view.only() ? view.of(fields) : fields);
  }

  @Override
  public void nextToken(String token) {
    printer.nextToken(token);
  }

  @Override
  public void flush() {
    printer.flush();
  }

  @Override
  public void close() {
    printer.close();
  }
}
