package com.cruddur.ddb.dynamo.people;

import static com.cruddur.ddb.MessageTable.ANDREW;
import static com.cruddur.ddb.MessageTable.BAYKO;
import static com.cruddur.ddb.MessageTable.GROUP;
import static com.cruddur.ddb.MessageTable.LONDO;
import static com.cruddur.ddb.MessageTable.OTHER_GROUP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.cruddur.ddb.MessageTable;
import com.cruddur.ddb.chat.User;
import com.cruddur.ddb.dynamo.batch.DynamoDbItemTable;
import com.cruddur.ddb.dynamo.people.UserScan.Listed;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class UserScanTest {
  private static final String T0 = "2026-03-19T10:00:00.000000+00:00";
  private static final String T1 = "2026-03-19T11:00:00.000000+00:00";

  @Test
  void usersAreThoseOfTheRowsAlsoWhenAllIsOnDisk() {
    try (MessageTable table = MessageTable.withoutStream()) {
      table.start(GROUP, ANDREW, BAYKO, T0, "hello");
      table.start(OTHER_GROUP, ANDREW, LONDO, T1, "other");
      row(table, "GRP#" + BAYKO.uuid().toUpperCase(Locale.ROOT), LONDO, "new name");
      row(table, "GRP#", ANDREW, ANDREW.handle());

      List<Listed> listed = read(table, 1 << 20);

      assertThat(listed)
          .extracting(user -> user.user().handle(), Listed::conversations)
          .containsExactlyInAnyOrder(
              tuple(ANDREW.handle(), 2), tuple(BAYKO.handle(), 2), tuple("new name", 1));
      assertThat(read(table, 1)).isEqualTo(listed);
    }
  }

  /** In one segment, so that the order of reading is the same each time. */
  private static List<Listed> read(MessageTable table, long memory) {
    List<Listed> listed = new ArrayList<>();
    try (UserScan scan =
        new UserScan(new DynamoDbItemTable(MessageTable.ownClient(), table.name()), memory)) {
      scan.read(1, rows -> {});
      scan.forEach(listed::add);
      assertThat(scan.ofNobody()).isEqualTo(1);
    }
    return listed;
  }

  private static void row(MessageTable table, String pk, User other, String handle) {
    Map<String, AttributeValue> item =
        Map.of(
            "pk", AttributeValue.fromS(pk),
            "sk", AttributeValue.fromS("2026-03-19T12:00:00.000000+00:00"),
            "message_group_uuid", AttributeValue.fromS("5ae290ed-55d1-47a0-bc6d-fe2bc2700009"),
            "message", AttributeValue.fromS("x"),
            "user_uuid", AttributeValue.fromS(other.uuid()),
            "user_display_name", AttributeValue.fromS(other.displayName()),
            "user_handle", AttributeValue.fromS(handle));
    MessageTable.ownClient().putItem(r -> r.tableName(table.name()).item(item));
  }
}
