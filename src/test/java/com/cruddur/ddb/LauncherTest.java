package com.cruddur.ddb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * bin/ddb, run by sh in folders made for each test. Its java and its mvn are scripts that record
 * how they were called, but where the JVM itself is in question.
 */
class LauncherTest {
  /** A build that takes until a test lets it go on. */
  private static final String UNTIL_GO = "until [ -e '%s/go' ]; do sleep 0.05; done";

  private static final String FIRST_USE =
      "ddb: building (first use), about a minute, and some more where Maven has to download...";

  private static final String PRINT_ARGUMENTS =
      """
      #!/bin/sh
      [ "$1" != -version ] || { echo 'openjdk version "21.0.1" 2023-10-17' >&2; exit; }
      printf '<%s>\\n' "$@"
      exit "${FAKE_EXIT:-0}"
      """;

  /** Writes its environment as an archive where it is asked for one. */
  private static final String MAKE_ARCHIVES =
      """
      #!/bin/sh
      for word; do
        case $word in -XX:ArchiveClassesAtExit=*) env >"${word#*=}" ;; esac
      done
      """;

  /** Everything bin/ddb calls, but java and mvn. */
  private static final List<String> TOOLS =
      List.of(
          "cat",
          "chmod",
          "env",
          "cp",
          "find",
          "ls",
          "mkdir",
          "mv",
          "nice",
          "readlink",
          "rm",
          "sed",
          "sh",
          "sha256sum",
          "sleep",
          "tail",
          "touch",
          "wc");

  @TempDir private Path temp;
  private Path root;
  private Path path;
  private Path jdk;
  private final Map<String, String> environment = new TreeMap<>();
  private List<String> wrapper = List.of();

  @BeforeEach
  void unpackedApplication() throws IOException {
    temp = temp.toRealPath();
    root = temp.resolve("the app");
    Files.createDirectories(root.resolve("bin"));
    Files.copy(Path.of("bin/ddb"), root.resolve("bin/ddb"));
    assertThat(root.resolve("bin/ddb").toFile().setExecutable(true)).isTrue();
    write(root.resolve("lib/ddb.jar"), "");
    path = Files.createDirectories(temp.resolve("path"));
    for (String tool : TOOLS) {
      executable(path.resolve(tool), "#!/bin/sh\nexec " + find(tool) + " \"$@\"\n");
    }
    jdk = jdk("jdk 17", "17.0.15");
    environment.put("PATH", path.toString());
    environment.put("JAVA_HOME", jdk.toString());
    environment.put("LANG", "en_US.UTF-8");
  }

  // Where it lies and how it is called

  @Test
  void startsMainWithTheApplicationsHomeAndJar() throws Exception {
    Result result = run(root.resolve("bin/ddb").toString(), "scan", "--limit", "3");
    assertThat(result).isEqualTo(new Result(0, result.out(), ""));
    assertThat(result.out().lines())
        .contains("<-Dddb.home=" + root + ">", "<-XX:+UseSerialGC>", "<-Dfile.encoding=UTF-8>")
        .containsSubsequence(
            "<-cp>", "<" + root.resolve("lib/ddb.jar") + ">", "<com.cruddur.ddb.Main>")
        .endsWith("<com.cruddur.ddb.Main>", "<scan>", "<--limit>", "<3>");
  }

  @Test
  void tellsWhichStreamsAreATerminalAndItsSize() throws Exception {
    executable(path.resolve("stty"), "#!/bin/sh\nexec " + find("stty") + " \"$@\"\n");
    String inTerminal = "stty rows 24 cols 80; '" + root + "/bin/ddb' 2>/dev/null";
    assertThat(run(find("script").toString(), "-qec", inTerminal, "/dev/null").out())
        .contains("<-Dddb.terminal=01:80x24>");
    assertThat(run(root.resolve("bin/ddb").toString()).out()).contains("<-Dddb.terminal=>");
  }

  @Test
  void isFoundThroughAnAbsoluteLink() throws Exception {
    Path link =
        Files.createSymbolicLink(
            Files.createDirectories(temp.resolve("my bin")).resolve("d"), root.resolve("bin/ddb"));
    assertThat(run(link.toString()).out()).contains("<-Dddb.home=" + root + ">");
  }

  @Test
  void isFoundThroughAChainOfRelativeLinks() throws Exception {
    Path links = Files.createDirectories(temp.resolve("my bin"));
    Files.createSymbolicLink(links.resolve("one"), Path.of("../the app/bin/ddb"));
    Files.createSymbolicLink(temp.resolve("two"), Path.of("my bin/one"));
    assertThat(run("./two").out()).contains("<-Dddb.home=" + root + ">");
  }

