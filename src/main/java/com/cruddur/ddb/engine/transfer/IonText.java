package com.cruddur.ddb.engine.transfer;

import com.cruddur.ddb.engine.item.AttributeValue;
import com.cruddur.ddb.engine.item.AttributeValue.B;
import com.cruddur.ddb.engine.item.AttributeValue.Bool;
import com.cruddur.ddb.engine.item.AttributeValue.L;
import com.cruddur.ddb.engine.item.AttributeValue.M;
import com.cruddur.ddb.engine.item.AttributeValue.N;
import com.cruddur.ddb.engine.item.AttributeValue.Null;
import com.cruddur.ddb.engine.item.AttributeValue.S;
import com.cruddur.ddb.engine.item.AttributeValue.SetValue;
import com.cruddur.ddb.engine.item.Item;
import java.io.IOException;
import java.io.Writer;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Items as Ion text, the types as DynamoDB's export maps them; written straight to the stream. */
final class IonText {
  private static final Pattern BARE = Pattern.compile("[A-Za-z_][\\w$]*");
  private static final Set<String> WORDS = Set.of("null", "true", "false", "nan");

  private IonText() {}

  static void write(Writer out, Item item) throws IOException {
    struct(out, item.attributes());
  }

  private static void struct(Writer out, Map<String, AttributeValue> members) throws IOException {
    char before = '{';
    for (Map.Entry<String, AttributeValue> member : members.entrySet()) {
      out.write(before);
      String name = member.getKey();
      if (BARE.matcher(name).matches() && !WORDS.contains(name)) {
        out.write(name);
      } else {
        quoted(out, name, '\'');
      }
      out.write(':');
      value(out, member.getValue());
      before = ',';
    }
    out.write(members.isEmpty() ? "{}" : "}");
  }

  private static void value(Writer out, AttributeValue value) throws IOException {
    if (value instanceof S s) {
      quoted(out, s.value(), '"');
    } else if (value instanceof N n) {
      // A decimal, which a whole number becomes by its point.
      out.write(n.text().indexOf('.') < 0 ? n.text() + '.' : n.text());
    } else if (value instanceof B b) {
      out.write("{{" + Base64.getEncoder().encodeToString(b.bytes()) + "}}");
    } else if (value instanceof Bool b) {
      out.write(Boolean.toString(b.value()));
    } else if (value instanceof Null) {
      out.write("null");
    } else if (value instanceof M m) {
      struct(out, m.entries());
    } else if (value instanceof L l) {
      list(out, l.elements());
    } else {
      out.write("$dynamodb_" + value.type() + "::");
      list(out, ((SetValue) value).members());
    }
  }

  private static void list(Writer out, List<? extends AttributeValue> elements) throws IOException {
    char before = '[';
    for (AttributeValue element : elements) {
      out.write(before);
      value(out, element);
      before = ',';
    }
    out.write(elements.isEmpty() ? "[]" : "]");
  }

  private static void quoted(Writer out, String text, char quote) throws IOException {
    out.write(quote);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == quote || c == '\\') {
        out.write('\\');
        out.write(c);
      } else if (c < ' ' || c == 0x7F) {
        out.write(String.format("\\x%02x", (int) c));
      } else {
        out.write(c);
      }
    }
    out.write(quote);
  }
}
