package com.cruddur.ddb.dynamo;

import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.StreamSpecification;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/**
 * The stream of a table.
 *
 * @param arn names it, and the moment at which it was turned on
 * @param images whether its records hold new items as a whole
 */
public record TableStream(String arn, boolean images) {

  /** Empty when the table has none, or it was turned off. */
  public static Optional<TableStream> of(TableDescription table) {
    StreamSpecification stream = table.streamSpecification();
    // The ARN of a stream that was turned off is still told.
    return stream == null || !Boolean.TRUE.equals(stream.streamEnabled())
        ? Optional.empty()
        : Optional.of(
            new TableStream(
                table.latestStreamArn(), stream.streamViewTypeAsString().startsWith("NEW_")));
  }
}
