package com.cruddur.ddb.cli.context;

import com.cruddur.ddb.dynamo.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Completes the command lines that messages show, so that one that is pasted acts on the same table
 * of the same account. Messages write them in single quotes and without a target: {@code 'ddb check
 * UUID --repair'}, {@code 'aws dynamodb …'}.
 */
public final class Cures {
  /** Of a run whose target is not known: nothing is added. */
  static final Cures NONE = new Cures(List.of(), List.of(), "");

  /** A quote within the line follows a blank, or stands before something of the same word. */
  private static final Pattern LINE =
      Pattern.compile("'(ddb|aws dynamodb) [^\n]+?(?<=\\S)'(?=[\\s,;.:)!?]|$)");

  /** What has no target, has two, or is no command. */
  private static final Pattern WITHOUT_TARGET =
      Pattern.compile(
          "((local|help|generate-completion|trigger template|[A-Z-]).*|.* \\| .*|.*--help)");

  private static final Pattern WITHOUT_TABLE = Pattern.compile("(cache (?!check)|list-tables).*");

  /** Options with their values, such as {@code --table t}. */
  private final List<String> ddb;

  private final List<String> aws;
  private final String awsPrefix;

  private Cures(List<String> ddb, List<String> aws, String awsPrefix) {
    this.ddb = ddb;
    this.aws = aws;
    this.awsPrefix = awsPrefix;
  }

  /** For another table of the same place, which others complete. */
  static Cures ofTable(String name) {
    return new Cures(List.of("--table " + name), List.of(), "");
  }

  static Cures of(TargetSettings settings) {
    Target target = settings.target();
    List<String> ddb = new ArrayList<>();
    List<String> aws = new ArrayList<>();
    if (target.isProd()) {
      ddb.add("--prod");
    }
    if (target.endpoint() != null) {
      String url = "--endpoint-url " + quoted(target.shownEndpoint());
      aws.add(url);
      if (target.kind() != Target.Kind.LOCAL && !settings.isOfProfile(TargetSettings.ENDPOINT)) {
        ddb.add(url);
      }
    }
    if (target.region() != null) {
      aws.add("--region " + target.region());
      if (target.kind() != Target.Kind.LOCAL && !settings.isDefault(TargetSettings.REGION)) {
        ddb.add("--region " + target.region());
      }
    }
    if (target.profile() != null) {
      aws.add("--profile " + quoted(target.profile()));
      if (target.isProd()) {
        ddb.add("--profile " + quoted(target.profile()));
      }
    }
    if (!target.table().equals(Target.DEFAULT_TABLE)) {
      ddb.add("--table " + target.table());
    }
    String key = target.accessKeyId();
    String prefix =
        key == null ? "" : "AWS_ACCESS_KEY_ID=" + key + " AWS_SECRET_ACCESS_KEY=" + key + " ";
    return new Cures(List.copyOf(ddb), List.copyOf(aws), prefix);
  }

  /** The text with its command lines completed. */
  public String in(String text) {
    if (text == null || !text.contains("'ddb ") && !text.contains("'aws dynamodb ")) {
      return text;
    }
    return LINE.matcher(text).replaceAll(line -> Matcher.quoteReplacement(completed(line.group())));
  }

  private String completed(String quoted) {
    String line = quoted.substring(1, quoted.length() - 1);
    if (line.startsWith("aws ")) {
      return "'" + awsPrefix + with(line, aws) + "'";
    }
    String command = line.substring("ddb ".length());
    if (WITHOUT_TARGET.matcher(command).matches()) {
      return quoted;
    }
    boolean ofTable = !WITHOUT_TABLE.matcher(command).matches();
    return "'" + with(line, ofTable ? ddb : ddb.stream().filter(o -> !isTable(o)).toList()) + "'";
  }

  private static boolean isTable(String option) {
    return option.startsWith("--table ");
  }

  /** An option that the line has already is meant as it stands. */
  private static String with(String line, List<String> options) {
    StringBuilder all = new StringBuilder(line);
    for (String option : options) {
      String name = option.replaceAll(" .*", "");
      if (!(line + " ").contains(" " + name + " ")) {
        all.append(' ').append(option);
      }
    }
    return all.toString();
  }

  /** As a shell takes it for one word; the whole line stands in single quotes already. */
  private static String quoted(String word) {
    return word.matches("[\\w@%+=:,./\\[\\]-]+")
        ? word
        : '"' + word.replaceAll("([\"\\\\$`])", "\\\\$1") + '"';
  }
}
