package com.cruddur.ddb;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.cruddur.ddb.cli.Cli;
import com.cruddur.ddb.cli.context.CliEnvironment;
import com.cruddur.ddb.cli.context.CliEnvironment.Terminal;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs command lines of ddb in this process, as a user would type them, on the {@link TestStack}.
 * Nothing of the real environment reaches them. A runner is immutable: each setter returns another.
 *
 * @param environment the environment variables
 * @param stdin the bytes of standard input
 * @param terminal which streams are a terminal; none, unless set
 * @param home the folder with {@code seed-data}; this repository, unless set; may be null
 * @param clock the time
 */
public record DdbRunner(
    Map<String, String> environment,
    byte[] stdin,
    Terminal terminal,
    Path home,
    InstantSource clock) {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  static {
    ChildJvm.forStacksOfThisProcess();
  }

  /** What came of a command line; a failed assertion on it shows all three. */
  public record Result(int exitCode, String out, String err) {

    /** Standard output as one JSON document, every digit of its numbers kept. */
    public JsonNode json() {
      return parse(out);
    }

    /** The items of a list printed with {@code -o json}. */
    public List<JsonNode> items() {
      return List.copyOf(json().get("items").valueStream().toList());
    }

    /** The error printed on standard error with {@code -o json}. */
    public JsonNode error() {
      return parse(err).get("error");
    }

    private JsonNode parse(String text) {
      try {
        return JSON.readTree(text);
      } catch (JsonProcessingException e) {
        throw new AssertionError("not one JSON document: " + this, e);
      }
    }

    @Override
    public String toString() {
      return "exit code " + exitCode + "\n--- out\n" + out + "\n--- err\n" + err + "\n---";
    }
  }

  /** Runs a command line on a table that does not exist yet, such as for {@code --help}. */
  public static Result run(String... args) {
    return fresh().execute(args);
  }

  /** On a table of a new name, which does not exist yet. */
  public static DdbRunner fresh() {
    return on(TestStack.newTableName());
  }

  /** On a table of the test stack. */
  public static DdbRunner on(String table) {
    return new DdbRunner(
            TestStack.environment(), new byte[0], Terminal.NONE, Path.of(""), Clock.systemUTC())
        .env("DDB_MESSAGE_TABLE", table);
  }

  public DdbRunner stdin(String text) {
    return stdin(text.getBytes(UTF_8));
  }

  public DdbRunner stdin(byte[] bytes) {
    return new DdbRunner(environment, bytes, terminal, home, clock);
  }

  /** With an environment variable; null takes it away. */
  public DdbRunner env(String name, String value) {
    Map<String, String> changed = new HashMap<>(environment);
    changed.remove(name);
    if (value != null) {
      changed.put(name, value);
    }
    return new DdbRunner(Map.copyOf(changed), stdin, terminal, home, clock);
  }

  /** With terminals, as the launcher names them: {@code 012:80} is all three, 80 columns wide. */
  public DdbRunner terminal(String streams) {
    return new DdbRunner(environment, stdin, Terminal.parse(streams), home, clock);
  }

  public DdbRunner home(Path folder) {
    return new DdbRunner(environment, stdin, terminal, folder, clock);
  }

  public DdbRunner clock(InstantSource source) {
    return new DdbRunner(environment, stdin, terminal, home, source);
  }

  /** Runs a command line. */
  public Result execute(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Result rest = execute(out, args);
    return new Result(rest.exitCode(), out.toString(UTF_8), rest.err());
  }

  /** Runs a command line whose standard output goes elsewhere. */
  public Result execute(OutputStream out, String... args) {
    return execute(new ByteArrayInputStream(stdin), out, args);
  }

  /** Runs a command line with streams of the caller's. */
  public Result execute(InputStream in, OutputStream out, String... args) {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    CliEnvironment cliEnvironment =
        new CliEnvironment(in, out, err, environment, home, terminal, clock);
    return new Result(Cli.run(cliEnvironment, args), "", err.toString(UTF_8));
  }
}