  @Test
  void isFoundThroughALinkToItsFolder() throws Exception {
    Files.createDirectories(temp.resolve("a/b"));
    Files.createSymbolicLink(temp.resolve("a/b/bin"), root.resolve("bin"));
    assertThat(run("a/b/bin/ddb").out()).contains("<-Dddb.home=" + root + ">");
  }

  @Test
  void isFoundOnPathAndByARelativeName() throws Exception {
    environment.merge("PATH", root.resolve("bin").toString(), (a, b) -> b + File.pathSeparator + a);
    assertThat(run("sh", "-c", "ddb").out()).contains("<-Dddb.home=" + root + ">");
    assertThat(run("sh", "-c", "cd 'the app/bin' && sh ddb").out())
        .contains("<-Dddb.home=" + root + ">");
  }

  @Test
  void isNotMisledByCdpath() throws Exception {
    Files.createDirectories(temp.resolve("decoy/the app/bin"));
    environment.put("CDPATH", temp.resolve("decoy").toString());
    assertThat(run("the app/bin/ddb").out()).contains("<-Dddb.home=" + root + ">");
  }

  @Test
  void saysThatItsJarIsMissing() throws Exception {
    Files.delete(root.resolve("lib/ddb.jar"));
    String jar = root.resolve("lib/ddb.jar").toString();
    assertThat(ddb())
        .isEqualTo(
            new Result(1, "", "ddb: " + jar + " is missing: unpack all of ddb.zip, or build\n"));
  }

  @Test
  void usesTheArchiveThatFitsTheCommand() throws Exception {
    Path name = archives(root.resolve("archive"));
    String plain = "<-XX:SharedArchiveFile=" + name + ".plain>";
    String cache = "<-XX:SharedArchiveFile=" + name + ".cache>";
    assertThat(ddb("scan").out())
        .contains(plain, "<-Dddb.archive=" + name + ">")
        .doesNotContain("ArchiveRelocationMode");
    assertThat(ddb("--version").out()).contains(plain, "<-XX:ArchiveRelocationMode=0>");
    assertThat(ddb("cache", "get", "key").out()).contains(cache);
    assertThat(ddb("get-conversation", "1", "--cached").out()).contains(cache);
    Path home = Path.of(name + ".home");
    write(home, Files.readString(home).replaceFirst(".*", "/elsewhere"));
    assertThat(ddb("scan").out()).doesNotContain("SharedArchiveFile", "ddb.archive");
  }

  /** Archives of this application for a Java of Acme's, as the launcher makes them. */
  private Path archives(Path folder) throws Exception {
    write(root.resolve("lib/ddb.id"), "4711\ncache seed\n");
    Path acme = jdk("jdk 17 of acme", "17.0.15");
    Files.writeString(acme.resolve("release"), "IMPLEMENTOR=\"Acme\"\nJAVA_VERSION=\"17.0.15\"\n");
    environment.put("JAVA_HOME", acme.toString());
    executable(acme.resolve("bin/java"), MAKE_ARCHIVES);
    environment.put("DDB_MAKE_ARCHIVE", "1");
    assertThat(ddb()).isEqualTo(new Result(0, "", ""));
    environment.remove("DDB_MAKE_ARCHIVE");
    executable(acme.resolve("bin/java"), PRINT_ARGUMENTS);
    Path name = folder.resolve("4711-Acme");
    assertThat(ddb("scan").out()).contains("=" + name + ".plain>");
    // Nothing is made anew meanwhile where it is not wanted.
    executable(path.resolve("mkdir"), "#!/bin/sh\nexit 1\n");
    return name;
  }

  private static void mode(Path path, String mode) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private void isUsed(Path name, boolean used) throws Exception {
    if (used) {
      assertThat(ddb("scan").out()).contains("=" + name + ".plain>");
    } else {
      assertThat(ddb("scan").out()).doesNotContain("SharedArchiveFile", "ddb.archive");
    }
  }

