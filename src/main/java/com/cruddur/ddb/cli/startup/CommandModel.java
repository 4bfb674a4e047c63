package com.cruddur.ddb.cli.startup;

import java.lang.reflect.Field;
import java.util.function.UnaryOperator;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.IGetter;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ScopeType;

/**
 * Makes command lines without reading annotations, which takes longer than most commands do: the
 * build writes down beforehand what they say ({@code CommandTextsWriter}), a text for each class.
 * What is only shown, such as descriptions, is left out: help, and lines that do not parse, are
 * left to the annotations.
 */
public final class CommandModel {
  /** Made by the build, in this package; see pom.xml. */
  public static final String TEXTS = "CommandTexts";

  /** Names the text that {@code ddb --help} prints; no class has that name. */
  public static final String HELP = "--help";

  // How a line of a text begins: a command's name, or a field of the class.
  public static final String NAME = "name";
  public static final String SPEC = "spec";
  public static final String MIXIN = "mixin";
  public static final String OPTION = "option";
  public static final String POSITIONAL = "positional";

  private final UnaryOperator<String> texts;
  private final IFactory factory;

  private CommandModel(UnaryOperator<String> texts, IFactory factory) {
    this.texts = texts;
    this.factory = factory;
  }

  /** For one command line; null where its annotations have to be read. */
  public static CommandModel of(IFactory factory, String... words) {
    for (String word : words) {
      if (word.startsWith("--help")
          || word.startsWith("--version")
          || word.matches("-\\w*[hV].*")) {
        return null;
      }
    }
    UnaryOperator<String> texts = texts();
    return texts == null ? null : new CommandModel(texts, factory);
  }

  /** What the build wrote, by the simple names of classes; null where that is not a whole one. */
  @SuppressWarnings("unchecked")
  static UnaryOperator<String> texts() {
    try {
      Class<?> made = Class.forName(CommandModel.class.getPackageName() + "." + TEXTS);
      return (UnaryOperator<String>) made.getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      return null;
    }
  }

  /** The command line of a command's class. */
  public CommandLine line(Class<?> type) {
    try {
      return line(factory.create(type));
    } catch (Exception e) {
      throw new IllegalStateException(type.getName(), e);
    }
  }

  /** The command line of a command. */
  public CommandLine line(Object command) {
    CommandSpec spec = CommandSpec.wrapWithoutInspection(command, factory);
    CommandLine line = new CommandLine(spec, factory);
    add(command, spec);
    return line;
  }

  /** Gives a command the options of an object. */
  public void add(Object object, CommandSpec spec) {
    try {
      addFields(object, spec);
    } catch (Exception e) {
      throw new IllegalStateException(object.getClass().getName(), e);
    }
  }

  private void addFields(Object object, CommandSpec spec) throws Exception {
    for (String text : texts.apply(object.getClass().getSimpleName()).split("\n")) {
      String[] parts = text.split("\t", -1);
      switch (parts[0]) {
        case NAME -> spec.name(parts[1]);
        case SPEC -> field(object, parts[1]).set(object, spec);
        case MIXIN -> add(mixin(object, field(object, parts[1])), spec);
        case OPTION -> spec.addOption(option(object, parts));
        default -> spec.addPositional(positional(object, parts));
      }
    }
  }

  private Object mixin(Object object, Field field) throws Exception {
    if (field.get(object) == null) {
      field.set(object, factory.create(field.getType()));
    }
    return field.get(object);
  }

  private static OptionSpec option(Object object, String[] parts) throws Exception {
    Binding binding = new Binding(field(object, parts[1]), object);
    return OptionSpec.builder(parts[6].split(" "))
        .fallbackValue(value(parts[7]))
        .scopeType(ScopeType.valueOf(parts[4]))
        .arity(parts[2])
        .required(Boolean.parseBoolean(parts[3]))
        .defaultValue(value(parts[5]))
        .type(binding.field.getType())
        .initialValue(binding.get())
        .getter(binding)
        .setter(binding)
        .build();
  }

  // No type that both builders have is public.
  private static PositionalParamSpec positional(Object object, String[] parts) throws Exception {
    Binding binding = new Binding(field(object, parts[1]), object);
    return PositionalParamSpec.builder()
        .index(parts[6])
        .arity(parts[2])
        .required(Boolean.parseBoolean(parts[3]))
        .defaultValue(value(parts[5]))
        .type(binding.field.getType())
        .initialValue(binding.get())
        .getter(binding)
        .setter(binding)
        .build();
  }

  /** A value is written after a sign, so that none is told from an empty one. */
  private static String value(String written) {
    return written.isEmpty() ? null : written.substring(1);
  }

  private static Field field(Object object, String name) throws NoSuchFieldException {
    Field field = object.getClass().getDeclaredField(name);
    field.setAccessible(true);
    return field;
  }

  private record Binding(Field field, Object object) implements IGetter, ISetter {
    // The signature is picocli's.
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    @Override
    public <T> T get() throws IllegalAccessException {
      return (T) field.get(object);
    }

    @Override
    public <T> T set(T value) throws IllegalAccessException {
      T before = get();
      field.set(object, value);
      return before;
    }
  }
}
