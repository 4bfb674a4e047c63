package com.cruddur.ddb.cli;

import com.cruddur.ddb.chat.Spelling;
import com.cruddur.ddb.cli.context.CommandContext;
import com.cruddur.ddb.cli.context.CommandEntry;
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

  /** A name may be two words, in quotes too; a group's name alone is all of its commands. */
  private List<String> named() {
    List<String> given =
        words.stream().flatMap(word -> Stream.of(word.strip().split("\\s+"))).toList();
    List<String> commands = new ArrayList<>();
    for (int i = 0; i < given.size(); i++) {
      String word = given.get(i);
      List<String> members = names(word);
      String next = i + 1 < given.size() ? given.get(i + 1) : "";
      if (members.isEmpty()) {
        commands.add(known("", word));
      } else if (next.isEmpty() || names("").contains(next)) {
        members.forEach(member -> commands.add(word + " " + member));
      } else {
        commands.add(word + " " + known(word, next));
        i++;
      }
    }
    return commands;
  }

  private static String known(String group, String word) {
    if (!names(group).contains(word)) {
      throw CommandException.usage(
          "there is no command '" + (group + " " + word).strip() + "'",
          Spelling.question(word, names(group))
              + ("'ddb " + group).strip()
              + " --help' lists the commands.");
    }
    return word;
  }

  private static List<String> names(String group) {
    return Catalogue.members(group).stream().map(CommandEntry::lastWord).toList();
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
    String account = context.target().isProd() ? context.clients().caller().account() : null;
    return account == null ? "*" : account;
  }
}
