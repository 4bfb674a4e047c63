package com.cruddur.ddb.cli.doctor;

import com.cruddur.ddb.cli.context.Columns;
import com.cruddur.ddb.cli.context.CommandContext;
import com.cruddur.ddb.doctor.Diagnosis;
import com.cruddur.ddb.doctor.Diagnosis.Status;
import com.cruddur.ddb.output.OutputFormat;
import com.cruddur.ddb.output.Printers;
import com.cruddur.ddb.text.Count;
import com.cruddur.ddb.text.Paragraph;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How the doctor's findings are printed: for a person with why and cure below what is wrong. */
public final class DoctorReport {
  private static final Columns VIEW = Columns.of("status", "check", "found", "why", "cure");
  private static final int STATUS_WIDTH = 9;
  private static final int CHECK_WIDTH = 21;

  private final CommandContext context;

  public DoctorReport(CommandContext context) {
    this.context = context;
  }

  /** Returns whether no problem is among them. */
  boolean print(List<Diagnosis> all) {
    if (context.format() == OutputFormat.TABLE) {
      all.forEach(this::lines);
    } else {
      context.list(VIEW, printer -> all.forEach(one -> printer.print(fields(one))));
    }
    long problems = count(all, Status.PROBLEM);
    // 18 checks: 1 problem, 2 notes
    context
        .notices()
        .info(
            all.size()
                + " checks: "
                + Count.of(problems, "problem")
                + ", "
                + Count.of(count(all, Status.NOTE), "note"));
    return problems == 0;
  }

  private void lines(Diagnosis one) {
    // problem  stream               off
    //          why:                 the trigger does not see new messages
    //          cure:                aws dynamodb update-table …
    String head = padded(word(one), STATUS_WIDTH);
    line(head + padded(one.check(), CHECK_WIDTH), one.found());
    below("why:", one.why());
    below("cure:", context.cures().in(one.cure()));
  }

  private void below(String name, String text) {
    if (text != null) {
      line(" ".repeat(STATUS_WIDTH) + padded(name, CHECK_WIDTH), text);
    }
  }

  /** As wide as the terminal, the text in a column of its own. */
  private void line(String head, String text) {
    int columns = context.terminal().out() ? context.terminal().columns() : 0;
    String start = head;
    for (String part : Paragraph.wrap(text, columns == 0 ? 0 : columns - head.length())) {
      Printers.line(context.out(), start + part);
      start = " ".repeat(head.length());
    }
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(Math.max(1, width - text.length()));
  }

  private Map<String, Object> fields(Diagnosis one) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("status", word(one));
    fields.put("check", one.check());
    fields.put("found", one.found());
    fields.put("why", one.why());
    fields.put("cure", context.cures().in(one.cure()));
    return fields;
  }

  private static String word(Diagnosis one) {
    return one.status().name().toLowerCase(Locale.ROOT);
  }

  private static long count(List<Diagnosis> all, Status status) {
    return all.stream().filter(one -> one.status() == status).count();
  }
}