  @Test
  void archivesAreTheirOwnersAloneWhateverTheUmaskAndTheirMakersKnowNoKeys() throws Exception {
    Path cache = Files.createDirectory(temp.resolve("cache"));
    Files.writeString(root.resolve("archive"), "no folder");
    environment.put("XDG_CACHE_HOME", cache.toString());
    environment.put("AWS_SECRET_ACCESS_KEY", "secret");
    environment.put("AWS_SESSION_TOKEN", "two\nlines");
    environment.put("MOMENTO_API_KEY", "secret");
    wrapper = List.of("/bin/sh", "-c", "umask 000; exec \"$0\" \"$@\"");
    Path name = archives(cache.resolve("ddb"));
    assertThat(mode(cache.resolve("ddb"))).isEqualTo("rwx------");
    for (String part : List.of(".home", ".plain", ".cache", ".stack")) {
      Path file = Path.of(name + part);
      assertThat(Files.exists(file) || part.equals(".stack")).as(part).isTrue();
      if (Files.exists(file)) {
        assertThat(mode(file)).isEqualTo("rw-------");
      }
    }
    assertThat(Files.readString(Path.of(name + ".plain")))
        .contains("JAVA_HOME=")
        .doesNotContain("secret", "AWS_SECRET", "MOMENTO_API_KEY", "two");
  }

  @Test
  void anArchiveThatOthersMayWriteIsNotUsed() throws Exception {
    Path name = archives(root.resolve("archive"));
    for (Path path : List.of(name.getParent(), Path.of(name + ".plain"), Path.of(name + ".home"))) {
      String before = mode(path);
      for (String bad : List.of("rwxrwx---", "rwx----w-")) {
        mode(path, bad);
        isUsed(name, false);
        mode(path, before);
      }
    }
  }

  @Test
  void anArchiveIsNotUsedWhereOthersMayChangeWhatLeadsToIt() throws Exception {
    Path cache = Files.createDirectories(temp.resolve("a/cache"));
    Files.writeString(root.resolve("archive"), "no folder");
    environment.put("XDG_CACHE_HOME", cache.toString());
    Path name = archives(cache.resolve("ddb"));
    mode(cache, "rwx---rwx");
    isUsed(name, false);
    mode(cache, "rwx------");
    mode(cache.getParent(), "rwx---rwx");
    isUsed(name, false);
    Files.setAttribute(cache.getParent(), "unix:mode", 01777);
    isUsed(name, true);
    if (Files.getAttribute(temp, "unix:uid").equals(0)) {
      Files.setAttribute(cache, "unix:uid", 65_534);
      isUsed(name, false);
      Files.setAttribute(cache, "unix:uid", 0);
      Files.setAttribute(Path.of(name + ".plain"), "unix:uid", 65_534);
      isUsed(name, false);
    }
  }

  @Test
  void anArchiveThatWasChangedOrCutOffIsNotUsed() throws Exception {
    Path name = archives(root.resolve("archive"));
    Path plain = Path.of(name + ".plain");
    byte[] right = Files.readAllBytes(plain);
    byte[] wrong = right.clone();
    wrong[right.length / 2] ^= 1;
    Files.write(plain, wrong);
    isUsed(name, false);
    Files.write(plain, right);
    isUsed(name, true);
    Files.write(plain, java.util.Arrays.copyOf(right, right.length - 1));
    isUsed(name, false);
    Files.delete(plain);
    isUsed(name, false);
    Files.createSymbolicLink(plain, Path.of("/etc/passwd"));
    isUsed(name, false);
  }

  @Test
  void aPipeInThePlaceOfARecordHoldsNothingUp() throws Exception {
    Path name = archives(root.resolve("archive"));
    Path home = Path.of(name + ".home");
    Files.delete(home);
    assertThat(new ProcessBuilder("mkfifo", home.toString()).start().waitFor()).isZero();
    isUsed(name, false);
  }

  // What it hands on

  @Test
  void argumentsPassThroughUnchanged() throws Exception {
    String[] arguments = {"a b", "", "it's", "\"q\"", "two\nlines", "$HOME", "*", "\\n", "-x", "`"};
    assertThat(ddb(arguments).out()).endsWith("Main>\n<" + String.join(">\n<", arguments) + ">\n");
  }

  @Test
  void exitCodePassesThrough() throws Exception {
    environment.put("FAKE_EXIT", "130");
    assertThat(ddb().exitCode()).isEqualTo(130);
  }

  @Test
  void javaTakesThePlaceOfTheShellSoThatSignalsReachIt() throws Exception {
    executable(jdk.resolve("bin/java"), "#!/bin/sh\necho $$\n");
    Process process = start(root.resolve("bin/ddb").toString());
    assertThat(finish(process).out()).isEqualTo(process.pid() + "\n");
  }

