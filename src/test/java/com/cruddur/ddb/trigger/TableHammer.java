package com.cruddur.ddb.trigger;

import com.cruddur.ddb.ChildJvm;
import com.cruddur.ddb.DdbProcess;
import com.cruddur.ddb.DdbRunner;
import com.cruddur.ddb.FreePorts;
import com.cruddur.ddb.TestStack;
import com.cruddur.ddb.dynamo.CapacityMeter;
import com.cruddur.ddb.dynamo.TableAdmin;
import com.cruddur.ddb.dynamo.TableSchema;
import com.cruddur.ddb.local.LocalStack;
import com.cruddur.ddb.local.StackSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * A table in a bad week, on an engine of its own whose index lags and whose table throttles: {@link
 * ForeignWriter}s write, edit and delete messages under keys of every zone and form, ddb sends and
 * deletes, a repair runs beside, and two {@code trigger run} are killed by {@code kill -9} and
 * started again, while readers look on. Then the writers rest, and after one {@code trigger run
 * --once} every row has to be true.
 */
public final class TableHammer implements AutoCloseable {
  /** So many times the messages that were asked for are written until workers are killed. */
  private static final int MOST = 50;

  private final Settings settings;
  private final Path home;
  private final LocalStack stack;
  private final String endpoint;
  private final HammeredTable table;
  private final AtomicBoolean writing = new AtomicBoolean(true);
  private final AtomicInteger messages = new AtomicInteger();
  private final AtomicInteger kills = new AtomicInteger();
  private final List<String> troubles = new ArrayList<>();

  /**
   * What to do.
   *
   * @param messages of each writer, at least: they go on until enough workers are killed
   * @param kills of workers that were at work
   * @param repair whether {@code check --repair} runs beside
   * @param lagMillis how late the index is
   * @param units read and write units that the table gives a second; 0 for no bound
   */
  public record Settings(
      long seed, int writers, int messages, int kills, boolean repair, int lagMillis, int units) {}

  /**
   * What came of it.
   *
   * @param wrong what is not true of the rows at the end, one line each
   * @param readerFaults what readers saw that they never should, one line each
   * @param troubles commands that failed, one line each
   */
  public record Result(
      int messages,
      int kills,
      int reads,
      List<String> wrong,
      List<String> readerFaults,
      List<String> troubles,
      long millis) {}

  private TableHammer(Settings settings) throws IOException {
    this.settings = settings;
    this.home = Files.createTempDirectory("table-hammer");
    stack =
        ChildJvm.stack(
            new StackSettings(
                    FreePorts.next(),
                    FreePorts.next(),
                    true,
                    home.resolve("data"),
                    home.resolve("state"))
                .withFaults(settings.lagMillis, settings.units, settings.units, 0));
    endpoint = "http://127.0.0.1:" + stack.start().status().port();
    DynamoDbClient client = TestStack.clients(endpoint, new CapacityMeter(false)).dynamoDb();
    String name = "hammered";
    new TableAdmin(client).load(name, new TableSchema.Options(false, 0, 0, true));
    table = new HammeredTable(client, name);
  }

