package com.cruddur.ddb.cli.context;

import java.util.Map;

/** A command that can say what it would ask of DynamoDB without running anything. */
public interface Explainable {
  Map<String, Object> explain();
}
