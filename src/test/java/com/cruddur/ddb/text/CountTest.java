package com.cruddur.ddb.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CountTest {
  @Test
  void oneIsSingularAndEverythingElseIsNot() {
    assertThat(List.of(Count.of(0, "key"), Count.of(1, "key"), Count.of(2, "key")))
        .containsExactly("0 keys", "1 key", "2 keys");
    assertThat(Count.of(3, "entry")).isEqualTo("3 entries");
    assertThat(Count.of(1, "row is", "rows are")).isEqualTo("1 row is");
    assertThat(Count.grouped(1_200, "conversation row")).isEqualTo("1,200 conversation rows");
  }

  @Test
  void aParagraphBreaksBetweenWordsButNotInACommand() {
    String text = "it is gone; make it with 'ddb schema-load --table messages', or name another";
    assertThat(Paragraph.wrap(text, 24))
        .containsExactly(
            "it is gone; make it with", "'ddb schema-load --table messages',", "or name another");
    assertThat(Paragraph.wrap(text, 5)).containsExactly(text);
    assertThat(Paragraph.wrap("", 40)).containsExactly("");
  }
}