  /** Java would open its own files in their places, and read or write those. */
  @Test
  void aStreamThatIsClosedIsNoFileOfJavas() throws Exception {
    executable(jdk.resolve("bin/java"), "#!/bin/sh\ncat; echo said; echo told >&2\n");
    String ddb = root.resolve("bin/ddb").toString();
    Result in = run("sh", "-c", "exec \"$0\" <&-", ddb);
    assertThat(in.out()).isEqualTo("said\n");
    assertThat(in.err()).isEqualTo("told\n");
    assertThat(run("sh", "-c", "exec \"$0\" 2>&-", ddb).out()).isEqualTo("said\n");
    assertThat(run("sh", "-c", "exec \"$0\" >&-", ddb).err()).endsWith("told\n");
    Result none = run("sh", "-c", "exec \"$0\" <&- >&- 2>&-", ddb);
    assertThat(none.out() + none.err()).isEmpty();
  }

  @Test
  void standardInputReachesJava() throws Exception {
    executable(jdk.resolve("bin/java"), "#!/bin/sh\ncat\n");
    Process process = start(root.resolve("bin/ddb").toString());
    try (OutputStream in = process.getOutputStream()) {
      in.write("from a pipe\n".getBytes(UTF_8));
    }
    assertThat(finish(process).out()).isEqualTo("from a pipe\n");
  }

  @Test
  void javaOptionsOfTheUserAreSplitButNotExpanded() throws Exception {
    environment.put("DDB_JAVA_OPTS", "-Xmx64m  -Dglob=* -Dhttp.maxConnections=1");
    assertThat(ddb().out().lines())
        .containsSubsequence("<-Dhttp.maxConnections=64>", "<-Xmx64m>", "<-Dglob=*>")
        .containsSubsequence("<-Dhttp.maxConnections=1>", "<-cp>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "LC_ALL=C",
        "LANG=POSIX",
        "LC_ALL=en_US.UTF-8",
        "LC_CTYPE=UTF-8",
        "LANG=de_DE.utf8",
        "LC_ALL=C.UTF-8 LC_TIME=xx_XX.UTF-8",
        "LANG=C.UTF-8 LC_TIME=xx_XX",
        "LANG=",
        "LANG=ja_JP.eucJP",
        "LC_CTYPE=de_DE.ISO-8859-1 LANG=C.UTF-8"
      })
  void javaGetsAUtf8LocaleThatIsInstalled(String variables) throws Exception {
    executable(jdk.resolve("bin/java"), "#!/bin/sh\necho \"${LC_ALL-unset}\"\n");
    executable(
        path.resolve("locale"),
        """
        #!/bin/sh
        case $LC_ALL in C.UTF-8) echo UTF-8 ;; *) echo ANSI_X3.4-1968 ;; esac
        """);
    environment.remove("LANG");
    for (String variable : variables.split(" ")) {
      environment.put(variable.replaceAll("=.*", ""), variable.replaceAll(".*=", ""));
    }
    assertThat(ddb().out()).isEqualTo("C.UTF-8\n");
  }

  @Test
  void javaGetsTheUsersLocaleWhereThatIsInstalledAndOfAnotherCharset() throws Exception {
    executable(jdk.resolve("bin/java"), "#!/bin/sh\necho \"${LC_ALL-unset}\"\n");
    executable(path.resolve("locale"), "#!/bin/sh\necho ISO-8859-1\n");
    environment.put("LC_CTYPE", "de_DE.ISO-8859-1");
    environment.put("LC_TIME", "xx_XX");
    assertThat(ddb().out()).isEqualTo("de_DE.ISO-8859-1\n");
  }

  @Test
  void javaGetsAnotherUtf8LocaleWhereThatOfCIsNotInstalled() throws Exception {
    executable(jdk.resolve("bin/java"), "#!/bin/sh\necho \"${LC_ALL-unset}\"\n");
    executable(
        path.resolve("locale"),
        """
        #!/bin/sh
        case $1-$LC_ALL in
          -a-*) printf '%s\\n' C POSIX fr_FR.iso88591 fr_FR.utf8 ;;
          *fr_FR.utf8) echo UTF-8 ;;
          *) echo ANSI_X3.4-1968 ;;
        esac
        """);
    environment.put("LOCPATH", temp.toString());
    environment.put("LC_ALL", "en_US.UTF-8");
    assertThat(ddb().out()).isEqualTo("fr_FR.utf8\n");
    environment.put("LC_ALL", "fr_FR.utf8");
    assertThat(ddb().out()).isEqualTo("fr_FR.utf8\n");
  }

