package com.cruddur.ddb.cli.table;

import com.cruddur.ddb.chat.Spelling;
import com.cruddur.ddb.cli.context.CommandContext;
import com.cruddur.ddb.cli.context.CommandException;
import com.cruddur.ddb.cli.context.ExitCode;
import com.cruddur.ddb.dynamo.TableSchema;
import com.cruddur.ddb.dynamo.Target;
import com.cruddur.ddb.output.Printers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ddb policy}. */
@Command(
    name = "policy",
    description = {
      "Print the IAM policy (JSON) that commands need on this table, its index and its stream.",
      "The least that they can do with, of all commands if none is named. With --prod the account"
          + " is the caller's, else any; nothing else is asked for."
    },
    footer = {
      "  ddb policy list-conversations get-conversation",
      "  ddb policy seed check --prod --region eu-west-1",
      "  ddb policy > ddb-policy.json"
    })
public final class PolicyCommand implements Callable<Integer> {
  private final CommandContext context;

  @Parameters(
      arity = "0..*",
      paramLabel = "COMMAND",
      description = "Commands that are to be allowed, such as seed or trigger run; default: all.")
  private List<String> words = new ArrayList<>();

  public PolicyCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    List<String> commands = words.isEmpty() ? List.copyOf(Permissions.commands()) : named();
    String table = arn();
    Map<String, String> resources =
        Map.of(
            "*",
            "*",
            "table",
            table,
            "index",
            table + "/index/" + TableSchema.INDEX,
            "stream",
            table + "/stream/*");
    List<Map<String, Object>> statements = new ArrayList<>();
    Permissions.of(commands)
        .forEach(
            (kind, actions) -> {
              Map<String, Object> statement = new LinkedHashMap<>();
              statement.put("Effect", "Allow");
              statement.put("Action", actions);
              statement.put("Resource", resources.get(kind));
              statements.add(statement);
            });
    Map<String, Object> policy = new LinkedHashMap<>();
    policy.put("Version", "2012-10-17");
    policy.put("Statement", statements);
    Printers.json(context.out(), policy);
    if (statements.isEmpty()) {
      context.notices().info("nothing is asked of AWS: no policy is needed");
    }
    return ExitCode.DONE;
  }

  /** A command's name may be two words, such as {@code trigger run}. */
  private List<String> named() {
    // In quotes too: 'trigger run'.
    List<String> words =
        this.words.stream().flatMap(word -> Stream.of(word.strip().split("\\s+"))).toList();
    List<String> commands = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      String one = words.get(i);
      String two = i + 1 < words.size() ? one + " " + words.get(i + 1) : one;
      if (Permissions.commands().contains(two)) {
        commands.add(two);
        i += two.equals(one) ? 0 : 1;
      } else if (Permissions.commands().contains(one)) {
        commands.add(one);
      } else if (Stream.of("cache", "local", "trigger").anyMatch(one::equals)) {
        // Its second word is looked at next, and asks nothing of AWS.
        i++;
      } else if (!List.of("setup", "shell", "policy", "generate-completion").contains(one)) {
        throw CommandException.usage(
            "there is no command '" + one + "'",
            Spelling.question(one, Permissions.commands()) + "'ddb --help' lists the commands.");
      }
    }
    return commands;
  }

  private String arn() {
    Target target = context.target();
    String region = target.region() == null ? "*" : target.region();
    String partition =
        region.startsWith("cn-") ? "aws-cn" : region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
    return "arn:%s:dynamodb:%s:%s:table/%s"
        .formatted(partition, target.isProd() ? region : "*", account(), target.table());
  }

  private String account() {
    String account = context.target().isProd() ? context.caller().account() : null;
    return account == null ? "*" : account;
  }
}
