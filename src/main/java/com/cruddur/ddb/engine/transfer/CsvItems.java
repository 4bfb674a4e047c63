package com.cruddur.ddb.engine.transfer;

import com.cruddur.ddb.engine.item.AttributeValue;
import com.cruddur.ddb.engine.item.AttributeValue.B;
import com.cruddur.ddb.engine.item.AttributeValue.N;
import com.cruddur.ddb.engine.item.AttributeValue.S;
import com.cruddur.ddb.engine.item.EngineException;
import com.cruddur.ddb.engine.item.Item;
import com.cruddur.ddb.engine.storage.Table;
import com.fasterxml.jackson.databind.JsonNode;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Rows of CSV as items: attributes of keys have the types that the table gives them, all others are
 * strings; an empty field is no attribute.
 */
final class CsvItems implements ItemSource {
  private final Table table;
  private final List<String> header = new ArrayList<>();
  private final Iterator<CsvRecord> rows;

  /**
   * @param options AWS's Csv options: Delimiter, HeaderList; the first row is the header without
   *     one
   */
  CsvItems(InputStream in, Table table, JsonNode options) {
    this.table = table;
    this.rows =
        CsvReader.builder()
            .fieldSeparator(options.path("Delimiter").asText(","))
            .ofCsvRecord(new InputStreamReader(in, StandardCharsets.UTF_8))
            .iterator();
    options.path("HeaderList").forEach(name -> header.add(name.textValue()));
  }

  @Override
  public Item next() throws IOException {
    try {
      if (header.isEmpty() && rows.hasNext()) {
        header.addAll(rows.next().getFields());
      }
      return rows.hasNext() ? item(rows.next().getFields()) : null;
    } catch (CsvParseException | EngineException | IllegalArgumentException broken) {
      throw new IOException(broken.getMessage(), broken);
    }
  }

  private Item item(List<String> fields) {
    if (fields.size() > header.size()) {
      throw EngineException.validation("the row has more fields than the header");
    }
    Map<String, AttributeValue> attributes = new LinkedHashMap<>();
    for (int i = 0; i < fields.size(); i++) {
      if (!fields.get(i).isEmpty()) {
        attributes.put(header.get(i), value(header.get(i), fields.get(i)));
      }
    }
    return Item.of(attributes);
  }

  private AttributeValue value(String name, String text) {
    return switch (table.attributes().getOrDefault(name, 'S')) {
      case 'N' -> new N(text);
      case 'B' -> new B(Base64.getDecoder().decode(text));
      default -> new S(text);
    };
  }
}
