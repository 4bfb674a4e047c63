package com.cruddur.ddb.engine.transfer;

import com.amazon.ion.IonException;
import com.amazon.ion.IonReader;
import com.amazon.ion.IonType;
import com.amazon.ion.system.IonReaderBuilder;
import com.cruddur.ddb.engine.item.EngineException;
import com.cruddur.ddb.engine.item.Item;
import com.cruddur.ddb.engine.item.ItemJson;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;

/** The items of one file that is imported. */
interface ItemSource {

  /**
   * The next item, or null at the end.
   *
   * @throws IOException if what follows is no item; then nothing of the file can be read any more
   */
  Item next() throws IOException;

  /** Values {@code {"Item":{…}}}, one after the other, on lines of their own or not. */
  static ItemSource json(InputStream in) throws IOException {
    JsonParser parser = Jobs.JSON.getFactory().createParser(in);
    return () -> {
      if (parser.nextToken() == null) {
        return null;
      }
      Item item = null;
      if (parser.currentToken() == JsonToken.START_OBJECT) {
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
          if (parser.nextToken() == JsonToken.START_OBJECT && name.equals("Item")) {
            item = read(parser);
          } else {
            parser.skipChildren();
          }
        }
      }
      return required(item);
    };
  }

  private static Item read(JsonParser parser) throws IOException {
    try {
      return ItemJson.read(parser);
    } catch (EngineException refused) {
      throw new IOException(refused.getMessage(), refused);
    }
  }

  private static Item required(Item item) throws IOException {
    if (item == null) {
      throw new IOException("there is no Item");
    }
    return item;
  }

  /** Structs {@code {Item:{…}}} of Ion, text or binary. */
  static ItemSource ion(InputStream in) {
    IonReader reader = IonReaderBuilder.standard().build(in);
    return () -> {
      try {
        IonType type = reader.next();
        if (type == null) {
          return null;
        }
        Item item = null;
        if (type == IonType.STRUCT) {
          reader.stepIn();
          while (reader.next() != null) {
            if (reader.getFieldName().equals("Item") && reader.getType() == IonType.STRUCT) {
              item = Item.of(IonValues.struct(reader));
            }
          }
          reader.stepOut();
        }
        return required(item);
      } catch (IonException | EngineException broken) {
        throw new IOException(broken.getMessage(), broken);
      }
    };
  }
}