  @Test
  void aCheckoutWithAutocrlfKeepsTheLauncherAsItIs() throws Exception {
    Path checkout = Files.createDirectories(temp.resolve("checkout"));
    Files.copy(Path.of(".gitattributes"), checkout.resolve(".gitattributes"));
    Files.copy(Path.of("bin/ddb"), checkout.resolve("ddb"));
    environment.put("HOME", temp.toString());
    Files.createSymbolicLink(path.resolve("git"), find("git"));
    write(
        temp.resolve("script"),
        """
        cd checkout && git init -q && git config core.autocrlf true && git add . && rm ddb &&
          git checkout -q -- ddb
        """);
    assertThat(run("sh", "script")).isEqualTo(new Result(0, "", ""));
    assertThat(checkout.resolve("ddb")).hasSameBinaryContentAs(Path.of("bin/ddb"));
  }

  // Which Java

  @Test
  void javaHomeIsPreferredToPath() throws Exception {
    executable(path.resolve("java"), "#!/bin/sh\necho wrong\n");
    assertThat(ddb().out()).contains("<com.cruddur.ddb.Main>");
  }

  @Test
  void pathIsUsedWithoutJavaHomeAndItsLinkLeadsToTheReleaseFile() throws Exception {
    executable(
        jdk.resolve("bin/java"),
        "#!/bin/sh\n[ \"$1\" != -version ] || echo started >&2\necho \"$0\"\n");
    Files.createSymbolicLink(path.resolve("java"), jdk.resolve("bin/java"));
    environment.remove("JAVA_HOME");
    assertThat(ddb()).isEqualTo(new Result(0, path.resolve("java") + "\n", ""));
  }

  @Test
  void withoutAReleaseFileJavaIsAskedForItsVersion() throws Exception {
    Files.delete(jdk.resolve("release"));
    assertThat(ddb("x").out()).contains("<com.cruddur.ddb.Main>").doesNotContain("unsafe-memory");
  }

  @Test
  void java24AndLaterGetTheOptionsThatKeepThemQuiet() throws Exception {
    environment.put("JAVA_HOME", jdk("jdk 25", "25.0.3").toString());
    assertThat(ddb().out().lines())
        .contains(
            "<--enable-native-access=ALL-UNNAMED>", "<--sun-misc-unsafe-memory-access=allow>");
    environment.put("JAVA_HOME", jdk("jdk 26", "26").toString());
    assertThat(ddb().out()).contains("<--sun-misc-unsafe-memory-access=allow>");
    environment.put("JAVA_HOME", jdk("jdk 23", "23.0.1").toString());
    assertThat(ddb().out()).doesNotContain("<--");
  }

  @Test
  void tooOldJavaHomeGivesWayToPath() throws Exception {
    Files.createSymbolicLink(path.resolve("java"), jdk.resolve("bin/java"));
    environment.put("JAVA_HOME", jdk("jdk 11", "11.0.2").toString());
    assertThat(ddb()).matches(r -> r.exitCode() == 0 && r.err().isEmpty());
  }

  @Test
  void nothingUsableNamesWhatWasFound() throws Exception {
    String needs = "ddb: needs Java 17 or newer: ";
    environment.put("JAVA_HOME", temp.resolve("gone").toString());
    assertThat(ddb())
        .isEqualTo(
            new Result(
                1, "", needs + "JAVA_HOME=" + temp + "/gone has no bin/java, PATH has no java\n"));

    environment.remove("JAVA_HOME");
    assertThat(ddb())
        .isEqualTo(new Result(1, "", needs + "JAVA_HOME is not set, PATH has no java\n"));

    Path old = jdk("old", "1.8.0_392");
    environment.put("JAVA_HOME", old.toString());
    executable(path.resolve("java"), "#!/bin/sh\necho 'openjdk version \"11.0.2\" 2019' >&2\n");
    assertThat(ddb())
        .isEqualTo(
            new Result(
                1,
                "",
                needs
                    + ("JAVA_HOME=" + old + " is Java 8, ")
                    + (path + "/java on PATH is Java 11\n")));

    executable(path.resolve("java"), "#!/bin/sh\necho 'No Java runtime present' >&2\nexit 1\n");
    environment.remove("JAVA_HOME");
    assertThat(ddb())
        .isEqualTo(
            new Result(
                1,
                "",
                needs + "JAVA_HOME is not set, " + path + "/java on PATH tells no version\n"));
  }

  // In a source checkout

