package com.cruddur.ddb.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.DdbRunner.Result;
import com.cruddur.ddb.MessageTable;
import com.cruddur.ddb.cli.Cli;
import com.cruddur.ddb.cli.Commands;
import com.cruddur.ddb.cli.context.CliEnvironment;
import com.cruddur.ddb.cli.context.CommandContext;
import com.cruddur.ddb.cli.context.DdbCommand;
import java.lang.annotation.Annotation;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;

/** A line of a shell leaves nothing behind for the next one. */
class ShellStateTest {
  private static final String OLD = "2026-03-19T10:00:00.000000+00:00";
  private static final String NEW = "2026-03-19T10:00:01.000000+00:00";

  private static final Pattern FAILED =
      Pattern.compile("<stdin>:(\\d+: failed with exit code \\d)");

  private final MessageTable table = MessageTable.create();

  @Test
  void everyLineDoesInAShellWhatItDoesInAProcessOfItsOwn() {
    String group = table.conversation(OLD, "first");
    table.message(group, NEW, MessageTable.BAYKO, "second");
    String other =
        table.conversation(MessageTable.ANDREW, MessageTable.LONDO, "2026-03-18T10:00:00", "other");
    List<String> lines =
        List.of(
            "check",
            "check " + other,
            "scan --limit 2 -o ndjson",
            "scan --limit 1 --segments 1 -o ndjson",
            "get-conversation " + group + " --limit 1 --oldest-first",
            "get-conversation " + group,
            "get-conversation " + other + " -o json",
            "list-conversations andrewbrown --limit 1",
            "list-conversations andrewbrown --all -o csv",
            "stats -o json --top 1",
            "stats -o json",
            "describe -o json",
            "list-tables --endpoint-url http://127.0.0.1:1",
            "export --format ndjson --out -",
            "export --format csv --out -",
            "send-message " + group + " hi --from nobody",
            "get-conversation --limit",
            "scan --limit 2 -o ndjson --show-capacity",
            "trigger run --once --dry-run -q");
    List<Result> alone = lines.stream().map(line -> table.ddb(line.split(" "))).toList();
    String once = alone.stream().map(Result::out).collect(Collectors.joining());

    Result shell =
        table
            .runner()
            .stdin(String.join("\n", lines) + "\n" + String.join("\n", lines) + "\n")
            .execute("shell", "--keep-going", "-q");

    // Segments of a scan come in any order.
    assertThat(shell.out().lines().sorted().toList())
        .isEqualTo((once + once).lines().sorted().toList());
    assertThat(FAILED.matcher(shell.err()).results().map(found -> found.group(1)).toList())
        .isEqualTo(failed(alone));
  }

  /** Line and exit code of each that fails, twice. */
  private static List<String> failed(List<Result> alone) {
    List<String> failed = new ArrayList<>();
    for (int line = 0; line < 2 * alone.size(); line++) {
      int code = alone.get(line % alone.size()).exitCode();
      if (code != 0) {
        failed.add((line + 1) + ": failed with exit code " + code);
      }
    }
    return failed;
  }

  /** Picocli sets options anew for each line; nobody sets anything else anew. */
  @Test
  void noCommandKeepsAnythingButItsOptions() {
    CommandContext context = new CommandContext(CliEnvironment.nowhere(Map.of(), null));
    CommandLine root = new CommandLine(new DdbCommand(), Cli.factory(context));
    Commands.add(root);

    List<String> kept =
        commands(root)
            .flatMap(command -> kept(command.getCommandSpec().userObject()))
            .distinct()
            .toList();

    assertThat(kept).isEmpty();
  }

  private static Stream<CommandLine> commands(CommandLine command) {
    return Stream.concat(
        Stream.of(command),
        command.getSubcommands().values().stream().flatMap(ShellStateTest::commands));
  }

  /** Fields that are neither final nor set by picocli, mixins included. */
  private static Stream<String> kept(Object object) {
    return Stream.<Class<?>>iterate(
            object.getClass(), type -> type != Object.class, Class::getSuperclass)
        .flatMap(type -> Arrays.stream(type.getDeclaredFields()))
        .flatMap(field -> kept(object, field));
  }

  private static Stream<String> kept(Object object, Field field) {
    if (field.isAnnotationPresent(Mixin.class)) {
      try {
        field.setAccessible(true);
        return kept(field.get(object));
      } catch (IllegalAccessException e) {
        throw new IllegalStateException(e);
      }
    }
    boolean ours = Arrays.stream(field.getAnnotations()).anyMatch(ShellStateTest::isPicocli);
    boolean constant = Modifier.isFinal(field.getModifiers()) || field.isSynthetic();
    return ours || constant ? Stream.empty() : Stream.of(field.toString());
  }

  private static boolean isPicocli(Annotation annotation) {
    return annotation.annotationType().getName().startsWith("picocli.");
  }
}
