package com.cruddur.ddb.engine.partiql;

import com.cruddur.ddb.engine.expression.Condition;
import com.cruddur.ddb.engine.expression.Path;
import com.cruddur.ddb.engine.expression.PathSet;
import com.cruddur.ddb.engine.expression.Problems;
import com.cruddur.ddb.engine.expression.Update;
import com.cruddur.ddb.engine.expression.Update.Action;
import com.cruddur.ddb.engine.item.AttributeValue;
import com.cruddur.ddb.engine.item.AttributeValue.M;
import com.cruddur.ddb.engine.item.EngineException;
import com.cruddur.ddb.engine.item.Item;
import com.cruddur.ddb.engine.partiql.Statement.Order;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads DynamoDB's part of PartiQL: SELECT, INSERT, UPDATE and DELETE of one table. */
public final class PartiqlParser {

  private static final String NO_INDEX = "This operation is not supported on an index";

  private final PartiqlReader in;
  private final PartiqlConditions conditions;
  private final Problems problems = new Problems(null);

  private PartiqlParser(PartiqlReader in) {
    this.in = in;
    this.conditions = new PartiqlConditions(in, problems);
  }

  /** The statement, with a parameter for each question mark. */
  public static Statement parse(String text, List<AttributeValue> parameters) {
    PartiqlReader in = new PartiqlReader(text, parameters);
    PartiqlParser parser = new PartiqlParser(in);
    Statement statement = parser.statement();
    in.end();
    parser.problems.complain();
    return statement;
  }

  static EngineException malformed(String detail) {
    return EngineException.validation(
        "Statement wasn't well formed, can't be processed: %s", detail);
  }

  private Statement statement() {
    if (in.takeKeyword("SELECT")) {
      return select(false);
    } else if (in.takeKeyword("INSERT")) {
      return insert();
    } else if (in.takeKeyword("UPDATE")) {
      return update();
    } else if (in.takeKeyword("FROM")) {
      String table = in.changed(NO_INDEX);
      in.refuseAlias("WHERE", "SET", "REMOVE");
      Condition where = where();
      return new Statement.Change(table, changes(), where, returning("UPDATE"));
    } else if (in.takeKeyword("DELETE")) {
      if (!in.takeKeyword("FROM")) {
        throw malformed("Expected FROM after DELETE");
      }
      String table = in.changed(NO_INDEX);
      in.refuseAlias("WHERE", "RETURNING");
      return new Statement.Delete(table, where(), returning("DELETE"));
    } else if (in.takeKeyword("EXISTS")) {
      in.expect("(");
      in.expectKeyword("SELECT");
      Statement select = select(true);
      in.expect(")");
      return select;
    }
    throw noStatement();
  }

  /** The refusal of what is no statement; AWS reads it as an expression. */
  private EngineException noStatement() {
    in.path();
    if (in.takeKeyword("IS")) {
      in.takeKeyword("NOT");
      conditions.type();
      in.end();
      return EngineException.validation("Unsupported operation: IsType");
    }
    if (!in.peek().is("*")) {
      in.end();
    }
    return malformed("Expected data manipulation");
  }

  private Statement select(boolean exists) {
    List<Path> parts = null;
    EngineException refused = null;
    if (!in.take("*")) {
      parts = new ArrayList<>();
      do {
        if (in.atFunction()) {
          refused = refused == null ? in.refused("Unexpected path component", in.peek()) : refused;
          in.skipColumn();
          continue;
        }
        if (in.peek().isKeyword("FROM")) {
          throw malformed("Expected data manipulation");
        }
        parts.add(in.path());
        in.refuseAlias();
      } while (in.take(","));
      refuseTwice(parts);
    }
    if (!in.takeKeyword("FROM")) {
      throw malformed("Expected FROM after SELECT list");
    }
    List<String> from = in.table();
    in.refuseAlias("WHERE", "ORDER");
    Condition where = where();
    List<Order> order = order();
    if (in.takeKeyword("LIMIT")) {
      throw in.refused("Unsupported clause: LIMIT", in.peek());
    }
    String index = from.size() > 1 ? from.get(1) : null;
    if (refused != null && index == null) {
      throw refused;
    }
    return new Statement.Select(from.get(0), index, parts, where, order, refused, exists);
  }

  private static void refuseTwice(List<Path> parts) {
    Set<String> columns = new HashSet<>();
    for (Path part : parts) {
      if (!columns.add(part.column())) {
        throw EngineException.validation(
            "Duplicate identifiers in select clause: %s", part.column());
      }
    }
  }

  private List<Order> order() {
    List<Order> order = new ArrayList<>();
    if (in.takeKeyword("ORDER")) {
      in.expectKeyword("BY");
      do {
        Path path = in.path();
        String attribute = path.isNested() ? path.toString() : path.head();
        order.add(new Order(attribute, in.takeKeyword("DESC")));
        in.takeKeyword("ASC");
      } while (in.take(","));
    }
    return order;
  }

  private Statement insert() {
    if (!in.takeKeyword("INTO")) {
      throw malformed("Unexpected keyword");
    }
    String table = in.changed("FROM clause may only contain a single table name");
    if (!in.takeKeyword("VALUE")) {
      throw malformed("Unexpected token after expression");
    }
    if (!(in.item() instanceof M m)) {
      throw malformed("Expected a tuple");
    }
    return new Statement.Insert(table, Item.of(m.entries()));
  }

  private Statement update() {
    String table = in.changed(NO_INDEX);
    in.refuseAlias("SET", "REMOVE");
    return new Statement.Change(table, changes(), where(), returning("UPDATE"));
  }

  private Update changes() {
    List<Action> actions = new ArrayList<>();
    while (true) {
      if (in.takeKeyword("SET")) {
        do {
          Path path = in.target();
          in.expect("=");
          actions.add(new Action(path, conditions.assigned(path)));
        } while (in.take(","));
      } else if (in.takeKeyword("REMOVE")) {
        do {
          actions.add(new Action(in.target(), null));
        } while (in.take(","));
      } else {
        break;
      }
    }
    if (actions.isEmpty()) {
      throw malformed("Expected data manipulation");
    }
    PathSet distinct = new PathSet(problems);
    actions.forEach(action -> distinct.add(action.path()));
    return new Update(actions);
  }

  private Condition where() {
    return in.takeKeyword("WHERE") ? conditions.condition() : null;
  }

  private String returning(String statement) {
    if (!in.takeKeyword("RETURNING")) {
      return null;
    }
    String which = in.word().toUpperCase(Locale.ROOT) + " " + in.word().toUpperCase(Locale.ROOT);
    in.expect("*");
    if (!which.matches("(ALL|MODIFIED) (OLD|NEW)")) {
      throw malformed("Unexpected term");
    }
    if (statement.equals("DELETE") && !which.equals("ALL OLD")) {
      throw EngineException.validation(
          "Invalid returning clause: RETURNING %s *. Only RETURNING ALL OLD * is allowed in"
              + " DELETE statements.",
          which);
    }
    return which;
  }
}
