package com.cruddur.ddb.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.cruddur.ddb.DdbRunner.Result;
import com.cruddur.ddb.Fault;
import com.cruddur.ddb.FaultyProxy;
import com.cruddur.ddb.MessageTable;
import com.cruddur.ddb.TestStack;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs a line with {@code --explain}, then in earnest, and compares what it says with what it does.
 */
final class ExplainedCost {
  private static final Pattern COST = Pattern.compile("(.*) RCU, (.*) WCU");
  private static final Pattern CONSUMED =
      Pattern.compile("capacity: ([\\d.]+) RCU.*?, ([\\d.]+) WCU", Pattern.DOTALL);

  /** What ddb asks besides for the guard and for the names of cached pages; it costs nothing. */
  private static final String BESIDE = "DescribeTable";

  private final MessageTable table;

  ExplainedCost(MessageTable table) {
    this.table = table;
  }

  /** Fails unless the formulas, with these values, are right to 5 % and name every operation. */
  void check(Map<String, Double> values, String... line) {
    String told = String.join(" ", line).replaceAll("x{9,}", "TEXT");
    JsonNode plan = Outcome.done(run(line, "--explain", "-o", "json")).json();
    Matcher cost = COST.matcher(plan.get("cost").asText());
    assertThat(cost.matches()).as(plan.toString()).isTrue();
    Set<String> operations = new ConcurrentSkipListSet<>();
    Result result;
    try (FaultyProxy proxy =
        new FaultyProxy(
            TestStack.endpoint(),
            (operation, number) -> {
              operations.add(operation);
              return Fault.NONE;
            })) {
      // Only the bare local target has the local cache.
      result =
          line[0].equals("cache")
              ? run(line, "--show-capacity")
              : run(line, "--show-capacity", "--endpoint-url", proxy.endpoint());
    }
    assertThat(result.exitCode()).as(result.toString()).isIn(0, 5);
    Matcher consumed = CONSUMED.matcher(result.err());
    assertThat(consumed.find()).as(result.err()).isTrue();
    near(told + " RCU", cost.group(1), values, Double.parseDouble(consumed.group(1)));
    near(told + " WCU", cost.group(2), values, Double.parseDouble(consumed.group(2)));
    Set<String> unsaid = new TreeSet<>(operations);
    unsaid.removeIf(operation -> plan.toString().contains(operation));
    unsaid.remove(BESIDE);
    assertThat(unsaid).as(told + " does more than " + plan).isEmpty();
  }

  private Result run(String[] line, String... more) {
    List<String> args = new ArrayList<>(List.of(line));
    args.addAll(List.of(more));
    return table.ddb(args.toArray(String[]::new));
  }

  private static void near(
      String what, String formula, Map<String, Double> values, double consumed) {
    double explained = Formula.value(formula, values);
    assertThat(explained)
        .as("%s: %s of %s", what, formula, values)
        .isCloseTo(consumed, within(0.05 * consumed));
  }
}
