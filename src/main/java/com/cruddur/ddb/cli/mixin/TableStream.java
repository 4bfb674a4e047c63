package com.cruddur.ddb.cli.mixin;

import com.cruddur.ddb.chat.Uuids;
import com.cruddur.ddb.cli.context.CommandContext;
import java.nio.file.Path;
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

  /** The stream of the session's table; empty when there is none, or it was turned off. */
  public static Optional<TableStream> of(CommandContext context) {
    TableDescription table = context.tables().describe(context.table());
    StreamSpecification stream = table.streamSpecification();
    // The ARN of a stream that was turned off is still told.
    return stream == null || !Boolean.TRUE.equals(stream.streamEnabled())
        ? Optional.empty()
        : Optional.of(
            new TableStream(
                table.latestStreamArn(), stream.streamViewTypeAsString().startsWith("NEW_")));
  }

  /** Where a worker on this stream keeps its place. */
  public Path checkpoints(CommandContext context) {
    String place = String.valueOf(context.target().endpoint());
    return context
        .local()
        .settings()
        .stateDirectory()
        .resolve("trigger-" + Uuids.derived(place, arn) + ".checkpoints");
  }
}
