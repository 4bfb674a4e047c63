package com.cruddur.ddb.engine.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.cruddur.ddb.engine.item.EngineException;
import com.cruddur.ddb.engine.item.Item;
import com.cruddur.ddb.engine.item.ItemJson;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpressionTest {

  private static final Item ITEM =
      item(
          "{'n':{'N':'5'},'s':{'S':'hello'},'b':{'B':'AQID'},'t':{'BOOL':true},'z':{'NULL':true},"
              + "'ss':{'SS':['a','b']},'ns':{'NS':['1','2']},'l':{'L':[{'S':'x'},{'N':'1'}]},"
              + "'m':{'M':{'k':{'S':'v'},'d':{'M':{'e':{'N':'1'}}}}}}");

  private static final Item VALUES =
      item(
          "{':5':{'N':'5.0'},':1':{'N':'1'},':9':{'N':'9'},':he':{'S':'he'},':x':{'S':'x'},':a':{'S':'a'},"
              + "':N':{'S':'N'},':ss':{'SS':['b','a']},':bc':{'SS':['b','c']},':ab':{'SS':['a','b']},"
              + "':b':{'B':'AQ=='},':l':{'L':[{'S':'y'}]},':t':{'BOOL':true}}");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "n = :5|true",
        "n <> :5|false",
        "n <> :a|true",
        "gone = :5|false",
        "gone <> :5|true",
        "n < :9 AND n > :1 AND n <= :5 AND n >= :5|true",
        "n < :a|false",
        "n BETWEEN :1 AND :9|true",
        "n BETWEEN :9 AND :9|false",
        "n IN (:1, :9)|false",
        "n IN (:1, :5)|true",
        "s = :a OR n = :5 AND t = :t|true",
        "(s = :a OR n = :5) AND gone = :t|false",
        "NOT s = :a AND n = :5|true",
        "not (s = :a or n = :5)|false",
        "attribute_exists(m.k) and attribute_not_exists(m.gone)|true",
        "attribute_exists(l[1]) and attribute_not_exists(l[2])|true",
        "attribute_type(n, :N)|true",
        "begins_with(s, :he)|true",
        "begins_with(b, :b)|true",
        "begins_with(n, :he)|false",
        "contains(s, :he)|true",
        "contains(ss, :a)|true",
        "contains(ns, :5)|false",
        "contains(l, :x)|true",
        "size(s) = :5|true",
        "size(l) > :1 and size(ss) > :1 and size(m) > :1|true",
        "size(n) = :1|false",
        "ss = :ss|true",
        "m.d.e = :1|true",
        "(n) = (:5)|true",
        "((m).d).e = :1|true",
        "(l)[1] = :1|true",
        ":1 < n|true",
      })
  void conditionsHoldAsAwsDocuments(String text, boolean holds) {
    assertEquals(holds, expressions().condition(text).test(ITEM));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "SET n = :1|{'n':{'N':'1'}}",
        "SET n = n + :1, k = n - :9|{'n':{'N':'6'},'k':{'N':'-4'}}",
        "SET k = if_not_exists(k, :1)|{'k':{'N':'1'}}",
        "SET n = if_not_exists(n, :1) + :1|{'n':{'N':'6'}}",
        "SET l = list_append(l, :l)|{'l':{'L':[{'S':'x'},{'N':'1'},{'S':'y'}]}}",
        "SET l = list_append(if_not_exists(q, :l), :l)|{'l':{'L':[{'S':'y'},{'S':'y'}]}}",
        "SET l[9] = :a, l[7] = :x|{'l':{'L':[{'S':'x'},{'N':'1'},{'S':'x'},{'S':'a'}]}}",
        "SET l[0] = :a REMOVE l[1]|{'l':{'L':[{'S':'a'}]}}",
        "REMOVE l[0], l[1]|{'l':{'L':[]}}",
        "SET m.k = :1, m.q = :x REMOVE m.d.e|{'m':{'M':{'k':{'N':'1'},'d':{'M':{}},'q':{'S':'x'}}}}",
        "ADD n :1, q :5|{'n':{'N':'6'},'q':{'N':'5'}}",
        "ADD ss :bc|{'ss':{'SS':['a','b','c']}}",
        "DELETE ss :bc|{'ss':{'SS':['a']}}",
      })
  void updatesDoWhatAwsDocuments(String text, String changed) {
    Item expected = ITEM;
    for (var entry : item(changed).attributes().entrySet()) {
      expected = expected.with(entry.getKey(), entry.getValue());
    }
    assertEquals(expected, expressions().update(text).apply(ITEM));
  }

  @Test
  void aSetWithoutMembersIsGone() {
    assertEquals(ITEM.without("ss"), expressions().update("DELETE ss :ab").apply(ITEM));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SET k = q|The provided expression refers to an attribute that does not exist in the item",
        "SET n = s + :1|An operand in the update expression has an incorrect data type",
        "SET k = list_append(l, if_not_exists(q, :x))|An operand in the update expression has an"
            + " incorrect data type",
        "SET k = if_not_exists(q, :x) + :1|An operand in the update expression has an incorrect data"
            + " type",
        "ADD s :1|An operand in the update expression has an incorrect data type",
        "ADD ss :1|An operand in the update expression has an incorrect data type",
        "SET q.r = :1|The document path provided in the update expression is invalid for update",
        "SET s.r = :1|The document path provided in the update expression is invalid for update",
        "SET m[0] = :1|The document path provided in the update expression is invalid for update",
        "REMOVE q.r|The document path provided in the update expression is invalid for update",
      })
  void anUpdateThatDoesNotFitTheItemIsRefused(String text, String message) {
    EngineException refused =
        assertThrows(EngineException.class, () -> expressions().update(text).apply(ITEM));
    assertEquals(message, refused.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "n, gone, m.d.e|{'n':{'N':'5'},'m':{'M':{'d':{'M':{'e':{'N':'1'}}}}}}",
        "l[1], l[0], l[7]|{'l':{'L':[{'S':'x'},{'N':'1'}]}}",
        "m.q, l[9], s.x|{}",
      })
  void projectionsKeepWhatTheItemHas(String text, String kept) {
    assertEquals(item(kept), expressions().projection(text).apply(ITEM));
  }

  @Test
  void keyConditionsMayNameTheirAttributeOnEitherSide() {
    KeyCondition condition = expressions().keyCondition("pk = :a AND (:1 < sk)");
    assertEquals("=", condition.tests().get("pk").operator());
    assertEquals(">", condition.tests().get("sk").operator());
  }

  @Test
  void conditionsKeepTheLawsOfLogic() {
    Random random = new Random(20261128);
    String[] operands = {
      "n", "s", "b", "gone", "ss", "l[0]", "m.k", ":5", ":1", ":he", ":x", ":ss"
    };
    for (int i = 0; i < 2000; i++) {
      String a = operands[random.nextInt(7)];
      String b = operands[7 + random.nextInt(4)];
      String c = operands[7 + random.nextInt(4)];
      same(a + " <> " + b, "NOT " + a + " = " + b);
      same("NOT (" + a + " = " + b + " AND n = :5)", "NOT " + a + " = " + b + " OR NOT n = :5");
      same(a + " IN (" + b + ", " + c + ")", a + " = " + b + " OR " + a + " = " + c);
      same(a + " <= " + b, a + " < " + b + " OR (" + a + " = " + b + " AND NOT " + a + " = :ss)");
      same(b + " < " + a, a + " > " + b);
      same("attribute_exists(" + a + ")", "NOT attribute_not_exists(" + a + ")");
      same(a + " BETWEEN :1 AND :9", a + " >= :1 AND " + a + " <= :9");
    }
  }

  private static void same(String one, String other) {
    assertEquals(
        expressions().condition(one).test(ITEM),
        expressions().condition(other).test(ITEM),
        () -> one + " and " + other);
  }

  @Test
  void randomTextIsParsedOrRefusedAndNothingElse() {
    Random random = new Random(20261128);
    String[] pieces = {
      "a",
      "#n",
      ":5",
      "(",
      ")",
      "=",
      "<>",
      "AND",
      "OR",
      "NOT",
      "BETWEEN",
      "IN",
      ",",
      ".",
      "[",
      "]",
      "1",
      "SET",
      "REMOVE",
      "ADD",
      "size",
      "contains",
      "attribute_exists",
      "+",
      "-",
      "list_append",
      " ",
      "é",
      "<"
    };
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int j = random.nextInt(12); j >= 0; j--) {
        text.append(pieces[random.nextInt(pieces.length)])
            .append(random.nextInt(3) == 0 ? "" : " ");
      }
      tryOut(() -> expressions().condition(text.toString()).test(ITEM));
      tryOut(() -> expressions().update("SET " + text).apply(ITEM));
      tryOut(() -> expressions().projection(text.toString()).apply(ITEM));
      tryOut(() -> expressions().keyCondition(text.toString()));
    }
  }

  private static void tryOut(Runnable call) {
    try {
      call.run();
    } catch (EngineException refused) {
      assertEquals("ValidationException", refused.type());
    }
  }

  private static Expressions expressions() {
    return new Expressions(new Placeholders(null, VALUES.attributes()));
  }

  private static Item item(String json) {
    try (JsonParser parser = new JsonFactory().createParser(json.replace('\'', '"'))) {
      parser.nextToken();
      return ItemJson.read(parser);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
