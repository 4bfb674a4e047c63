package com.cruddur.ddb.engine.operations;

import com.cruddur.ddb.engine.expression.Expressions;
import com.cruddur.ddb.engine.expression.Projection;
import com.cruddur.ddb.engine.item.Item;
import com.cruddur.ddb.engine.shape.Request;
import com.cruddur.ddb.engine.storage.Table;
import java.util.List;

/** What a read by key answers with: all of an item (without projection), or parts of it. */
record KeyRead(Projection projection) {

  static KeyRead of(Request request) {
    Parameters parameters =
        Parameters.of(request, Parameters.PROJECTION, List.of("AttributesToGet"));
    Projection older = parameters.attributesToGet();
    Expressions expressions = parameters.expressions();
    Projection projection = expressions.projection(request.text("ProjectionExpression"));
    expressions.end();
    return new KeyRead(older == null ? projection : older);
  }

  /** Refuses parts that the table cannot have. */
  KeyRead on(Table table) {
    if (projection != null) {
      KeyChecks.scalars(table, projection.paths());
    }
    return this;
  }

  Item apply(Item item) {
    return projection == null ? item : projection.apply(item);
  }
}
