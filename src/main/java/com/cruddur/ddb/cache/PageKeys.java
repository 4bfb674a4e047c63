package com.cruddur.ddb.cache;

/**
 * Names the lists whose pages are cached: a conversation's messages and a user's conversations. The
 * names are the same in every program that works on the same table.
 *
 * @param place the table, and where it is: region and name on AWS
 */
public record PageKeys(String place) {

  String messages(String groupUuid) {
    return "ddb/" + place + "/messages/" + groupUuid;
  }

  String conversations(String userUuid) {
    return "ddb/" + place + "/conversations/" + userUuid;
  }
}
