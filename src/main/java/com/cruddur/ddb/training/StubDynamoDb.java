package com.cruddur.ddb.training;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/**
 * A stand-in for DynamoDB on a free port of 127.0.0.1: one fixed answer for each operation, enough
 * for a command to parse what it gets.
 */
final class StubDynamoDb implements AutoCloseable {
  /** A conversation that is not there. */
  static final String NEW_GROUP = "0b1e8a4e-5d0e-4e0b-9a53-6a1d5f7c2e11";

  private static final String ITEM =
      "{'pk':{'S':'GRP#877825ee-e493-4985-b4f5-463550043614'},"
          + "'sk':{'S':'2026-03-19T23:59:59.000000+00:00'},"
          + "'message_group_uuid':{'S':'3f346c75-ad75-43df-aa35-5b4de50470e0'},"
          + "'message_uuid':{'S':'0324df76-a3c5-59de-ac61-96dbfa0d088f'},"
          + "'message':{'S':'Hello'},"
          + "'user_uuid':{'S':'3b1ad0e5-e539-45bc-a8a7-9847c237d2a7'},"
          + "'user_display_name':{'S':'Andrew Bayko'},'user_handle':{'S':'bayko'}}";

  /** Of the index: behind the table, so that a message that is sent moves it. */
  private static final String BEHIND = ITEM.replace("2026-03-19", "2026-03-18");

  private static final String CAPACITY =
      "'ConsumedCapacity':{'TableName':'t','CapacityUnits':1.0,'Table':{'CapacityUnits':1.0}}";
  private static final String TABLE =
      "{'TableName':'t','TableStatus':'ACTIVE','TableArn':'arn:aws:dynamodb:r:000000000000:table/t',"
          + "'ItemCount':1,'TableSizeBytes':1,'CreationDateTime':1.0,"
          + "'KeySchema':[{'AttributeName':'pk','KeyType':'HASH'}],"
          + "'AttributeDefinitions':[{'AttributeName':'pk','AttributeType':'S'}],"
          + "'BillingModeSummary':{'BillingMode':'PAY_PER_REQUEST'}}";

  private final HttpServer server;

  StubDynamoDb() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", StubDynamoDb::answer);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  private static void answer(HttpExchange exchange) throws IOException {
    String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
    String request = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    byte[] body = body(target, request).replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static String body(String target, String request) {
    return switch (target.substring(target.indexOf('.') + 1)) {
      case "ListTables" -> "{'TableNames':['t']}";
      case "DescribeTable" -> "{'Table':" + TABLE + "}";
      case "Query", "Scan" ->
          request.contains(NEW_GROUP)
              ? "{'Count':0,'Items':[]}"
              : "{'Count':1,'Items':[" + item(request) + "]," + CAPACITY + "}";
      case "BatchGetItem" -> "{'Responses':{}}";
      default -> "{}";
    };
  }

  private static String item(String request) {
    return request.contains("IndexName") ? BEHIND : ITEM;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
