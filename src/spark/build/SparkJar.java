import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.Remapper;

/**
 * Makes ddb-spark.jar: the classes of the Spark application and what they need of ddb and of
 * libraries, and no others. Libraries that a cluster may bring in another version, Jackson and the
 * AWS SDK, get a package of ddb's, so that neither meets the other's.
 */
public final class SparkJar {
  private static final String ROOT = "com/cruddur/ddb/spark/";
  private static final String MAIN = "com.cruddur.ddb.spark.SparkMain";

  private static final Map<String, String> MOVED =
      Map.of(
          "com/fasterxml/jackson/", "com/cruddur/ddb/shaded/jackson/",
          "software/amazon/awssdk/", "com/cruddur/ddb/shaded/awssdk/");

  /** Of the SDK's DynamoDB only the type of a value: clients would bring all the rest. */
  private static final String DYNAMODB = "software/amazon/awssdk/services/dynamodb/";

  private static final String VALUE =
      DYNAMODB + "(model/AttributeValue|model/\\w*AttributeValueCopier|model/\\w+SetAttribute).*";

  private final List<Path> roots;
  private final Set<String> seen = new TreeSet<>();
  private final Deque<String> wanted = new ArrayDeque<>();

  private SparkJar(List<Path> roots) {
    this.roots = roots;
  }

  /** The jar to make, then folders and jars of classes. */
  public static void main(String[] arguments) throws IOException {
    List<Path> roots = new ArrayList<>();
    for (int i = 1; i < arguments.length; i++) {
      Path path = Path.of(arguments[i]);
      if (Files.isDirectory(path)) {
        roots.add(path);
      } else {
        FileSystem jar = FileSystems.newFileSystem(path);
        roots.add(jar.getPath("/"));
      }
    }
    try (OutputStream out = Files.newOutputStream(Path.of(arguments[0]))) {
      new SparkJar(roots).write(out);
    }
  }

  private void write(OutputStream out) throws IOException {
    for (Path root : roots) {
      Path own = root.resolve(ROOT);
      if (Files.isDirectory(own)) {
        try (Stream<Path> classes = Files.list(own)) {
          classes
              .map(file -> ROOT + file.getFileName())
              .filter(name -> name.matches(".*/[A-Z]\\w*(\\$\\w+)*\\.class") && !isTest(name))
              .sorted()
              .forEach(name -> want(name.substring(0, name.length() - ".class".length())));
        }
      }
    }
    try (JarOutputStream jar = new JarOutputStream(out)) {
      String manifest = "Manifest-Version: 1.0\r\nMain-Class: " + MAIN + "\r\n\r\n";
      put(jar, "META-INF/MANIFEST.MF", manifest.getBytes(StandardCharsets.UTF_8));
      while (!wanted.isEmpty()) {
        String name = wanted.remove();
        Path file = find(name + ".class");
        if (file != null) {
          put(jar, moved(name) + ".class", rewritten(Files.readAllBytes(file)));
        }
      }
      licences(jar);
    }
  }

  private static boolean isTest(String name) {
    return name.matches(".*(Test|IT|Cluster)(\\$.*)?\\.class");
  }

  private Path find(String name) {
    for (Path root : roots) {
      Path file = root.resolve(name);
      if (Files.isRegularFile(file)) {
        return file;
      }
    }
    return null;
  }

  private void want(String name) {
    boolean client = name.startsWith(DYNAMODB) && !name.matches(VALUE);
    if (!client && seen.add(name)) {
      wanted.add(name);
    }
  }

  private static String moved(String name) {
    for (Map.Entry<String, String> move : MOVED.entrySet()) {
      if (name.startsWith(move.getKey())) {
        return move.getValue() + name.substring(move.getKey().length());
      }
    }
    return name;
  }

  /** Its references lead to where classes are moved; each is wanted too. */
  private byte[] rewritten(byte[] plain) {
    ClassWriter writer = new ClassWriter(0);
    Remapper names =
        new Remapper() {
          @Override
          public String map(String name) {
            want(name);
            return moved(name);
          }
        };
    new ClassReader(plain).accept(new ClassRemapper(writer, names), 0);
    return writer.toByteArray();
  }

  /** Of each library, under its name. */
  private void licences(JarOutputStream jar) throws IOException {
    for (Path root : roots) {
      Path texts = root.resolve("META-INF");
      if (root.getFileSystem() == FileSystems.getDefault() || !Files.isDirectory(texts)) {
        continue;
      }
      String library = Path.of(root.getFileSystem().toString()).getFileName().toString();
      try (Stream<Path> files = Files.list(texts)) {
        for (Path file : files.sorted().toList()) {
          if (file.getFileName().toString().matches(".*(LICENSE|NOTICE).*")) {
            put(
                jar,
                "META-INF/licences/" + library + "/" + file.getFileName(),
                Files.readAllBytes(file));
          }
        }
      }
    }
  }

  /** Always of the same time, so that two builds are equal. */
  private static void put(JarOutputStream jar, String name, byte[] content) throws IOException {
    JarEntry entry = new JarEntry(name);
    entry.setTime(1_764_547_200_000L);
    jar.putNextEntry(entry);
    jar.write(content);
    jar.closeEntry();
  }
}
