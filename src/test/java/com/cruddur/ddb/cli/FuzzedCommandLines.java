package com.cruddur.ddb.cli;

import com.cruddur.ddb.MessageTable;
import com.cruddur.ddb.TestStack;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * Random command lines drawn from ddb's own model of commands and options, half right and half odd.
 * Whatever they name stays on this machine, and files are written below one folder alone.
 */
final class FuzzedCommandLines {
  /** A file of the folder that commands may read. */
  static final String INPUT = "input.json";

  /** Labels of arguments that name a file or folder, perhaps one to be written. */
  private static final Set<String> FILES = Set.of("FILE", "PATH", "DIR", "FOLDER");

  private static final List<String> NUMBERS =
      List.of("1", "2", "7", "20", "0", "-1", "2147483648", "9223372036854775808", "0.5", "1e3");

  /** None that is low: who asks for one unit a second waits, and that is no hang. */
  private static final List<String> RATES =
      List.of("1000", "2147483647", "0", "-1", "2147483648", "0.5", "1e3", "", "many");

  private static final List<String> TIMES =
      List.of("2026-03-19", "2026-03-19T10:00:00Z", "1h", "now", "2026-13-40", "0");
  private static final List<String> FORMATS =
      List.of("table", "json", "ndjson", "csv", "dynamodb-json", "CSV", "yaml");

  private final Random random;
  private final Path folder;
  private final MessageTable table;
  private final List<String> groups;
  private final List<CommandLine> commands = new ArrayList<>();

  /**
   * Command lines.
   *
   * @param folder where files may be written
   * @param table the table that is read and added to, never dropped
   */
  FuzzedCommandLines(Random random, Path folder, MessageTable table, List<String> groups) {
    this.random = random;
    this.folder = folder;
    this.table = table;
    this.groups = groups;
    gather(GoldenHelpTest.commandLine());
  }

  private void gather(CommandLine command) {
    commands.add(command);
    command.getSubcommands().values().forEach(this::gather);
  }

  /** The next one. */
  List<String> next() {
    CommandLine command = pick(commands);
    List<String> words =
        new ArrayList<>(List.of(command.getCommandSpec().qualifiedName(" ").split(" ")));
    words.remove(0);
    boolean drops = words.contains("drop");
    List<String> arguments = new ArrayList<>();
    List<OptionSpec> options = command.getCommandSpec().options();
    for (OptionSpec option : options) {
      if (option.required() ? random.nextInt(8) > 0 : random.nextInt(options.size()) < 2) {
        arguments.add(option(option, drops));
      }
    }
    int at = 0;
    for (PositionalParamSpec parameter : command.getCommandSpec().positionalParameters()) {
      if (random.nextInt(10) > 0) {
        arguments.add(Math.min(at++, arguments.size()), value(parameter, drops));
      }
    }
    damage(arguments);
    if (random.nextInt(4) > 0) {
      words.addAll(arguments);
    } else {
      words.addAll(random.nextInt(words.size() + 1), arguments);
    }
    return words;
  }

  /** In one word with its value: so a value never gets to another option, such as a file's name. */
  private String option(OptionSpec option, boolean drops) {
    String name = pick(List.of(option.names()));
    boolean flag = option.arity().max() == 0;
    if (flag && random.nextInt(20) > 0) {
      return name;
    }
    String value = value(option, drops);
    return name.startsWith("--") ? name + "=" + value : name + value;
  }

  private String value(ArgSpec argument, boolean drops) {
    String label = argument.paramLabel();
    if (FILES.contains(label) || argument.type() == Path.class) {
      return file();
    }
    if (argument instanceof OptionSpec option && option.longestName().equals("--table")) {
      return drops || random.nextBoolean() ? TestStack.newTableName() : table.name();
    }
    if (label.equals("URL")) {
      return pick(
          List.of(TestStack.endpoint(), TestStack.endpoint(), "http://127.0.0.1:1", "ftp://x"));
    }
    if (argument instanceof OptionSpec option && option.longestName().startsWith("--max-")) {
      return pick(RATES);
    }
    return random.nextInt(10) < 6 ? right(label, argument) : OddText.of(random);
  }

  private String right(String label, ArgSpec argument) {
    if (argument.completionCandidates() != null) {
      List<String> candidates = new ArrayList<>();
      argument.completionCandidates().forEach(candidates::add);
      return candidates.isEmpty() ? "" : pick(candidates);
    }
    return switch (label) {
      case "CONVERSATION" -> pick(groups);
      case "USER" -> pick(List.of("andrewbrown", "@bayko", MessageTable.ANDREW.uuid(), "nobody"));
      case "N", "S", "SECONDS" -> pick(NUMBERS);
      case "TIME" -> pick(TIMES);
      case "FORMAT" -> pick(FORMATS);
      case "MODE" -> pick(List.of("on-demand", "provisioned"));
      case "PLACE" -> pick(List.of("latest", "trim-horizon"));
      case "UUID" -> MessageTable.uuid();
      default -> pick(List.of("hello", "a b", "-", "7", "names", "x".repeat(1_025)));
    };
  }

  private String file() {
    return switch (random.nextInt(6)) {
      case 0 -> folder.resolve(INPUT).toString();
      case 1 -> "/dev/null";
      case 2 -> "/dev/null/none";
      case 3 -> folder.resolve("none").toString();
      case 4 -> folder.toString();
      default ->
          folder.resolve(random.nextInt(1_000) + pick(List.of("", ".json", ".gz"))).toString();
    };
  }

  /** One line in four is mixed up. */
  private void damage(List<String> arguments) {
    switch (random.nextInt(16)) {
      case 0 -> Collections.shuffle(arguments, random);
      case 1 -> arguments.add(OddText.of(random));
      case 2 -> arguments.add(0, pick(List.of("--", "-", "", "--none", "-x", "@" + folder, "=")));
      case 3 -> {
        if (!arguments.isEmpty()) {
          String twice = pick(arguments);
          IntStream.range(0, 2).forEach(i -> arguments.add(twice));
        }
      }
      default -> {}
    }
  }

  private <T> T pick(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
