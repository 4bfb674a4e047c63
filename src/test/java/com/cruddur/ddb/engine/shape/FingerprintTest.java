package com.cruddur.ddb.engine.shape;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.cruddur.ddb.engine.item.ItemJson;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FingerprintTest {

  @Test
  void theOrderOfMembersDoesNotMatter() throws Exception {
    assertEquals(
        of("{'a':{'S':'1'},'m':{'M':{'x':{'N':'1'},'y':{'SS':['p','q']}}}}"),
        of("{'m':{'M':{'y':{'SS':['q','p']},'x':{'N':'1.0'}}},'a':{'S':'1'}}"));
  }

  @Test
  void eachOtherContentHasAnotherOne() throws Exception {
    List<String> items =
        List.of(
            "{}",
            "{'a':{'S':'Aa'}}",
            "{'a':{'S':'BB'}}",
            "{'Aa':{'S':'a'}}",
            "{'BB':{'S':'a'}}",
            "{'a':{'S':''}}",
            "{'a':{'NULL':true}}",
            "{'a':{'S':'1'}}",
            "{'a':{'N':'1'}}",
            "{'a':{'S':'true'}}",
            "{'a':{'BOOL':true}}",
            "{'a':{'BOOL':false}}",
            "{'a':{'S':'YQ=='}}",
            "{'a':{'B':'YQ=='}}",
            "{'a':{'S':'1'},'b':{'S':'2'}}",
            "{'a':{'S':'2'},'b':{'S':'1'}}",
            "{'a':{'L':[{'S':'1'},{'S':'2'}]}}",
            "{'a':{'L':[{'S':'2'},{'S':'1'}]}}",
            "{'a':{'L':[{'L':[{'S':'1'}]},{'S':'2'}]}}",
            "{'a':{'L':[{'L':[{'S':'1'},{'S':'2'}]}]}}",
            "{'a':{'SS':['1','2']}}",
            "{'a':{'NS':['1','2']}}",
            "{'a':{'M':{'b':{'S':'1'}}},'b':{'S':'1'}}",
            "{'a':{'M':{}}}",
            "{'a':{'L':[]}}");
    Set<Long> seen = new HashSet<>();
    for (String item : items) {
      seen.add(of(item));
    }

    assertEquals(items.size(), seen.size());
  }

  private static long of(String json) throws Exception {
    try (JsonParser parser = new JsonFactory().createParser(json.replace('\'', '"'))) {
      parser.nextToken();
      return Fingerprint.of(new Request(Map.of("Item", ItemJson.read(parser))));
    }
  }
}
