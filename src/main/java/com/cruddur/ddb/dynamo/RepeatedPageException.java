package com.cruddur.ddb.dynamo;

/** An endpoint says that a list goes on where it has just gone on: reading it would never end. */
public final class RepeatedPageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RepeatedPageException(String operation, String place) {
    super("the endpoint repeats itself: " + operation + " answers with the " + place + " again");
  }
}
