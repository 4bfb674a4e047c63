package com.cruddur.ddb.engine.item;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ItemJsonTest {

  private static final String ALL_TYPES =
      "{'s':{'S':'é😀'},'n':{'N':'-1.5'},'b':{'B':'AQL/'},'t':{'BOOL':true},'f':{'BOOL':false},"
          + "'z':{'NULL':true},'ss':{'SS':['','a','b']},'ns':{'NS':['-1','2','10']},"
          + "'bs':{'BS':['AQ==','Ag==']},'l':{'L':[{'S':''},{'L':[]},{'M':{}}]},"
          + "'m':{'M':{'x':{'N':'0'},'y':{'M':{'z':{'B':''}}}}}}";

  @Test
  void everyTypeComesBackFromJsonAndFromBytes() throws IOException {
    Item item = read(ALL_TYPES);
    assertEquals(quoted(ALL_TYPES), write(item));
    Item again = ItemBytes.decode(ItemBytes.encode(item));
    assertEquals(item, again);
    assertEquals(quoted(ALL_TYPES), write(again));
  }

  @Test
  void anItemThatIsNotLookedIntoHasTheSameSizeAndJson() throws IOException {
    String text =
        ALL_TYPES
            .replace("'S':'é😀'", "'S':'é😀\\n\\u0001 \\\\ / \u007F'")
            .replace("'m':", "'ñ😀':");
    Item item = read(text);
    Item stored = ItemBytes.stored(ItemBytes.encode(item));
    assertEquals(item.size(), stored.size());
    assertEquals(write(item), written(stored));
    assertEquals(write(item), write(stored));
    assertEquals(item, stored);
    assertEquals(stored.with("s", item.get("s")), item);
  }

  @Test
  void whatAnOlderStoreHoldsIsReadAsTheSameItem() throws IOException {
    byte[] older = {1, 1, 'a', 'L', 2, 'S', 1, 'x', 's', 2, 'S', 0, 'S', 1, 'y'};
    String json = "{'a':{'L':[{'S':'x'},{'SS':['','y']}]}}";
    Item stored = ItemBytes.stored(older);
    assertEquals(read(json).size(), stored.size());
    assertEquals(quoted(json), written(stored));
    assertEquals(read(json), stored);
  }

  @Test
  void aStringIsWrittenAsJsonHasItWhateverItHolds() throws IOException {
    for (String text : List.of("", "\"", "\\", "\n", "\u007f", "\u2028", "é", "😀", "\u001f")) {
      Item item = Item.of(Map.of(text + "k", new AttributeValue.S(text)));
      Item stored = ItemBytes.stored(ItemBytes.encode(item));
      assertEquals(write(item), written(stored));
      assertEquals(item, stored);
    }
  }

  private static String written(Item stored) throws IOException {
    ByteSink bytes = new ByteSink(16);
    try (JsonGenerator out = new JsonFactory().createGenerator(bytes)) {
      ItemJson.write(out, stored);
    }
    return new String(bytes.toBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void setsAreEqualInAnyOrder() throws IOException {
    assertEquals(read("{'a':{'NS':['1','20']}}"), read("{'a':{'NS':['20','1.0']}}"));
  }

  @Test
  void sizesFollowAwssRule() throws IOException {
    assertEquals(2 + 6, read("{'ab':{'S':'é😀'}}").size());
    assertEquals(
        1 + 3 + 2 + 1 + 2 + 1 + 1, read("{'l':{'M':{'x':{'N':'12'},'y':{'BOOL':true}}}}").size());
    assertEquals(1 + 3, read("{'l':{'L':[]}}").size());
    assertEquals(2 + 2, read("{'ss':{'SS':['a','b']}}").size());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{}|Supplied AttributeValue is empty, must contain exactly one of the supported datatypes",
        "{'X':'a'}|Supplied AttributeValue is empty, must contain exactly one of the supported"
            + " datatypes",
        "{'S':'a','N':'1'}|Supplied AttributeValue has more than one datatypes set, must contain"
            + " exactly one of the supported datatypes",
        "{'SS':[]}|One or more parameter values were invalid: An string set  may not be empty",
        "{'NS':[]}|One or more parameter values were invalid: An number set  may not be empty",
        "{'BS':[]}|One or more parameter values were invalid: Binary sets should not be empty",
        "{'SS':['a','b','a']}|One or more parameter values were invalid: Input collection [a, b, a]"
            + " contains duplicates.",
        "{'NS':['1','1.0']}|Input collection contains" + " duplicates",
        "{'BS':['AQ==','AQ==']}|One or more parameter values were invalid: Input collection [AQ==,"
            + " AQ==]of type BS contains duplicates.",
        "{'L':[{'M':{'x':{'N':'x'}}}]}|The parameter cannot be converted to a numeric value: x",
      })
  void aValueThatAwsRefusesIsRefusedInItsWords(String value, String message) {
    EngineException refused =
        assertThrows(EngineException.class, () -> read("{'a':" + value + "}"));
    assertEquals("ValidationException", refused.type());
    assertEquals(message, refused.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{'S':1}|NUMBER_VALUE cannot be converted to String",
        "{'N':true}|TRUE_VALUE cannot be converted to String",
        "{'BOOL':'true'}|STRING_VALUE cannot be converted to Boolean",
        "{'S':[]}|Unrecognized collection type class java.lang.String",
        "{'S':{}}|Start of structure or map found where not expected.",
        "{'L':{}}|Start of structure or map found where not expected.",
        "{'SS':'a'}|Unexpected field type",
        "{'B':'AQ='}|Base64 encoded length is expected a multiple of 4 bytes but found: 3",
      })
  void jsonOfAnotherShapeIsASerializationError(String value, String message) {
    EngineException refused =
        assertThrows(EngineException.class, () -> read("{'a':" + value + "}"));
    assertEquals("SerializationException", refused.type());
    assertEquals(message, refused.getMessage());
  }

  @Test
  void thirtyTwoLevelsAreAllowedAndOneMoreIsNot() throws IOException {
    read(nested(31));
    assertEquals(
        "Nesting Levels have exceeded supported limits: Attributes in the item have nested levels"
            + " beyond supported limit",
        assertThrows(EngineException.class, () -> read(nested(32))).getMessage());
    assertThrows(EngineException.class, () -> read(nested(5000)));
  }

  private static String nested(int levels) {
    String[] open = new String[levels];
    Arrays.fill(open, "{'L':[");
    return "{'a':" + String.join("", open) + "{'S':'x'}" + "]}".repeat(levels) + "}";
  }

  private static String quoted(String json) {
    return json.replace('\'', '"');
  }

  private static Item read(String json) throws IOException {
    try (JsonParser parser = new JsonFactory().createParser(quoted(json))) {
      parser.nextToken();
      return ItemJson.read(parser);
    }
  }

  private static String write(Item item) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = new JsonFactory().createGenerator(text)) {
      ItemJson.write(out, item);
    }
    return text.toString();
  }
}
