package com.cruddur.ddb.cli.bulk;

import com.cruddur.ddb.bulk.Checkpoint;
import com.cruddur.ddb.bulk.Reject;
import com.cruddur.ddb.cli.context.CommandException;
import com.cruddur.ddb.cli.mixin.PrivateFile;
import com.cruddur.ddb.file.ForeignFileException;
import com.cruddur.ddb.file.OwnFile;
import com.cruddur.ddb.output.Display;
import com.cruddur.ddb.output.Notices;
import com.cruddur.ddb.output.OutputFormat;
import com.cruddur.ddb.output.Printers;
import com.cruddur.ddb.output.RecordPrinter;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/** {@code --rejects}: where the records go that were not loaded, and why. */
final class RejectOptions {
  private static final int SHOWN = 20;

  /** What a file of rejects begins with. */
  private static final String BEGIN = "{\"file\":";

  private static final ObjectReader RECORDS =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build()
          .reader();

  @Option(
      names = "--rejects",
      paramLabel = "FILE",
      description =
          "Write what was not loaded to FILE, as ndjson of file, line, reason and record; once the"
              + " records are repaired, FILE can be loaded. Without it the first "
              + SHOWN
              + " are printed on stderr.")
  private Path file;

  /** An open sink of rejects; close it. */
  final class Sink implements Consumer<Reject>, AutoCloseable {
    private final Notices notices;
    private final BufferedWriter writer;
    private final RecordPrinter printer;
    private long count;

    /**
     * A sink; of a run that goes on, behind what the earlier one has told up to there.
     *
     * @param checkpoint asks for the length of the file from now on
     * @param inputs the files that are read, {@code -} for standard input
     */
    Sink(Notices notices, Checkpoint checkpoint, List<String> inputs) {
      this.notices = notices;
      try {
        this.writer = file == null ? null : open(checkpoint, inputs);
      } catch (ForeignFileException e) {
        throw CommandException.usage(e.getMessage(), "Name another file with --rejects.");
      } catch (IOException e) {
        throw CommandException.usage(
            "the rejects file " + file + " cannot be written", "Name another with --rejects.");
      }
      this.printer =
          file == null
              ? null
              : Printers.records(OutputFormat.NDJSON, writer, List.of(), Display.PIPE);
    }

    private BufferedWriter open(Checkpoint checkpoint, List<String> inputs) throws IOException {
      if (file.toString().equals("-")) {
        throw CommandException.usage(
            "--rejects - is not a file",
            "Name a file; without --rejects the first "
                + SHOWN
                + " are printed on standard error.");
      }
      PrivateFile.check("--rejects", file);
      PrivateFile.requireOurs("--rejects", file, BEGIN);
      requireOther(checkpoint, inputs);
      FileChannel channel = OwnFile.update(file);
      channel.truncate(checkpoint.rejects()).position(channel.size());
      BufferedWriter made =
          new BufferedWriter(
              new OutputStreamWriter(OwnFile.output(file, channel), StandardCharsets.UTF_8));
      checkpoint.rejects(
          () -> {
            try {
              made.flush();
              return channel.size();
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
      return made;
    }

    /** A file that is read would be emptied first; rejects are loaded again once repaired. */
    private void requireOther(Checkpoint checkpoint, List<String> inputs) throws IOException {
      Path absolute = file.toAbsolutePath().normalize();
      if (checkpoint.kept() && absolute.equals(checkpoint.file().toAbsolutePath().normalize())) {
        throw CommandException.usage(
            "--rejects " + file + " is the checkpoint", "Name another file with --rejects.");
      }
      for (String input : Files.exists(file) ? inputs : List.<String>of()) {
        Path read = Path.of(input.equals("-") ? "/dev/stdin" : input);
        if (Files.exists(read) && Files.isSameFile(file, read)) {
          throw CommandException.usage(
              "--rejects " + file + " is an input", "Name another file with --rejects.");
        }
      }
    }

    @Override
    public void accept(Reject reject) {
      count++;
      if (printer != null) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("file", reject.file());
        fields.put("line", reject.line());
        fields.put("reason", reject.reason());
        fields.put("record", record(reject));
        printer.print(fields);
      } else if (count <= SHOWN) {
        notices.warn("rejected " + reject.file() + ":" + reject.line() + ": " + reject.reason());
      }
    }

    /** As JSON if it is a JSON object, else as the text that it is. */
    private static Object record(Reject reject) {
      if (reject.record() == null) {
        return null;
      }
      try {
        return RECORDS.readValue(reject.record(), Map.class);
      } catch (IOException e) {
        return reject.record();
      }
    }

    @Override
    public void close() {
      if (printer == null && count > SHOWN) {
        notices.warn((count - SHOWN) + " more were rejected; --rejects FILE lists them all");
      }
      if (printer != null) {
        printer.close();
        try {
          writer.close();
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
        if (count > 0) {
          notices.warn(count + " rejected, see " + file);
        }
      }
    }
  }
}
