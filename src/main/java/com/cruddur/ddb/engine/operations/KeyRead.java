package com.cruddur.ddb.engine.operations;

import com.cruddur.ddb.engine.expression.Expressions;
import com.cruddur.ddb.engine.expression.Projection;
import com.cruddur.ddb.engine.item.Item;
import com.cruddur.ddb.engine.shape.Request;
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

  Item apply(Item item) {
    return projection == null ? item : projection.apply(item);
  }
}
