package com.cruddur.ddb.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cruddur.ddb.chat.UserRename.Names;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserNamesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "a\u0007b",
        "a\u202eb",
        "a\u2028b",
        "\ufffd",
        "\u00a0",
        "\u3164",
        "a\u200bb",
        "\ufeffa",
        "a\u2066b",
        "a\u200f",
        "\u200d",
        "\u0301",
        "a\u00adb",
        "\ufdd0"
      })
  void namesThatCannotBeShownAreRefused(String name) {
    assertThatThrownBy(() -> new Names(name, null)).isInstanceOf(InvalidInputException.class);
    assertThatThrownBy(() -> new Names(null, name)).isInstanceOf(InvalidInputException.class);
  }

  @Test
  void namesAreBounded() {
    assertThat(new Names("x".repeat(128), "y".repeat(64)).handle()).hasSize(64);
    assertThatThrownBy(() -> new Names("x".repeat(2000), null))
        .hasMessage("the display name has 2000 characters");
    assertThatThrownBy(() -> new Names(null, "two words")).hasMessageContaining("holds a space");
    assertThatThrownBy(() -> new Names(null, Conversations.A.uuid())).hasMessageContaining("uuid");
    assertThatThrownBy(() -> new Names(null, "forgotten-0123456789ab"))
        .hasMessageContaining("forgotten users");
    assertThatThrownBy(() -> new Names(null, "a@b")).hasMessageContaining("@");
    assertThatThrownBy(() -> new Names(null, "@@a")).hasMessageContaining("@");
    assertThatThrownBy(() -> new Names(null, "a\u200db")).hasMessageContaining("U+200D");
    assertThat(new Names("👩\u200d🚀 می\u200cخواهم", "@ana").handle()).isEqualTo("ana");
    assertThat(new Names(null, "forgotten-by-all").handle()).isEqualTo("forgotten-by-all");
  }
}
