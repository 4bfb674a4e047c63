package com.cruddur.ddb.bulk.generate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Names and sentences of Datafaker. The library is found by name, in a folder of jars of its own,
 * since only {@code seed --generate} needs it and every jar on the class path costs each start.
 */
final class FakeText {
  private final Object faker;
  private final Method expression;

  /**
   * Loads the library.
   *
   * @param folder its jars; where there is no such folder it has to be on the class path
   * @param seed the same texts come for the same seed
   */
  FakeText(Path folder, long seed) {
    try {
      // Not closed: classes are loaded as long as texts are made.
      ClassLoader loader = new URLClassLoader(jars(folder), FakeText.class.getClassLoader());
      Class<?> type = Class.forName("net.datafaker.Faker", true, loader);
      faker =
          type.getConstructor(Locale.class, Random.class)
              .newInstance(Locale.ENGLISH, new Random(seed));
      expression = type.getMethod("expression", String.class);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the fake-data library cannot be used: " + e, e);
    }
  }

  private static URL[] jars(Path folder) {
    if (!Files.isDirectory(folder)) {
      return new URL[0];
    }
    List<URL> jars = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        jars.add(file.toUri().toURL());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return jars.toArray(new URL[0]);
  }

  /** A text for an expression such as {@code I like #{Food.dish}}. */
  String of(String text) {
    try {
      return (String) expression.invoke(faker, text);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(text, e);
    }
  }
}
