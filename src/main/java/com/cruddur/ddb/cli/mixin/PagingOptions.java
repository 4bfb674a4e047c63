package com.cruddur.ddb.cli.mixin;

import com.cruddur.ddb.chat.Page;
import com.cruddur.ddb.cli.context.Columns;
import com.cruddur.ddb.cli.context.CommandContext;
import com.cruddur.ddb.cli.context.Limits;
import com.cruddur.ddb.output.OutputFormat;
import com.cruddur.ddb.output.RecordPrinter;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import picocli.CommandLine.Option;

/** The options of a list that is read page by page. */
public final class PagingOptions {
  private static final int ALL_PAGE = 1000;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Print at most N; default: 20. With --all: N a request.")
  private Integer limit;

  @Option(names = "--all", description = "Print all of them.")
  private boolean all;

  @Option(
      names = "--next-token",
      paramLabel = "TOKEN",
      description = "Resume where the command that printed it stopped.")
  private String nextToken;

  /** The first page's size. */
  public int pageSize() {
    Limits.check("--limit", limit, Integer.MAX_VALUE);
    return limit != null ? limit : all ? ALL_PAGE : 20;
  }

  /** Whether a page is to tell if there is more: else the next one does. */
  public boolean looksAhead() {
    return !all;
  }

  public String token() {
    return nextToken;
  }

  /**
   * Prints pages until there are enough: DynamoDB may give fewer than asked for, and 1 MB at most.
   *
   * @param read gives a page of a size from a token
   */
  public <T> void print(
      CommandContext context,
      Columns view,
      BiFunction<Integer, String, Page<T>> read,
      Function<T, Map<String, Object>> fields) {
    String[] left = {null};
    context.list(view, printer -> left[0] = pages(printer, read, fields));
    String next = left[0];
    if (next != null && context.format() != OutputFormat.JSON) {
      context.notices().info("more: --next-token " + next);
    }
  }

  /** Where the page after the last printed one starts; null at the end. */
  private <T> String pages(
      RecordPrinter printer,
      BiFunction<Integer, String, Page<T>> read,
      Function<T, Map<String, Object>> fields) {
    int left = pageSize();
    String next = nextToken;
    do {
      Page<T> page = read.apply(left, next);
      page.items().forEach(item -> printer.print(fields.apply(item)));
      printer.flush();
      next = page.nextToken();
      left -= all ? 0 : page.items().size();
    } while (next != null && left > 0);
    printer.nextToken(next);
    return next;
  }
}
