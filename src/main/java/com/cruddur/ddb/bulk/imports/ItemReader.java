package com.cruddur.ddb.bulk.imports;

import com.cruddur.ddb.bulk.Place;
import com.cruddur.ddb.bulk.Reject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Reads the items of an export for those who do not import them. */
public final class ItemReader {
  private final Path ionLibrary;
  private final Consumer<Map<String, AttributeValue>> items;
  private final Consumer<Reject> rejects;
  private final Consumer<String> notes;

  /**
   * A reader.
   *
   * @param ionLibrary the folder of the Ion library's jars
   * @param items told each item that DynamoDB could hold
   * @param rejects told what is no item, and the changes of an incremental export
   * @param notes told what is no reject but must be known
   */
  public ItemReader(
      Path ionLibrary,
      Consumer<Map<String, AttributeValue>> items,
      Consumer<Reject> rejects,
      Consumer<String> notes) {
    this.ionLibrary = ionLibrary;
    this.items = items;
    this.rejects = rejects;
    this.notes = notes;
  }

  /**
   * Reads every data file.
   *
   * @throws com.cruddur.ddb.chat.InvalidInputException when it is incremental
   * @throws UncheckedIOException when a file cannot be read
   */
  public void read(ImportSource source) {
    source.requireFull();
    ItemLines lines = new ItemLines(new Sink(), ionLibrary);
    try {
      for (ImportSource.Part part : source.parts()) {
        lines.read(part, ItemLines.From.START);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private final class Sink implements ItemLines.Sink {
    @Override
    public void item(Place at, Map<String, AttributeValue> item) {
      ItemCheck.problem(item)
          .ifPresentOrElse(problem -> unreadable(at, problem), () -> items.accept(item));
    }

    @Override
    public void change(Place at, ItemRecord change, byte[] line) {
      unreadable(at, "the line is of an incremental export; name a full one");
    }

    @Override
    public void unreadable(Place at, String reason) {
      rejects.accept(at.reject(reason));
    }

    @Override
    public void damaged(Place at, String reason) {
      unreadable(at, reason);
    }

    @Override
    public void note(String sentence) {
      notes.accept(sentence);
    }

    @Override
    public void at(long line, long bytes, long read) {}
  }
}
