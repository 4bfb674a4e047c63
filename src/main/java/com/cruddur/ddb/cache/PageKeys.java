package com.cruddur.ddb.cache;

import java.util.List;

/**
 * Names the lists whose pages are cached: a conversation's messages and a user's conversations. The
 * names are the same in every program that works on the same table, whatever url it is reached by.
 *
 * @param place the table: account, region and name
 */
public record PageKeys(String place) {
  private static final int REGION_FIELD = 3;
  private static final int ACCOUNT_FIELD = 4;

  /**
   * Names for the table of an ARN, or of its stream: {@code
   * arn:aws:dynamodb:eu-west-1:123456789012:table/NAME}.
   */
  public static PageKeys ofArn(String arn) {
    String[] fields = arn.split(":", ACCOUNT_FIELD + 2);
    return new PageKeys(fields[ACCOUNT_FIELD] + "/" + fields[REGION_FIELD] + "/" + tableOf(arn));
  }

  /** The table's name in its ARN, or in its stream's. */
  public static String tableOf(String arn) {
    return arn.substring(arn.indexOf('/') + 1).split("/", -1)[0];
  }

  /** The keys under which a conversation's cached messages stand. */
  public List<String> keysOfConversation(String groupUuid) {
    return keys(messages(groupUuid));
  }

  /** The keys under which a user's cached list of conversations stands. */
  public List<String> keysOfUser(String userUuid) {
    return keys(conversations(userUuid));
  }

  /** The lease first: without it no page is served. */
  private static List<String> keys(String list) {
    return List.of(PageItems.leaseName(list), list);
  }

  String messages(String groupUuid) {
    return "ddb/" + place + "/messages/" + groupUuid;
  }

  String conversations(String userUuid) {
    return "ddb/" + place + "/conversations/" + userUuid;
  }
}
