package com.cruddur.ddb.cli;

import java.util.Map;

/** A command that can say what it would ask of DynamoDB without running anything. */
interface Explainable {
  Map<String, Object> explain();
}
