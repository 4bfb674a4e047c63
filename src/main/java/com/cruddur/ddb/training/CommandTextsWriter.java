package com.cruddur.ddb.training;

import com.cruddur.ddb.cli.Catalogue;
import com.cruddur.ddb.cli.Cli;
import com.cruddur.ddb.cli.Commands;
import com.cruddur.ddb.cli.context.CliEnvironment;
import com.cruddur.ddb.cli.context.CommandContext;
import com.cruddur.ddb.cli.context.DdbCommand;
import com.cruddur.ddb.cli.startup.CommandModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Spec;

/**
 * Writes the texts that {@link CommandModel} reads, as the source of a class: a program of the
 * build. A line of a text is a command's name, or a field of the class.
 */
final class CommandTextsWriter {
  private final Map<AnnotatedElement, ArgSpec> arguments = new HashMap<>();
  private final Map<String, String> texts = new TreeMap<>();

  private CommandTextsWriter() {}

  /**
   * Arguments: the folder of sources to write into, and optionally a file for the launcher: the
   * commands that use a cache, in one line.
   */
  public static void main(String[] args) throws IOException {
    String name = CommandModel.class.getPackageName();
    Path file = Path.of(args[0], name.replace('.', '/'), CommandModel.TEXTS + ".java");
    Files.createDirectories(file.getParent());
    CommandTextsWriter writer = new CommandTextsWriter();
    try (CommandContext context = new CommandContext(CliEnvironment.nowhere(Map.of(), null))) {
      CommandLine root = new CommandLine(new DdbCommand(), Cli.factory(context));
      Commands.add(root, context);
      writer.add(root);
      writer.texts.put(CommandModel.HELP, help());
    }
    Files.writeString(file, writer.source(name));
    if (args.length > 1) {
      Files.writeString(Path.of(args[1]), String.join(" ", Catalogue.cachingWords()) + "\n");
    }
  }

  private static String help() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Cli.run(
        new CliEnvironment(
            InputStream.nullInputStream(),
            out,
            out,
            Map.of(),
            null,
            CliEnvironment.Terminal.NONE,
            InstantSource.system()),
        "help");
    return out.toString(StandardCharsets.UTF_8);
  }

  private void add(CommandLine line) {
    CommandSpec spec = line.getCommandSpec();
    for (ArgSpec argument : spec.args()) {
      if (!argument.inherited() && argument.userObject() instanceof AnnotatedElement field) {
        arguments.put(field, argument);
      }
    }
    List<String> lines = new ArrayList<>(List.of(join(CommandModel.NAME, spec.name())));
    spec.mixins().values().forEach(mixin -> add(mixin.userObject().getClass(), new ArrayList<>()));
    add(spec.userObject().getClass(), lines);
    line.getSubcommands().values().forEach(this::add);
  }

  private void add(Class<?> type, List<String> lines) {
    for (Field field : type.getDeclaredFields()) {
      if (field.isAnnotationPresent(Mixin.class)) {
        lines.add(join(CommandModel.MIXIN, field.getName()));
        add(field.getType(), new ArrayList<>());
      } else if (field.isAnnotationPresent(Spec.class)) {
        lines.add(join(CommandModel.SPEC, field.getName()));
      } else if (arguments.containsKey(field)) {
        lines.add(line(field, arguments.get(field)));
      }
    }
    texts.put(type.getSimpleName(), String.join("\n", lines));
  }

  private static String line(Field field, ArgSpec argument) {
    OptionSpec option = argument instanceof OptionSpec o ? o : null;
    String common =
        join(
            option == null ? CommandModel.POSITIONAL : CommandModel.OPTION,
            field.getName(),
            argument.arity().toString(),
            String.valueOf(argument.required()),
            argument.scopeType().name(),
            value(argument.defaultValue()));
    return option == null
        ? join(common, ((PositionalParamSpec) argument).index().toString())
        : join(common, String.join(" ", option.names()), value(option.fallbackValue()));
  }

  private static String value(String value) {
    return value == null ? "" : "=" + value;
  }

  private static String join(String... parts) {
    return String.join("\t", parts);
  }

  private String source(String packageName) {
    return texts.entrySet().stream()
        .map(
            text -> "case " + quoted(text.getKey()) + ": return " + quoted(text.getValue()) + ";\n")
        .collect(
            Collectors.joining(
                "",
                "package "
                    + packageName
                    + ";\n"
                    + "final class "
                    + CommandModel.TEXTS
                    + " implements java.util.function.UnaryOperator<String> {\n"
                    + "@Override public String apply(String type) {\nswitch (type) {\n",
                "default: throw new IllegalArgumentException(type);\n}\n}\n}\n"));
  }

  private static String quoted(String text) {
    String escaped = text.replace("\\", "\\\\").replace("\"", "\\\"");
    return '"' + escaped.replace("\n", "\\n").replace("\t", "\\t") + '"';
  }
}
