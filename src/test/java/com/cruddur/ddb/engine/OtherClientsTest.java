package com.cruddur.ddb.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Programs in {@code src/test/clients} that use other clients of AWS's, where this machine has
 * them. For the JavaScript SDK: {@code npm install @aws-sdk/client-dynamodb @aws-sdk/lib-dynamodb}
 * in a folder, and {@code DDB_NODE_FOLDER} names it.
 */
class OtherClientsTest {
  private static final Path PROGRAMS = Path.of("src/test/clients").toAbsolutePath();

  @TempDir private Path folder;
  private TestEngine engine;

  @BeforeEach
  void start() {
    engine = new TestEngine(folder.resolve("s3"), Faults.NONE);
  }

  @AfterEach
  void stop() {
    engine.close();
  }

  /** What a program prints, both streams, in a folder. */
  private String printed(Path in, String... command) throws Exception {
    Path out = folder.resolve("out");
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("PORT", Integer.toString(engine.port()));
    builder.environment().put("HOME", folder.toString());
    builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
    Process process =
        builder
            .directory(in.toFile())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .redirectInput(new File("/dev/null"))
            .start();
    process.waitFor();
    return Files.readString(out, StandardCharsets.UTF_8).strip();
  }

  private boolean works(String... command) {
    try {
      return printed(folder, command).endsWith("ok");
    } catch (IOException absent) {
      return false;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void awsWorksOnTables() throws Exception {
    assumeTrue(works("sh", "-c", "aws --version && echo ok"), "there is no aws on the PATH");
    assertThat(printed(folder, PROGRAMS.resolve("client.sh").toString())).endsWith("ok");
  }

  @Test
  void boto3WorksOnTablesAndStreams() throws Exception {
    assumeTrue(works("python3", "-c", "import boto3; print('ok')"), "python3 has no boto3");
    assertThat(printed(folder, "python3", PROGRAMS.resolve("client.py").toString())).endsWith("ok");
  }

  @Test
  void theJavaScriptSdkWorksOnTables() throws Exception {
    String sdk = System.getenv("DDB_NODE_FOLDER");
    assumeTrue(sdk != null, "DDB_NODE_FOLDER names no folder with @aws-sdk/lib-dynamodb");
    assertThat(printed(Path.of(sdk), "node", PROGRAMS.resolve("client.mjs").toString()))
        .endsWith("ok");
  }
}
