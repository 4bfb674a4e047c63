package com.cruddur.ddb.cli.startup;

import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.DdbRunner;
import com.cruddur.ddb.cli.Catalogue;
import com.cruddur.ddb.cli.Cli;
import com.cruddur.ddb.cli.Commands;
import com.cruddur.ddb.cli.context.CliEnvironment;
import com.cruddur.ddb.cli.context.CommandContext;
import com.cruddur.ddb.cli.context.CommandEntry;
import com.cruddur.ddb.cli.context.DdbCommand;
import com.cruddur.ddb.cli.context.ExitCode;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** What the build wrote of the annotations beside what picocli reads in them. */
class CommandModelTest {
  private static CommandContext context() {
    return new CommandContext(CliEnvironment.nowhere(Map.of(), null));
  }

  static Stream<String> commands() {
    return Catalogue.commands().stream()
        .map(CommandEntry::name)
        .filter(name -> !name.equals("generate-completion"));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void hasTheArgumentsThatTheAnnotationsName(String name) {
    String[] words = name.split(" ");
    try (CommandContext context = context()) {
      CommandLine annotated = new CommandLine(new DdbCommand(), Cli.factory(context));
      Commands.add(annotated, context, words);
      CommandModel model = CommandModel.of(Cli.factory(context), words);
      CommandLine modelled = model.line(new DdbCommand());
      Commands.add(modelled, model, context, words);
      assertThat(described(modelled)).isNotEmpty().isEqualTo(described(annotated));
      CommandSpec leaf = leaf(modelled, words);
      assertThat(described(leaf.commandLine()))
          .isNotEmpty()
          .isEqualTo(described(leaf(annotated, words).commandLine()));
      assertThat(leaf.qualifiedName()).isEqualTo("ddb " + name);
      assertThat(leaf.userObject()).hasSameClassAs(leaf(annotated, words).userObject());
    }
  }

  private static CommandSpec leaf(CommandLine root, String... words) {
    CommandLine line = root;
    for (String word : words) {
      line = line.getSubcommands().get(word);
    }
    return line.getCommandSpec();
  }

  private static List<String> described(CommandLine line) {
    return line.getCommandSpec().args().stream()
        .filter(
            argument -> !(argument instanceof OptionSpec o) || !(o.usageHelp() || o.versionHelp()))
        .map(CommandModelTest::described)
        .sorted()
        .toList();
  }

  private static String described(ArgSpec argument) {
    String own =
        argument instanceof OptionSpec option
            ? String.join(" ", option.names()) + " fallback " + option.fallbackValue()
            : "positional " + ((PositionalParamSpec) argument).index();
    return own
        + " "
        + argument.type()
        + List.of(argument.auxiliaryTypes())
        + " arity "
        + argument.arity()
        + " required "
        + argument.required()
        + " default "
        + argument.defaultValue()
        + " initial "
        + argument.initialValue()
        + " "
        + argument.scopeType()
        + " inherited "
        + argument.inherited()
        + " split "
        + argument.splitRegex();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "-h", "--version", "-V", "-qh", "-hq"})
  void leavesHelpAndVersionToTheAnnotations(String option) {
    try (CommandContext context = context()) {
      assertThat(CommandModel.of(Cli.factory(context), "scan", option)).isNull();
      assertThat(CommandModel.of(Cli.factory(context), "scan", "-q", "-ojson")).isNotNull();
    }
  }

  @Test
  void linesThatDoNotParseAreToldInTheWordsOfTheAnnotations() {
    assertThat(DdbRunner.run("get-conversation").err()).contains("CONVERSATION is missing");
    assertThat(DdbRunner.run("scan", "--limt", "3").err()).contains("--limt").contains("--limit");
    assertThat(DdbRunner.run("cache").exitCode()).isEqualTo(ExitCode.USAGE);
  }
}
