package com.cruddur.ddb.cli.table;

import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.DdbRunner;
import com.cruddur.ddb.DdbRunner.Result;
import com.cruddur.ddb.TestStack;
import org.junit.jupiter.api.Test;

class ListTablesCommandTest {

  @Test
  void namesEveryTableInEveryFormat() {
    String table = TestStack.newTableName();
    DdbRunner ddb = DdbRunner.on(table);
    assertThat(ddb.execute("schema-load").exitCode()).isZero();
    Result json = ddb.execute("list-tables", "-o", "json");
    assertThat(json.exitCode()).as(json.toString()).isZero();
    assertThat(json.err()).isEmpty();
    assertThat(json.items()).extracting(item -> item.get("name").asText()).contains(table);
    assertThat(ddb.execute("list-tables", "-o", "ndjson").out().lines())
        .contains("{\"name\":\"" + table + "\"}");
    assertThat(ddb.execute("list-tables", "-o", "csv").out().lines())
        .startsWith("name")
        .contains(table);
    assertThat(ddb.execute("list-tables").out().lines()).startsWith("name").contains(table);
  }

  @Test
  void readsEveryPageOfNames() {
    DdbRunner ddb = DdbRunner.fresh();
    int before = ddb.execute("list-tables", "-o", "json").items().size();
    for (int i = 0; i < 101; i++) {
      assertThat(ddb.execute("schema-load", "--table", TestStack.newTableName()).exitCode())
          .isZero();
    }
    assertThat(ddb.execute("list-tables", "-o", "json").items()).hasSizeGreaterThan(before + 100);
  }

  @Test
  void doesNotNeedTheTableToExist() {
    assertThat(DdbRunner.run("list-tables").exitCode()).isZero();
  }
}
