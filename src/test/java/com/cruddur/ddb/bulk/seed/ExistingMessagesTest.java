package com.cruddur.ddb.bulk.seed;

import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.chat.Message;
import com.cruddur.ddb.chat.User;
import org.junit.jupiter.api.Test;

class ExistingMessagesTest {
  private static final long WANTED = 5;

  private final ExistingMessages standing = new ExistingMessages(null, "group");

  private void take(long micros) {
    User sender = new User("user", "User", "user");
    standing.take(new Message("group", "at", "uuid " + micros, "text", sender), micros);
  }

  @Test
  void eachThatWantsTheSameMicrosecondGetsTheNextOneAndNoneBeyondReach() {
    for (long shift = 0; shift <= ExistingMessages.MOST_SHIFT; shift++) {
      assertThat(standing.firstFree(WANTED)).hasValue(WANTED + shift);
      take(WANTED + shift);
    }
    assertThat(standing.firstFree(WANTED)).isEmpty();
    assertThat(standing.firstFree(WANTED)).isEmpty();

    assertThat(standing.firstFree(WANTED + 1)).hasValue(WANTED + 1 + ExistingMessages.MOST_SHIFT);
  }

  @Test
  void aLaterOneThatIsFreeIsGivenAsItIs() {
    take(standing.firstFree(WANTED).getAsLong());
    take(standing.firstFree(WANTED).getAsLong());

    assertThat(standing.firstFree(WANTED + 1)).hasValue(WANTED + 2);
    assertThat(standing.firstFree(WANTED + 7)).hasValue(WANTED + 7);
  }
}