  @Test
  void firstUseBuildsAndSaysSoInOneLine() throws Exception {
    checkout();
    Result result = ddb("scan");
    assertThat(result.err()).isEqualTo(FIRST_USE + "\n");
    assertThat(result.out())
        .contains("<-Dddb.home=" + root + "/target/ddb/ddb>")
        .endsWith("<scan>\n")
        .doesNotContain("noise of mvn");
    assertThat(mvnCalls()).singleElement().asString().startsWith("-B package ");
    assertThat(ddb().err()).isEmpty();
    assertThat(mvnCalls()).hasSize(1);
  }

  @Test
  void aBuildIsSilentIfThatIsAskedForUnlessItFails() throws Exception {
    checkout();
    assertThat(ddb("scan", "-q").err()).isEmpty();
    inTheFuture(root.resolve("pom.xml"));
    mvn("echo broken; exit 1");
    assertThat(ddb("scan", "--quiet").err())
        .startsWith("noise of mvn\nbroken\nddb: the build failed; all of its output is in ");
    assertThat(ddb("send-message", "c", "--", "-q").err()).startsWith("ddb: building (sources");
  }

  @Test
  void aBuildTellsOnATerminalHowFarItIs() throws Exception {
    checkout();
    mvn(
        "echo '[INFO] Downloaded from x: y'; echo '[INFO] --- jar:3.4.1:jar (a) @ ddb ---'; "
            + UNTIL_GO.formatted(temp));
    try (PtyShell pty = new PtyShell("sh", temp)) {
      pty.type(
          "env -i PATH='%s' JAVA_HOME='%s' '%s/bin/ddb' scan\n".formatted(path, jdk, root),
          "downloads: 1, step: jar");
      Files.createFile(temp.resolve("go"));
      pty.type("", "<scan>");
    }
    assertThat(root.resolve("target/ddb-build.lock")).doesNotExist();
  }

  @Test
  void mvnBuildsWithTheJavaThatWasFound() throws Exception {
    checkout();
    executable(jdk.resolve("bin/javac"), "#!/bin/sh\n");
    Files.createSymbolicLink(path.resolve("java"), jdk.resolve("bin/java"));
    environment.put("JAVA_HOME", jdk("jdk 11", "11.0.2").toString());
    assertThat(ddb().exitCode()).isZero();
    assertThat(temp.resolve("mvn-java-home")).hasContent(jdk.toString());
  }

  @Test
  void newerAndDeletedSourcesAreBuiltAgain() throws Exception {
    checkout();
    write(root.resolve("src/main/java/Old.java"), "");
    ddb();
    inTheFuture(root.resolve("pom.xml"));
    assertThat(ddb().err()).isEqualTo("ddb: building (sources changed), about a minute...\n");
    age();
    write(root.resolve("seed-data/users.json"), "[]");
    assertThat(ddb().err()).isEqualTo("ddb: building (sources changed), about a minute...\n");
    age();
    Files.delete(root.resolve("src/main/java/Old.java"));
    assertThat(ddb().err()).isEqualTo("ddb: building (sources changed), about a minute...\n");
    age();
    assertThat(ddb().err()).isEmpty();
    assertThat(mvnCalls()).hasSize(4);
  }

  /** It comes and goes beside the file, and changes the time of the folder. */
  @Test
  void theCheckpointOfASeedIsNoReasonToBuildAgain() throws Exception {
    checkout();
    write(root.resolve("seed-data/users.json"), "[]");
    ddb();
    age();
    Path checkpoint = root.resolve("seed-data/.users.json.ddb-seed-12345678");
    write(checkpoint, "{}");
    assertThat(ddb().err()).isEmpty();
    Files.delete(checkpoint);
    assertThat(ddb().err()).isEmpty();
    assertThat(mvnCalls()).hasSize(1);
  }

  @Test
  void whatIsEditedDuringABuildIsBuiltNextTime() throws Exception {
    checkout();
    mvn("sleep 1; echo x >src/main/java/Main.java; sleep 1");
    ddb();
    assertThat(ddb().err()).isEqualTo("ddb: building (sources changed), about a minute...\n");
  }

