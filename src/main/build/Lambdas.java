import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Copies a jar and turns the lambdas of its classes into plain classes, as compilers did before
 * Java 8. A program of the build, see pom.xml.
 *
 * <p>Java makes the class of a lambda when it is first met. A start-up archive spares making it,
 * but not, before Java 24, linking its place in the code: 0.15 ms of processor time each, and a
 * query by the AWS SDK meets five hundred. Plain classes come from the archive as all others do.
 *
 * <p>Those lambdas of a class that have one interface and capture the same types become one class,
 * which tells them apart by number. Whatever is not simple (a serializable lambda, a method
 * reference that boxes) stays as it is.
 */
public final class Lambdas {
  private Lambdas() {}

  /** Arguments: the jar to read, the jar to write. */
  public static void main(String[] args) throws IOException {
    try (ZipFile in = new ZipFile(args[0]);
        ZipOutputStream out =
            new ZipOutputStream(new BufferedOutputStream(new FileOutputStream(args[1])))) {
      for (ZipEntry entry : Collections.list(in.entries())) {
        byte[] bytes = in.getInputStream(entry).readAllBytes();
        for (Map.Entry<String, byte[]> file : files(entry.getName(), bytes).entrySet()) {
          write(out, file.getKey(), file.getValue(), entry.getTime());
        }
      }
    }
  }

  /** What a file of the jar becomes. */
  private static Map<String, byte[]> files(String name, byte[] bytes) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    if (!name.endsWith(".class")) {
      files.put(name, bytes);
      return files;
    }
    LambdaRewriting rewriting = new LambdaRewriting(bytes);
    files.put(name, rewriting.bytes());
    rewriting.shapes().forEach(shape -> files.put(shape.name() + ".class", shape.bytes()));
    return files;
  }

  /** Stored, not compressed: so a class is read faster. */
  private static void write(ZipOutputStream out, String name, byte[] bytes, long time)
      throws IOException {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(bytes.length);
    entry.setCrc(crc.getValue());
    entry.setTime(time);
    out.putNextEntry(entry);
    out.write(bytes);
    out.closeEntry();
  }
}