  public static Result run(Settings settings) {
    try (TableHammer hammer = new TableHammer(settings)) {
      return hammer.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private Result run() throws ExecutionException, InterruptedException {
    table.begin();
    long began = System.nanoTime();
    ExecutorService threads = Executors.newCachedThreadPool();
    List<Future<?>> writers = new ArrayList<>();
    for (int i = 0; i < settings.writers; i++) {
      ForeignWriter writer = new ForeignWriter(table, settings.seed * 1000 + i, i);
      writers.add(threads.submit(() -> messages.addAndGet(writer.write(this::goesOn))));
    }
    List<Future<?>> others = new ArrayList<>();
    others.add(threads.submit(() -> supervise("one")));
    others.add(threads.submit(() -> supervise("two")));
    others.add(threads.submit(this::send));
    others.add(threads.submit(this::repair));
    AtomicBoolean reading = new AtomicBoolean(true);
    List<HammeredTable.Reader> readers = List.of(table.reader(0), table.reader(1));
    List<Future<?>> looks = new ArrayList<>();
    readers.forEach(reader -> looks.add(threads.submit(() -> reader.watch(reading::get))));
    for (Future<?> writer : writers) {
      writer.get();
    }
    writing.set(false);
    for (Future<?> other : others) {
      other.get();
    }
    DdbRunner.Result last = runner("one").execute("trigger", "run", "--once");
    reading.set(false);
    for (Future<?> look : looks) {
      look.get();
    }
    threads.shutdown();
    List<String> wrong = new ArrayList<>(table.wrong());
    if (last.exitCode() != 0) {
      wrong.add("trigger run --once: " + last);
    }
    List<String> faults = new ArrayList<>();
    readers.forEach(reader -> faults.addAll(reader.faults()));
    return new Result(
        messages.get(),
        kills.get(),
        readers.stream().mapToInt(HammeredTable.Reader::reads).sum(),
        wrong,
        faults,
        List.copyOf(troubles),
        (System.nanoTime() - began) / 1_000_000);
  }

  private boolean goesOn(int written) {
    boolean wanting = kills.get() < settings.kills && written < MOST * settings.messages;
    return written < settings.messages || wanting;
  }

  private DdbRunner runner(String name) {
    DdbRunner runner = DdbRunner.on(table.name());
    for (Map.Entry<String, String> variable : environment(name).entrySet()) {
      runner = runner.env(variable.getKey(), variable.getValue());
    }
    return runner;
  }

  /** Each keeps its place in the stream for itself. */
  private Map<String, String> environment(String name) {
    Path own = home.resolve(name);
    Map<String, String> environment = new HashMap<>();
    for (String folder : List.of("STATE", "DATA", "CONFIG", "CACHE")) {
      environment.put("XDG_" + folder + "_HOME", own.resolve(folder).toString());
    }
    environment.put("HOME", own.toString());
    environment.put("AWS_ENDPOINT_URL", endpoint);
    environment.put("DDB_MESSAGE_TABLE", table.name());
    return environment;
  }

  /** A worker that is killed when it has moved rows, and started again, while there are writers. */
  private void supervise(String name) {
    Random random = new Random(settings.seed + name.hashCode());
    while (writing.get()) {
      try (DdbProcess worker = DdbProcess.start(environment(name), "trigger", "run")) {
        while (writing.get() && worker.isAlive() && !worker.errSoFar().contains("rows written")) {
          pause(20);
        }
        pause(random.nextInt(300));
        if (worker.isAlive()) {
          worker.kill();
          kills.addAndGet(worker.errSoFar().contains("rows written") ? 1 : 0);
        } else {
          trouble("trigger run", worker.await());
        }
      }
    }
  }

  /** What ddb itself writes: messages, some of which it deletes again. */
  private void send() {
    DdbRunner runner = runner("sender");
    Random random = new Random(settings.seed);
    for (int i = 0; writing.get(); i++) {
      String group = HammeredTable.group(1 + random.nextInt(HammeredTable.CONVERSATIONS));
      DdbRunner.Result sent =
          runner.execute(
              "send-message", group, "sent " + i, "--from", HammeredTable.HUB, "-o", "json");
      trouble("send-message", sent);
      if (sent.exitCode() == 0 && HammeredTable.mayShrink(group) && random.nextInt(3) == 0) {
        String uuid = sent.json().get("uuid").asText();
        DdbRunner.Result gone = runner.execute("delete-message", group, uuid, "--yes");
        trouble("delete-message", gone);
      }
      pause(10);
    }
  }

  /** Not all the time, and never last: it takes the odd keys out of the way. */
  private void repair() {
    Random random = new Random(settings.seed + 1);
    pause(500 + random.nextInt(2000));
    while (settings.repair && writing.get()) {
      DdbRunner.Result checked = runner("repair").execute("check", "--repair", "--yes");
      if (checked.exitCode() != 5) {
        trouble("check --repair", checked);
      }
      pause(500 + random.nextInt(2000));
    }
  }

  /** Nothing is wrong with a table that throttles, or with rows that others move all the time. */
  private synchronized void trouble(String command, DdbRunner.Result result) {
    boolean busy = result.err().contains("throttl") || result.err().contains("changed at each");
    if (result.exitCode() != 0 && !busy) {
      troubles.add(command + ": " + result);
    }
  }

  static void pause(int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    stack.stop();
    try (Stream<Path> files = Files.walk(home)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
