package com.cruddur.ddb.bulk.imports;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Lines of Ion as lines of DynamoDB JSON. The Ion library is in a folder of jars of its own, since
 * few imports need it and every jar on the class path costs each start. So the one class that uses
 * it, {@link IonToJson}, is made by a loader that knows these jars.
 */
final class IonLine extends URLClassLoader {
  private static final String USER = "com.cruddur.ddb.bulk.imports.IonToJson";

  private IonLine(URL[] jars) {
    super(jars, IonLine.class.getClassLoader());
  }

  /**
   * What turns a line of Ion into one of JSON; it throws an {@link IllegalArgumentException} with
   * what is wrong with a line.
   *
   * @param folder the library's jars; where there is no such folder it has to be on the class path
   */
  @SuppressWarnings("unchecked")
  static UnaryOperator<byte[]> reader(Path folder) {
    try {
      // Not closed: classes are loaded as long as lines are read.
      Class<?> user = Class.forName(USER, true, new IonLine(jars(folder)));
      return (UnaryOperator<byte[]>) user.getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException | LinkageError | IOException e) {
      throw new IllegalStateException("the Ion library cannot be used: " + e, e);
    }
  }

  private static URL[] jars(Path folder) throws IOException {
    List<URL> jars = new ArrayList<>();
    if (folder != null && Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.sorted().toList()) {
          jars.add(file.toUri().toURL());
        }
      }
    }
    return jars.toArray(new URL[0]);
  }

  /**
   * The class that uses the library, and those in it, are made here, from the bytes of the loader
   * above.
   */
  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.equals(USER) && !name.startsWith(USER + "$")) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> made = findLoadedClass(name);
      return made == null ? make(name) : made;
    }
  }

  private Class<?> make(String name) throws ClassNotFoundException {
    try (var in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
      byte[] bytes = in.readAllBytes();
      return defineClass(name, bytes, 0, bytes.length);
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }
}
