package com.cruddur.ddb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.cli.MessageCosts.Cost;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The costs of docs/performance.md; those at 200,000 messages are src/bench's MessageCost. */
class MessageCostTest {

  @Test
  void oneMessageCostsAsMuchInALongConversationAsInAShortOne() {
    Map<String, Cost> few = MessageCosts.of(20);
    Map<String, Cost> many = MessageCosts.of(5000);

    // 2.5 and 17: a page of the index, the newest message twice; the message, two rows moved.
    assertThat(few.get("send-message")).isEqualTo(new Cost(2.5, 17, 6));
    assertThat(many.get("send-message")).isEqualTo(few.get("send-message"));
    assertThat(many.get("trigger run, one message")).isEqualTo(few.get("trigger run, one message"));
    Cost once = many.get("send-message --message-uuid");
    assertThat(once.writeUnits()).isEqualTo(18);
    // Of the last 500 messages, however many there are.
    assertThat(once.readUnits()).isBetween(30.0, 45.0);
    // Each message once, consistently, at 4 KB a unit.
    assertThat(many.get("check CONVERSATION").readUnits()).isBetween(300.0, 400.0);
    assertThat(many.get("check").readUnits()).isBetween(150.0, 200.0);
  }
}
