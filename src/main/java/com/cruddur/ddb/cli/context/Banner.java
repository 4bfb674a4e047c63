package com.cruddur.ddb.cli.context;

/** What is shown before a destructive command: the action, and a line for each thing it means. */
public final class Banner {
  private static final int WIDTH = TargetSettings.CREDENTIALS.length() + 2;
  private final StringBuilder text = new StringBuilder();

  public Banner(String action) {
    text.append("About to ").append(action);
  }

  public Banner line(Setting setting) {
    return line(setting.name(), setting.told());
  }

  public Banner line(String name, String value) {
    text.append("\n  ").append(name).append(" ".repeat(WIDTH - name.length())).append(value);
    return this;
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