  @Test
  void whatWasEditedSinceTheBuildIsCompiledAndGoesBeforeItsJar() throws Exception {
    checkout();
    mvn("mkdir -p target; echo a.jar >target/compile.classpath");
    executable(jdk.resolve("bin/javac"), "#!/bin/sh\necho \"$*\" >>'" + temp + "/javac-calls'\n");
    write(root.resolve("src/main/resources/help.txt"), "help");
    write(root.resolve("src/main/cloudformation/trigger.yaml"), "{}");
    ddb();
    age();
    write(root.resolve("src/main/java/Main.java"), "class Main {}");
    Result edited = ddb("scan");
    assertThat(edited.err()).isEqualTo("ddb: compiling (sources changed), some seconds...\n");
    String jar = root + "/target/ddb/ddb/lib/ddb.jar";
    assertThat(edited.out()).contains("<" + root + "/target/loop/classes:" + jar + ">");
    assertThat(Files.readAllLines(temp.resolve("javac-calls")))
        .hasSize(2)
        .allMatch(call -> call.contains(":a.jar "));
    assertThat(ddb("scan")).isEqualTo(new Result(edited.exitCode(), edited.out(), ""));
    executable(jdk.resolve("bin/javac"), "#!/bin/sh\necho Main.java:1: error; exit 1\n");
    inTheFuture(root.resolve("src/main/java/Main.java"));
    assertThat(ddb().err().lines())
        .containsSubsequence(
            "ddb: compiling (sources changed), some seconds...",
            "Main.java:1: error",
            "ddb: the sources do not compile; all of the output is in "
                + (root + "/target/ddb-build.log"));
    assertThat(mvnCalls()).hasSize(1);
    // A whole build makes the compiled classes old.
    inTheFuture(root.resolve("pom.xml"));
    assertThat(ddb().out()).contains("<" + jar + ">");
    assertThat(mvnCalls()).hasSize(2);
  }

