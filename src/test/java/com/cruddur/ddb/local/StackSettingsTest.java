package com.cruddur.ddb.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StackSettingsTest {
  @Test
  void anEmptyEnvironmentGivesTheDefaultsBelowHome() {
    assertThat(StackSettings.of(Map.of("HOME", "/home/dev")))
        .isEqualTo(
            new StackSettings(
                8000,
                8080,
                false,
                Path.of("/home/dev/.local/share/ddb"),
                Path.of("/home/dev/.local/state/ddb")));
  }

  @Test
  void variablesAreHonouredAndRelativeXdgPathsAreNot() {
    Map<String, String> environment =
        Map.of(
            "HOME", "/home/dev",
            "XDG_DATA_HOME", "/var/data",
            "XDG_STATE_HOME", "relative",
            "DDB_LOCAL_PORT", "18000",
            "DDB_LOCAL_CACHE_PORT", " 18080 ");
    assertThat(StackSettings.of(environment))
        .isEqualTo(
            new StackSettings(
                18000,
                18080,
                false,
                Path.of("/var/data/ddb"),
                Path.of("/home/dev/.local/state/ddb")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "65536", "eight", "80 80", "99999999999"})
  void aBadPortIsNamedInOneLine(String value) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StackSettings.of(Map.of("DDB_LOCAL_PORT", value)))
        .withMessageStartingWith("DDB_LOCAL_PORT must be a number from 1 to 65535, not ");
  }

  @Test
  void bothServersOnOnePortAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StackSettings.of(Map.of("DDB_LOCAL_PORT", "8080")))
        .withMessageContaining("must differ");
  }
}
