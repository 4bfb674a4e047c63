package com.cruddur.ddb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * target/ddb.zip, unpacked in a folder with a blank in its name: nothing missing, nothing twice.
 */
class DistributionIT {
  @TempDir private static Path temp;
  private static UnpackedZip zip;
  private static Path home;

  @BeforeAll
  static void unpack() throws IOException {
    zip = UnpackedZip.in(temp.resolve("un packed"));
    home = zip.home();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bin/ddb",
        "seed-data/users.json",
        "LICENSE",
        "CHANGELOG.md",
        "README.md",
        "share/man/man1/ddb.1",
        "share/man/man1/ddb-cache-get.1",
        "licences/auth/META-INF/NOTICE.txt",
        "licences/slf4j-nop/META-INF/LICENSE.txt"
      })
  void holdsTheFile(String name) {
    assertThat(home.resolve(name)).isNotEmptyFile();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "com.cruddur.ddb.Main",
        "com.fasterxml.jackson.databind.ObjectMapper",
        "de.siegmar.fastcsv.reader.CsvReader",
        "grpc.cache_client.ScsGrpc",
        "io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder",
        "momento.sdk.CacheClient",
        "momento.token.TokenGrpc",
        "org.jline.terminal.TerminalBuilder",
        "org.slf4j.nop.NOPServiceProvider",
        "picocli.CommandLine",
        "software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient",
        "software.amazon.awssdk.services.dynamodb.DynamoDbClient",
        "software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient",
        "software.amazon.awssdk.services.sso.auth.SsoProfileCredentialsProviderFactory",
        "software.amazon.awssdk.services.ssooidc.SsoOidcClient",
        "software.amazon.awssdk.services.sts.internal.StsProfileCredentialsProviderFactory",
      })
  void commandsCanLoad(String className) throws Exception {
    assertThat(load(className, commands())).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "com.cruddur.ddb.engine.Engine",
        "com.github.benmanes.caffeine.cache.Caffeine",
        "grpc.cache_client.ScsGrpc",
      })
  void embeddedStackCanLoad(String className) throws Exception {
    List<Path> classPath = commands();
    classPath.addAll(jars("lib/local"));
    assertThat(load(className, classPath)).isNotNull();
  }

  @Test
  void nothingOfDynamoDbLocalIsShipped() throws Exception {
    String className = "software.amazon.dynamodb.services.local.main.ServerRunner";
    List<Path> classPath = commands();
    classPath.addAll(jars("lib/local"));
    assertThat(load(className, classPath)).isNull();
  }

  @Test
  void whatTheCommandsHaveIsNotInTheOtherFoldersToo() throws Exception {
    Set<String> commands = classes(home.resolve("lib/ddb.jar"));
    assertThat(commands).hasSizeGreaterThan(10_000);
    for (Path jar : jars("lib/local", "lib/generate", "lib/ion")) {
      Set<String> twice = classes(jar);
      twice.retainAll(commands);
      assertThat(twice).as(jar.toString()).isEmpty();
    }
  }

  private static Set<String> classes(Path jar) throws IOException {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      return zip.stream()
          .map(ZipEntry::getName)
          .filter(name -> name.endsWith(".class") && !name.contains("-"))
          .filter(name -> !name.startsWith("META-INF/"))
          .collect(Collectors.toSet());
    }
  }

  /** No start-up archive takes classes of versions before 50, as picocli's are. */
  @Test
  void theJarOfTheCommandsIsStoredAndPicocliFitForAnArchive() throws Exception {
    try (ZipFile zip = new ZipFile(home.resolve("lib/ddb.jar").toFile())) {
      assertThat(zip.stream()).allMatch(entry -> entry.getMethod() == ZipEntry.STORED);
      ZipEntry entry = zip.getEntry("picocli/CommandLine.class");
      try (DataInputStream in = new DataInputStream(zip.getInputStream(entry))) {
        assertThat(in.readInt()).isEqualTo(0xCAFEBABE);
        assertThat(in.readInt()).isEqualTo(61);
      }
    }
  }

  /** See src/main/build/Lambdas.java. What a library can do without is not there. */
  @Test
  void classesInPlaceOfLambdasAndThoseThatHadTheLambdasAreSound() throws Exception {
    List<String> classes =
        classes(home.resolve("lib/ddb.jar")).stream()
            .map(file -> file.replace('/', '.').substring(0, file.length() - ".class".length()))
            .filter(name -> name.matches(".*\\$\\$L\\d+"))
            .flatMap(name -> Stream.of(name, name.substring(0, name.lastIndexOf("$$L"))))
            .distinct()
            .toList();
    assertThat(classes)
        .hasSizeGreaterThan(5_000)
        .contains(
            "software.amazon.awssdk.services.dynamodb.model.QueryRequest$$L0",
            "com.cruddur.ddb.cli.Catalogue");
    List<String> missing = new ArrayList<>();
    try (URLClassLoader loader = loader(commands())) {
      for (String name : classes) {
        try {
          assertThat(load(name, loader)).as(name).isNotNull();
        } catch (NoClassDefFoundError e) {
          missing.add(name);
        }
      }
    }
    assertThat(missing).hasSizeLessThan(classes.size() / 100);
  }

  @Test
  void launcherStartsIt() throws Exception {
    assertThat(zip.launch(Map.of("DDB_NO_ARCHIVE", "1"), "--help")).contains("Usage: ddb");
    assertThat(home.resolve("archive")).doesNotExist();
  }

  /** What the launcher puts on the class path. */
  private static List<Path> commands() {
    return new ArrayList<>(List.of(home.resolve("lib/ddb.jar")));
  }

  private static List<Path> jars(String... folders) throws IOException {
    List<Path> jars = new ArrayList<>();
    for (String folder : folders) {
      try (Stream<Path> files = Files.list(home.resolve(folder))) {
        files.filter(file -> file.toString().endsWith(".jar")).forEach(jars::add);
      }
    }
    return jars;
  }

  private static Class<?> load(String className, List<Path> classPath) throws IOException {
    try (URLClassLoader loader = loader(classPath)) {
      return load(className, loader);
    }
  }

  private static URLClassLoader loader(List<Path> classPath) throws IOException {
    URL[] urls = new URL[classPath.size()];
    for (int i = 0; i < urls.length; i++) {
      urls[i] = classPath.get(i).toUri().toURL();
    }
    return new URLClassLoader(urls, ClassLoader.getPlatformClassLoader());
  }

  /** The class with all it names in its signatures, or null if it is not there. */
  private static Class<?> load(String className, ClassLoader loader) {
    try {
      Class<?> loaded = Class.forName(className, false, loader);
      assertThat(loaded.getDeclaredMethods()).isNotNull();
      assertThat(loaded.getDeclaredFields()).isNotNull();
      return loaded;
    } catch (ClassNotFoundException e) {
      return null;
    }
  }
}