  @Test
  void failedBuildShowsTheEndOfItsLogAndRunsNothing() throws Exception {
    checkout();
    ddb();
    mvn("i=0; while [ $i -lt 99 ]; do i=$((i + 1)); echo line $i; done; exit 1");
    inTheFuture(root.resolve("pom.xml"));
    Result result = ddb();
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.err().lines())
        .startsWith("ddb: building (sources changed), about a minute...", "line 70", "line 71")
        .endsWith(
            "line 99",
            "ddb: the build failed; all of its output is in " + root + "/target/ddb-build.log");
    assertThat(ddb()).isEqualTo(result);
  }

  @Test
  void missingMvnIsNamed() throws Exception {
    checkout();
    Files.delete(path.resolve("mvn"));
    assertThat(ddb())
        .isEqualTo(new Result(1, "", "ddb: cannot build " + root + ": no mvn on PATH\n"));
  }

  @Test
  void noBuildRunsWhatIsThere() throws Exception {
    checkout();
    environment.put("DDB_NO_BUILD", "1");
    assertThat(ddb().err())
        .startsWith("ddb: ")
        .endsWith(" is missing: unpack all of ddb.zip, or build\n");
    environment.remove("DDB_NO_BUILD");
    ddb();
    inTheFuture(root.resolve("pom.xml"));
    environment.put("DDB_NO_BUILD", "1");
    assertThat(ddb()).matches(r -> r.exitCode() == 0 && r.err().isEmpty());
    assertThat(mvnCalls()).hasSize(1);
  }

  @Test
  void theBuiltApplicationRunsItselfWithoutLookingAtTheSources() throws Exception {
    checkout();
    ddb();
    Path built = root.resolve("target/ddb/ddb/bin/ddb");
    Files.createDirectories(built.getParent());
    Files.copy(root.resolve("bin/ddb"), built);
    inTheFuture(root.resolve("pom.xml"));
    assertThat(run("sh", built.toString()).err()).isEmpty();
  }

  @Test
  void twoAtOnceBuildOnce() throws Exception {
    checkout();
    mvn(UNTIL_GO.formatted(temp));
    Process first = start(root.resolve("bin/ddb").toString(), "1");
    assertThat(errorLine(first)).isEqualTo(FIRST_USE);
    Process second = start(root.resolve("bin/ddb").toString(), "2");
    assertThat(errorLine(second)).isEqualTo("ddb: waiting for another build...");
    Files.createFile(temp.resolve("go"));
    List<Result> results = List.of(finish(first), finish(second));
    assertThat(results).extracting(Result::exitCode).containsExactly(0, 0);
    assertThat(results).extracting(Result::err).containsExactly("", "");
    assertThat(mvnCalls()).hasSize(1);
  }

  @Test
  void aRunDuringABuildWaitsForItsEnd() throws Exception {
    checkout();
    ddb();
    Path lock = Files.createDirectory(root.resolve("target/ddb-build.lock"));
    write(lock.resolve("pid"), ProcessHandle.current().pid() + "\n");
    Process waiting = start(root.resolve("bin/ddb").toString());
    assertThat(errorLine(waiting)).isEqualTo("ddb: waiting for another build...");
    Files.delete(lock.resolve("pid"));
    Files.delete(lock);
    assertThat(finish(waiting).err()).isEmpty();
  }

  @Test
  void theLockOfAKilledBuildIsTakenOver() throws Exception {
    checkout();
    Process dead = start("sh", "-c", ":");
    finish(dead);
    write(root.resolve("target/ddb-build.lock/pid"), dead.pid() + "\n");
    assertThat(ddb().err()).isEqualTo(FIRST_USE + "\n");
    assertThat(root.resolve("target/ddb-build.lock")).doesNotExist();
  }

  @Test
  void anInterruptedBuildLeavesNoLock() throws Exception {
    checkout();
    mvn(UNTIL_GO.formatted(temp) + "; exit 1");
    Process process = start(root.resolve("bin/ddb").toString());
    while (!Files.exists(temp.resolve("mvn-calls"))) {
      Thread.sleep(10);
    }
    process.toHandle().destroy();
    Files.createFile(temp.resolve("go"));
    assertThat(finish(process).exitCode()).isEqualTo(143);
    assertThat(root.resolve("target/ddb-build.lock")).doesNotExist();
  }

  /** The first line of its errors, as soon as it comes. */
  private static String errorLine(Process process) throws IOException {
    InputStream err = process.getErrorStream();
    StringBuilder line = new StringBuilder();
    for (int next = err.read(); next != '\n' && next >= 0; next = err.read()) {
      line.append((char) next);
    }
    return line.toString();
  }

  /** What a launcher printed and returned. */
  private record Result(int exitCode, String out, String err) {}

  private Result ddb(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(wrapper);
    command.add(root.resolve("bin/ddb").toString());
    command.addAll(List.of(arguments));
    return run(command.toArray(String[]::new));
  }

  private Result run(String... command) throws Exception {
    Process process = start(command);
    process.getOutputStream().close();
    return finish(process);
  }

  private Process start(String... command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(temp.toFile());
    if (!command[0].contains("/")) {
      builder.command().set(0, path.resolve(command[0]).toString());
    }
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder.start();
  }

  /** The outputs are small enough for the pipes, so one may be read after the other. */
  private static Result finish(Process process) throws Exception {
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    String err = new String(process.getErrorStream().readAllBytes(), UTF_8);
    return new Result(process.waitFor(), out, err);
  }

  /**
   * Makes the application a source checkout that was never built, and mvn a script that builds it.
   */
  private void checkout() throws IOException {
    Files.delete(root.resolve("lib/ddb.jar"));
    Files.delete(root.resolve("lib"));
    write(root.resolve("pom.xml"), "");
    write(root.resolve("src/main/java/Main.java"), "");
    mvn(":");
    age();
  }

  /** Sets what mvn does before it makes the jar and the zip. */
  private void mvn(String commands) throws IOException {
    executable(
        path.resolve("mvn"),
        """
        #!/bin/sh
        echo noise of mvn
        echo "$*" >>"%1$s/mvn-calls"
        echo "${JAVA_HOME-}" >"%1$s/mvn-java-home"
        %2$s
        mkdir -p target/ddb/ddb/lib
        : >target/ddb/ddb/lib/ddb.jar
        : >target/ddb.zip
        """
            .formatted(temp, commands));
  }

  private List<String> mvnCalls() throws IOException {
    return Files.readAllLines(temp.resolve("mvn-calls"));
  }

  /** Makes every file and folder of the checkout an hour older than now, the build half an hour. */
  private void age() throws IOException {
    Instant now = Instant.now();
    try (var files = Files.walk(root)) {
      for (Path file : files.toList()) {
        Files.setLastModifiedTime(file, FileTime.from(now.minusSeconds(3600)));
      }
    }
    Path zip = root.resolve("target/ddb.zip");
    if (Files.exists(zip)) {
      Files.setLastModifiedTime(zip, FileTime.from(now.minusSeconds(1800)));
    }
  }

  private static void inTheFuture(Path file) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(60)));
  }

  private Path jdk(String name, String version) throws IOException {
    Path home = temp.resolve(name);
    executable(home.resolve("bin/java"), PRINT_ARGUMENTS);
    write(
        home.resolve("release"),
        "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"%s\"\nOS_NAME=\"x\"\n".formatted(version));
    return home;
  }

  private static Path find(String tool) {
    for (String folder : List.of("/usr/bin", "/bin")) {
      Path candidate = Path.of(folder, tool);
      if (Files.isExecutable(candidate)) {
        return candidate;
      }
    }
    throw new AssertionError("no " + tool + " in /usr/bin or /bin");
  }

  private static void executable(Path file, String text) throws IOException {
    write(file, text);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
