package com.cruddur.ddb.engine.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cruddur.ddb.engine.storage.OrderedMap.RawCursor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskStoreTest {
  private static final int MAP = 20;
  private static final int JOURNAL = 21;

  @TempDir Path parent;

  @Test
  void whatIsWrittenOverwrittenAndRemovedIsThereInOrderAlsoAfterReopening() {
    NavigableMap<byte[], byte[]> model = new TreeMap<>(Arrays::compareUnsigned);
    Random random = new Random(7);
    for (int round = 0; round < 4; round++) {
      try (Store store = DiskStore.open(folder())) {
        assertSame(store.map(MAP), model, random);
        for (int i = 0; i < 3_000; i++) {
          Changes changes = new Changes();
          for (int j = 0; j < 3; j++) {
            change(changes, model, random);
          }
          store.write(changes, new ReentrantLock());
        }
        assertSame(store.map(MAP), model, random);
      }
    }
  }

  private static void change(Changes changes, Map<byte[], byte[]> model, Random random) {
    byte[] key = key(random.nextInt(5_000));
    if (random.nextInt(4) == 0) {
      changes.remove(MAP, key);
      model.remove(key);
    } else {
      byte[] value = new byte[random.nextInt(3_000)];
      random.nextBytes(value);
      changes.put(MAP, key, value);
      model.put(key, value);
    }
  }

  private static void assertSame(
      OrderedMap map, NavigableMap<byte[], byte[]> model, Random random) {
    assertThat(keys(map.cursor(null, null, true))).isEqualTo(hex(model.keySet()));
    byte[] low = key(random.nextInt(5_000));
    byte[] high = key(random.nextInt(5_000));
    if (Arrays.compareUnsigned(low, high) > 0) {
      byte[] swap = low;
      low = high;
      high = swap;
    }
    List<String> range = hex(model.subMap(low, true, high, false).keySet());
    assertThat(keys(map.cursor(low, high, true))).isEqualTo(range);
    Collections.reverse(range);
    assertThat(keys(map.cursor(low, high, false))).isEqualTo(range);
    for (int i = 0; i < 200; i++) {
      byte[] key = key(random.nextInt(5_000));
      assertThat(map.get(key)).isEqualTo(model.get(key));
    }
  }

  @Test
  void recordsKeepTheirNumbersOverCheckpointsAndReopening() {
    long next = 0;
    for (int round = 0; round < 3; round++) {
      try (Store store = DiskStore.open(folder())) {
        assertThat(store.journal(JOURNAL).next()).isEqualTo(next);
        for (int i = 0; i < 5_000; i++) {
          Changes changes = new Changes();
          changes.append(JOURNAL, record(next++));
          changes.append(JOURNAL, record(next++));
          store.write(changes, new ReentrantLock());
        }
        for (long from = 0; from < next; from += 997) {
          List<Journal.Entry> entries = store.journal(JOURNAL).read(from, 10, 1 << 20);
          for (int i = 0; i < entries.size(); i++) {
            assertThat(entries.get(i).number()).isEqualTo(from + i);
            assertThat(entries.get(i).record()).isEqualTo(record(from + i));
          }
        }
      }
    }
  }

  @Test
  void anEntryThatACrashCutOffIsAsIfItHadNeverBeen() throws Exception {
    write(key(1), "one".getBytes(StandardCharsets.UTF_8));
    Path log = only(".log");
    long whole = Files.size(log);
    byte[] manifest = Files.readAllBytes(folder().resolve("manifest"));
    write(key(2), "two".getBytes(StandardCharsets.UTF_8));
    byte[] bytes = Files.readAllBytes(log);
    for (int length = (int) whole; length < bytes.length; length += 5) {
      Files.write(log, Arrays.copyOf(bytes, length));
      Files.write(folder().resolve("manifest"), manifest);
      try (Store store = DiskStore.open(folder())) {
        assertThat(store.map(MAP).get(key(1))).isNotNull();
        assertThat(store.map(MAP).get(key(2))).isNull();
      }
    }
    write(key(3), "three".getBytes(StandardCharsets.UTF_8));
    try (Store store = DiskStore.open(folder())) {
      assertThat(store.map(MAP).get(key(3))).isEqualTo("three".getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void aLogThatIsDamagedInTheMiddleIsRefusedByName() throws Exception {
    write(key(1), "one".getBytes(StandardCharsets.UTF_8));
    write(key(2), "two".getBytes(StandardCharsets.UTF_8));
    Path log = only(".log");
    byte[] bytes = Files.readAllBytes(log);
    bytes[12] ^= 1;
    Files.write(log, bytes);
    assertThatThrownBy(() -> DiskStore.open(folder()))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining(log.toString())
        .hasMessageContaining("damaged");
    assertThat(Files.readAllBytes(log)).isEqualTo(bytes);
  }

  /** A damaged length would look like an end that a crash left, and what follows would be lost. */
  @Test
  void aByteThatIsDamagedAnywhereInALogIsNeverTakenForItsEnd() throws Exception {
    write(key(1), "one".getBytes(StandardCharsets.UTF_8));
    write(key(2), "two".getBytes(StandardCharsets.UTF_8));
    Path log = only(".log");
    byte[] bytes = Files.readAllBytes(log);
    for (int at = 0; at < bytes.length; at++) {
      byte[] bad = bytes.clone();
      bad[at] ^= 0x41;
      Files.write(log, bad);
      assertRefused(log, "damaged");
      assertThat(Files.readAllBytes(log)).isEqualTo(bad);
    }
  }

  @Test
  void aLogIsAsLongAsItWasWhenTheStoreWasClosed() throws Exception {
    write(key(1), "one".getBytes(StandardCharsets.UTF_8));
    write(key(2), "two".getBytes(StandardCharsets.UTF_8));
    Path log = only(".log");
    byte[] bytes = Files.readAllBytes(log);
    for (int length = 0; length < bytes.length; length++) {
      Files.write(log, Arrays.copyOf(bytes, length));
      assertRefused(log, "damaged");
    }
  }

  /** A store whose manifest is gone was taken for a new one, and all its runs were deleted. */
  @Test
  void aFileThatIsGoneIsRefusedByNameAndTheOthersStay() throws Exception {
    fill(MAP, 12_000);
    for (String kind : List.of(".log", ".run", "manifest")) {
      Path file = only(kind);
      byte[] good = Files.readAllBytes(file);
      Files.delete(file);
      List<Path> others = files();
      assertRefused(file, "missing");
      assertThat(files()).isEqualTo(others);
      Files.write(file, good);
    }
    try (Store store = DiskStore.open(folder())) {
      assertThat(keys(store.map(MAP).cursor(null, null, true))).hasSize(12_000);
    }
  }

  @Test
  void theOnlyFileOfASmallStoreIsMissed() throws Exception {
    write(key(1), "one".getBytes(StandardCharsets.UTF_8));
    Path log = only(".log");
    Files.delete(log);
    assertRefused(log, "missing");
  }

  /** What a checkpoint that never ended left: all that was written is in its two logs. */
  @Test
  void anOlderLogThatEndsInTheMiddleIsDamagedNotCutOff() throws Exception {
    write(key(1), "one".getBytes(StandardCharsets.UTF_8));
    Path log = only(".log");
    byte[] manifest = Files.readAllBytes(folder().resolve("manifest"));
    long whole = Files.size(log);
    write(key(2), "two".getBytes(StandardCharsets.UTF_8));
    byte[] bytes = Files.readAllBytes(log);
    Files.write(folder().resolve("900.log"), Arrays.copyOf(bytes, 8));
    for (int length = (int) whole + 1; length < bytes.length; length++) {
      Files.write(folder().resolve("manifest"), manifest);
      Files.write(log, Arrays.copyOf(bytes, length));
      assertRefused(log, "damaged");
    }
    Files.write(log, bytes);
    try (Store store = DiskStore.open(folder())) {
      assertThat(keys(store.map(MAP).cursor(null, null, true))).hasSize(2);
    }
  }

  /** Logs had no magic and no checksum of their lengths; manifests did not tell their end. */
  @Test
  void aStoreOfTheFirstLayoutIsReadAndGoesOnInTodays() throws Exception {
    Changes changes = new Changes();
    changes.put(MAP, key(1), "one".getBytes(StandardCharsets.UTF_8));
    byte[] bytes = ChangeCodec.encode(changes);
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    ByteBuffer log = ByteBuffer.allocate(8 + bytes.length + 3);
    log.putInt(bytes.length).putInt((int) crc.getValue()).put(bytes);
    Files.createDirectories(folder());
    // The last three bytes are what a crash left of another entry.
    Files.write(folder().resolve("1.log"), log.array());
    for (int round = 2; round < 5; round++) {
      write(key(round), "more".getBytes(StandardCharsets.UTF_8));
    }
    try (Store store = DiskStore.open(folder())) {
      assertThat(keys(store.map(MAP).cursor(null, null, true))).hasSize(4);
    }
  }

  @Test
  void closingTwiceIsClosingOnce() {
    Store store = DiskStore.open(folder());
    store.close();
    store.close();
    try (Store again = DiskStore.open(folder())) {
      assertThat(again.map(MAP).get(key(1))).isNull();
    }
  }

  private void assertRefused(Path file, String how) {
    assertThatThrownBy(() -> DiskStore.open(folder()))
        .isInstanceOf(StorageException.class)
        .hasMessage("The file " + file + " is " + how + ".");
  }

  @Test
  void aRunOrManifestThatIsDamagedIsRefusedByName() throws Exception {
    fill(MAP, 12_000);
    for (String kind : List.of(".run", "manifest")) {
      Path file = only(kind);
      byte[] good = Files.readAllBytes(file);
      byte[] bad = good.clone();
      bad[bad.length - 30] ^= 1;
      Files.write(file, bad);
      assertThatThrownBy(() -> DiskStore.open(folder()))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining(file.toString());
      Files.write(file, good);
    }
  }

  @Test
  void twoNeverOpenOneStore() {
    try (Store store = DiskStore.open(folder())) {
      assertThatThrownBy(() -> DiskStore.open(folder()))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("in use");
      assertThat(store.map(MAP).get(key(1))).isNull();
    }
  }

  @Test
  void aDroppedMapGivesItsRoomBack() throws Exception {
    for (int round = 0; round < 3; round++) {
      int map = MAP + 100 + round;
      fill(map, 20_000);
      try (Store store = DiskStore.open(folder())) {
        Changes changes = new Changes();
        changes.dropMap(map);
        store.write(changes, new ReentrantLock());
      }
      assertThat(size()).isLessThan(1 << 20);
    }
  }

  @Test
  void aJournalThatIsDroppedWhileItsRunIsWrittenLeavesNoFile() throws Exception {
    Path run;
    try (Store store = DiskStore.open(folder())) {
      Changes records = new Changes();
      for (int i = 0; i < 40; i++) {
        records.append(JOURNAL, new byte[1 << 20]);
      }
      store.write(records, new ReentrantLock());
      Changes first = new Changes();
      first.put(MAP, key(1), new byte[1]);
      store.write(first, new ReentrantLock());
      run = awaitRun();
      Changes drop = new Changes();
      drop.dropJournal(JOURNAL);
      store.write(drop, new ReentrantLock());
    }
    assertThat(run).doesNotExist();
  }

  private Path awaitRun() throws Exception {
    while (true) {
      try (Stream<Path> files = Files.list(folder())) {
        Optional<Path> run = files.filter(file -> file.toString().endsWith(".run")).findFirst();
        if (run.isPresent()) {
          return run.get();
        }
      }
    }
  }

  @Test
  void trimmedRecordsGiveTheirRoomBackWithoutAnotherWrite() throws Exception {
    try (Store store = DiskStore.open(folder())) {
      for (int i = 0; i < 60; i++) {
        Changes changes = new Changes();
        changes.append(JOURNAL, new byte[1 << 20]);
        store.write(changes, new ReentrantLock());
      }
      assertThat(store.reclaim()).isFalse();
      store.journal(JOURNAL).trim(59);
      assertThat(store.reclaim()).isTrue();
    }
    assertThat(size()).isLessThan(20 << 20);
    try (Store store = DiskStore.open(folder())) {
      assertThat(store.journal(JOURNAL).first()).isEqualTo(59);
      assertThat(store.journal(JOURNAL).read(0, 9, 1)).hasSize(1);
    }
  }

  @Test
  void overwritingDoesNotMakeTheStoreGrow() throws Exception {
    for (int round = 0; round < 6; round++) {
      fill(MAP, 15_000);
    }
    assertThat(size()).isLessThan(3L * 15_000 * 1_000 + (16 << 20));
  }

  @Test
  void filesThatACrashLeftHalfDoneAreRemoved() throws Exception {
    write(key(1), "one".getBytes(StandardCharsets.UTF_8));
    Files.write(folder().resolve("900.run"), new byte[100]);
    try (Store store = DiskStore.open(folder())) {
      assertThat(folder().resolve("900.run")).doesNotExist();
      assertThat(store.map(MAP).get(key(1))).isNotNull();
    }
  }

  private void fill(int map, int entries) {
    try (Store store = DiskStore.open(folder())) {
      for (int i = 0; i < entries; i += 25) {
        Changes changes = new Changes();
        for (int j = i; j < i + 25; j++) {
          changes.put(map, key(j * 31 % entries), new byte[1_000]);
        }
        store.write(changes, new ReentrantLock());
      }
    }
  }

  private void write(byte[] key, byte[] value) {
    try (Store store = DiskStore.open(folder())) {
      Changes changes = new Changes();
      changes.put(MAP, key, value);
      store.write(changes, new ReentrantLock());
    }
  }

  private Path folder() {
    return parent.resolve("store");
  }

  private Path only(String end) throws IOException {
    try (Stream<Path> files = Files.list(folder())) {
      return files.filter(file -> file.toString().endsWith(end)).findFirst().orElseThrow();
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder())) {
      return files.sorted().toList();
    }
  }

  private long size() throws IOException {
    long size = 0;
    try (Stream<Path> files = Files.list(folder())) {
      for (Path file : files.toList()) {
        size += Files.size(file);
      }
    }
    return size;
  }

  private static byte[] key(int number) {
    return ByteBuffer.allocate(8).putInt(number * 0x9E3779B9).putInt(number).array();
  }

  private static byte[] record(long number) {
    return Arrays.copyOf(Long.toString(number).getBytes(StandardCharsets.UTF_8), 1_000);
  }

  private static List<String> keys(RawCursor cursor) {
    List<byte[]> keys = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    while (cursor.next()) {
      assertThat(seen.add(Arrays.toString(cursor.key()))).isTrue();
      keys.add(cursor.key());
    }
    return hex(keys);
  }

  private static List<String> hex(Iterable<byte[]> keys) {
    List<String> hex = new ArrayList<>();
    keys.forEach(key -> hex.add(Arrays.toString(key)));
    return hex;
  }
}
