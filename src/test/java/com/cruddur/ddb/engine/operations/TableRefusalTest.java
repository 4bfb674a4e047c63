package com.cruddur.ddb.engine.operations;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.cruddur.ddb.engine.Faults;
import com.cruddur.ddb.engine.RawRequests;
import com.cruddur.ddb.engine.TestEngine;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What AWS refuses of tables and what surrounds them, in its words, which were read off the
 * service.
 */
class TableRefusalTest {
  private static final String ARN = "arn:aws:dynamodb:us-east-1:000000000000:table/chat";
  private static final String KEYS =
      "'AttributeDefinitions':[{'AttributeName':'pk','AttributeType':'S'},"
          + "{'AttributeName':'sk','AttributeType':'S'}],'KeySchema':[{'AttributeName':'pk',"
          + "'KeyType':'HASH'},{'AttributeName':'sk','KeyType':'RANGE'}]";
  private static final String INDEX =
      "'KeySchema':[{'AttributeName':'sk','KeyType':'HASH'}],'Projection':{'ProjectionType':'ALL'}";
  private static final String INVALID = "One or more parameter values were invalid: ";
  private static final String UNITS = "{'ReadCapacityUnits':1,'WriteCapacityUnits':1}";

  @TempDir Path buckets;

  /** An operation, then pairs of what is asked and what is answered. */
  private void check(String operation, String... pairs) throws IOException {
    try (TestEngine engine = new TestEngine(buckets, Faults.NONE)) {
      RawRequests raw = new RawRequests(engine.port());
      raw.call(
          "CreateTable",
          "{'TableName':'chat','BillingMode':'PAY_PER_REQUEST','GlobalSecondaryIndexes':["
              + "{'IndexName':'global',"
              + INDEX
              + "}],'LocalSecondaryIndexes':[{'IndexName':'local','KeySchema':["
              + "{'AttributeName':'pk','KeyType':'HASH'},{'AttributeName':'sk','KeyType':'RANGE'}],"
              + "'Projection':{'ProjectionType':'ALL'}}],"
              + KEYS
              + "}");
      raw.call(
          "CreateTable",
          "{'TableName':'fixed','ProvisionedThroughput':" + UNITS + "," + KEYS + "}");
      for (int i = 0; i < pairs.length; i += 2) {
        assertThat(raw.message(operation, pairs[i])).as(pairs[i]).isEqualTo(pairs[i + 1]);
      }
    }
  }

  private static String create(String rest) {
    return "{'TableName':'made','BillingMode':'PAY_PER_REQUEST'," + KEYS + "," + rest + "}";
  }

  @Test
  void tablesThatCannotBeMade() throws IOException {
    check(
        "CreateTable",
        create("'StreamSpecification':{'StreamEnabled':true}"),
        INVALID + "Table is being created with a stream enabled, UpdateViewType is required",
        create("'StreamSpecification':{'StreamEnabled':false,'StreamViewType':'NEW_IMAGE'}"),
        INVALID
            + "Table is being created with a stream disabled, UpdateViewType should not be"
            + " specified",
        create("'TableClass':'COLD'"),
        "Invalid table-class parameter provided. Please try again with a valid table-class value:"
            + " [STANDARD, STANDARD_INFREQUENT_ACCESS].",
        create("'SSESpecification':{'Enabled':true,'SSEType':'AES256'}"),
        INVALID + "SSEType AES256 is not supported",
        create("'SSESpecification':{'Enabled':false,'SSEType':'KMS'}"),
        INVALID + "SSEType can not be specified if Enabled is false",
        create("'SSESpecification':{'Enabled':true,'KMSMasterKeyId':'k'}"),
        INVALID + "SSEType KMS is required if KMSMasterKeyId is specified",
        create("'OnDemandThroughput':{'MaxReadRequestUnits':0}"),
        INVALID
            + "Requested MaxReadRequestUnits for OnDemandThroughput for table is outside of valid"
            + " range",
        create(
            "'GlobalSecondaryIndexes':[{'IndexName':'index','KeySchema':[{'AttributeName':'sk',"
                + "'KeyType':'HASH'}],'Projection':{'ProjectionType':'INCLUDE',"
                + "'NonKeyAttributes':['a','a']}}]"),
        INVALID + "Duplicate element in NonKeyAttributes: a",
        create("'Tags':[{'Key':'aws:name','Value':'x'}]"),
        "Tag Key cannot be prefixed with aws:, Key: aws:name",
        create("'Tags':[{}]"),
        "The Tag Key provided is invalid, Key: null");
  }

  private static String keys(String definitions, String key) {
    return "{'TableName':'made','BillingMode':'PAY_PER_REQUEST','AttributeDefinitions':["
        + each(definitions, "{'AttributeName':'%s','AttributeType':'S'}")
        + "],'KeySchema':["
        + key
        + "]}";
  }

  private static String each(String names, String form) {
    return names.chars().mapToObj(name -> form.formatted((char) name)).collect(joining(","));
  }

  private static String part(String name, String type) {
    return "{'AttributeName':'" + name + "','KeyType':'" + type + "'}";
  }

  @Test
  void keysOfATableThatCannotBe() throws IOException {
    String undefined =
        INVALID + "Some index key attributes are not defined in AttributeDefinitions. Keys: ";
    String same = "Both the Hash Key and the Range Key element in the KeySchema have the same name";
    check(
        "CreateTable",
        keys("b", part("a", "HASH") + "," + part("a", "HASH")),
        "Invalid KeySchema: Some index key attribute have no definition",
        keys("b", part("a", "HASH") + "," + part("b", "RANGE")),
        "Invalid KeySchema: Some index key attribute have no definition",
        keys("b", part("a", "HASH")),
        undefined + "[a], AttributeDefinitions: [b]",
        keys("ab", part("a", "HASH") + "," + part("a", "HASH")),
        same,
        keys("ab", part("a", "RANGE") + "," + part("a", "RANGE")),
        same,
        keys("ab", part("a", "HASH") + "," + part("b", "HASH")),
        "Invalid KeySchema: The second KeySchemaElement is not a RANGE key type",
        keys("ab", part("a", "RANGE") + "," + part("b", "HASH")),
        "Invalid KeySchema: The first KeySchemaElement is not a HASH key type",
        keys("acb", part("a", "HASH") + "," + part("b", "RANGE")),
        INVALID
            + "Number of attributes in KeySchema does not exactly match number of attributes"
            + " defined in AttributeDefinitions");
  }

  @Test
  void capacityThatNoTableHas() throws IOException {
    String units = "'ProvisionedThroughput':{'ReadCapacityUnits':%s,'WriteCapacityUnits':%s}";
    String table = "{'TableName':'made'," + KEYS + "," + units + "}";
    check(
        "CreateTable",
        table.formatted("1000000000001", "1000000000001"),
        "Given value 1000000000001 for ReadCapacityUnits is out of bounds",
        table.formatted("1000000000000", "1000000000001"),
        "Given value 1000000000001 for WriteCapacityUnits is out of bounds",
        table.formatted("0", "-1"),
        "2 validation errors detected: Value '-1' at 'provisionedThroughput.writeCapacityUnits'"
            + " failed to satisfy constraint: Member must have value greater than or equal to 1;"
            + " Value '0' at 'provisionedThroughput.readCapacityUnits' failed to satisfy"
            + " constraint: Member must have value greater than or equal to 1");
    check(
        "UpdateTable",
        "{'TableName':'gone'," + units.formatted("1000000000001", "1000000000001") + "}",
        "Given value 1000000000001 for ReadCapacityUnits is out of bounds",
        "{'TableName':'fixed'," + units.formatted("1000000000000", "1000000000001") + "}",
        "Given value 1000000000001 for WriteCapacityUnits is out of bounds");
  }

  @Test
  void capacityThatNoIndexHas() throws IOException {
    String units = "'ProvisionedThroughput':{'ReadCapacityUnits':%s,'WriteCapacityUnits':%s}";
    String index = "{'IndexName':'wide'," + INDEX + "," + units + "}";
    String table =
        "{'TableName':'made',"
            + KEYS
            + ","
            + units.formatted(1, 1)
            + ",'GlobalSecondaryIndexes':["
            + index
            + "]}";
    String create =
        "{'TableName':'fixed','AttributeDefinitions':[],'GlobalSecondaryIndexUpdates':[{'Create':"
            + index
            + "}]}";
    String update =
        "{'TableName':'fixed','GlobalSecondaryIndexUpdates':[{'Update':{'IndexName':'wide',"
            + units
            + "}}]}";
    String most = "1000000000000";
    String more = "1000000000001";
    String read = "Given value " + more + " for ReadCapacityUnits is out of bounds for index wide";
    String write = read.replace("Read", "Write");
    String least =
        "2 validation errors detected: Value '0' at '%1$s.provisionedThroughput.writeCapacityUnits'"
            + " failed to satisfy constraint: Member must have value greater than or equal to 1;"
            + " Value '0' at '%1$s.provisionedThroughput.readCapacityUnits' failed to satisfy"
            + " constraint: Member must have value greater than or equal to 1";
    check(
        "CreateTable",
        table.formatted(more, more),
        read,
        table.formatted(most, more),
        write,
        table.formatted(0, 0),
        least.formatted("globalSecondaryIndexes.1.member"));
    String updates = "globalSecondaryIndexUpdates.1.member.";
    check(
        "UpdateTable",
        create.formatted(more, more),
        read,
        create.formatted(most, more),
        write,
        create.formatted(0, 0),
        least.formatted(updates + "create"),
        update.formatted(more, more),
        read,
        update.formatted(most, more),
        write,
        update.formatted(0, 0),
        least.formatted(updates + "update"));
  }

  @Test
  void membersOfAnIndexThatCannotBe() throws IOException {
    String at = "Value null at 'globalSecondaryIndexes.1.member.";
    String missing = " failed to satisfy constraint: Member must not be null";
    check(
        "CreateTable",
        create("'GlobalSecondaryIndexes':[{}]"),
        "3 validation errors detected: "
            + at
            + "projection'"
            + missing
            + "; "
            + at
            + "indexName'"
            + missing
            + "; "
            + at
            + "keySchema'"
            + missing,
        create(
            "'GlobalSecondaryIndexes':[{'IndexName':'abc','KeySchema':["
                + part("sk", "HASH")
                + "],'Projection':{'ProjectionType':'abc'}}]"),
        "1 validation error detected: Value 'abc' at"
            + " 'globalSecondaryIndexes.1.member.projection.projectionType' failed to satisfy"
            + " constraint: Member must satisfy enum value set: [ALL, INCLUDE, KEYS_ONLY]");
  }

  @Test
  void changesThatAreNone() throws IOException {
    check(
        "UpdateTable",
        "{'TableName':'gone','AttributeDefinitions':[]}",
        "At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled,"
            + " GlobalSecondaryIndexUpdates, SSESpecification, ReplicaUpdates,"
            + " MultiAccountReplicaReady, ReplicaTransitRoleArn, MultiRegionConsistency,"
            + " DeletionProtectionEnabled, OnDemandThroughput, WarmThroughput or TableClass is"
            + " required",
        "{'TableName':'chat','SSESpecification':{'Enabled':false}}",
        INVALID + "Table is already encrypted by default",
        "{'TableName':'chat','StreamSpecification':{'StreamEnabled':false}}",
        "Table has no stream to disable: TableName: chat",
        "{'TableName':'fixed','ProvisionedThroughput':" + UNITS + "}",
        "The provisioned throughput for the table will not change. The requested value equals the"
            + " current value. Current ReadCapacityUnits provisioned for the table: 1. Requested"
            + " ReadCapacityUnits: 1. Current WriteCapacityUnits provisioned for the table: 1."
            + " Requested WriteCapacityUnits: 1. Refer to the Amazon DynamoDB Developer Guide for"
            + " current limits and how to request higher limits.");
  }

  @Test
  void changesThatAreNotMadeTogether() throws IOException {
    check(
        "UpdateTable",
        "{'TableName':'chat','DeletionProtectionEnabled':true,'SSESpecification':{'Enabled':true}}",
        INVALID + "Server-Side Encryption modification must be the only operation in the request",
        "{'TableName':'chat','DeletionProtectionEnabled':true,'BillingMode':'PAY_PER_REQUEST'}",
        INVALID + "DeletionProtection modification must be the only operation in the request",
        "{'TableName':'chat','OnDemandThroughput':{'MaxReadRequestUnits':5},"
            + "'StreamSpecification':{'StreamEnabled':true,'StreamViewType':'KEYS_ONLY'}}",
        INVALID
            + "OnDemandThroughput can only be combined with BillingMode in an UpdateTable request",
        "{'TableName':'fixed','ProvisionedThroughput':"
            + UNITS
            + ",'StreamSpecification':{'StreamEnabled':true,'StreamViewType':'KEYS_ONLY'}}",
        INVALID + "You cannot modify stream status while updating table IOPS",
        "{'TableName':'fixed','ProvisionedThroughput':"
            + UNITS
            + ",'GlobalSecondaryIndexUpdates':[{'Delete':{'IndexName':'index'}}]}",
        INVALID + "You cannot create or delete index while updating table IOPS",
        "{'TableName':'chat','StreamSpecification':{'StreamEnabled':true,"
            + "'StreamViewType':'KEYS_ONLY'},'GlobalSecondaryIndexUpdates':["
            + "{'Delete':{'IndexName':'index'}}]}",
        INVALID + "You cannot create or delete index while changing stream status",
        "{'TableName':'chat','StreamSpecification':{'StreamEnabled':true}}",
        INVALID + "If stream is being enabled then UpdateViewType is required",
        "{'TableName':'chat','BillingMode':'PROVISIONED'}",
        INVALID + "ProvisionedThroughput must be specified when BillingMode is PROVISIONED");
  }

  private static String indexes(String updates) {
    return "{'TableName':'chat','GlobalSecondaryIndexUpdates':[" + updates + "]}";
  }

  @Test
  void changesOfIndexesThatCannotBe() throws IOException {
    String delete = "{'Delete':{'IndexName':'global'}}";
    check(
        "UpdateTable",
        indexes("{}"),
        INVALID
            + "One of GlobalSecondaryIndexUpdate.Update, GlobalSecondaryIndexUpdate.Create,"
            + " GlobalSecondaryIndexUpdate.Delete must not be null",
        indexes("{'Delete':{'IndexName':'abc'},'Update':{'IndexName':'abc'}}"),
        INVALID
            + "Only one global secondary index action is allowed per GlobalSecondaryIndexUpdate"
            + " object",
        indexes(delete + "," + delete),
        INVALID
            + "Only one global secondary index update per index is allowed simultaneously. Index:"
            + " global",
        indexes("{'Delete':{'IndexName':'local'}}"),
        "Cannot delete an index that is not a GlobalSecondaryIndex: local",
        indexes("{'Update':{'IndexName':'local','ProvisionedThroughput':" + UNITS + "}}"),
        "Cannot update an index that is not a GlobalSecondaryIndex: local",
        indexes("{'Create':{'IndexName':'global'," + INDEX + "}}"),
        "Attempting to create an index which already exists",
        indexes("{'Create':{'IndexName':'another'," + INDEX + "}}"),
        INVALID + "AttributeDefinitions is not specified for index: another",
        indexes("{'Update':{'IndexName':'global'}}"),
        INVALID
            + "The only Updates for index: global when TableThroughputMode is PAY_PER_REQUEST can"
            + " be to OnDemandThroughput, WarmThroughput",
        indexes("{'Update':{'IndexName':'global','ProvisionedThroughput':" + UNITS + "}}"),
        INVALID
            + "The only Updates for index: global when TableThroughputMode is PAY_PER_REQUEST can"
            + " be to OnDemandThroughput, WarmThroughput");
  }

  private static String tags(String tags) {
    return "{'ResourceArn':'" + ARN + "','Tags':[" + tags + "]}";
  }

  @Test
  void tagsThatCannotBe() throws IOException {
    check(
        "TagResource",
        tags(""),
        "Atleast one Tag needs to be provided as Input.",
        tags("{'Key':'AWS:name','Value':''}"),
        "Tag Key cannot be prefixed with aws:, Key: AWS:name",
        tags("{'Key':'a#b','Value':''}"),
        "The Tag Key provided is invalid, Key: a#b",
        tags("{'Key':'good','Value':'1'},{'Key':'ab','Value':'100%'}"),
        "The Tag Value provided is invalid, Value: 100%",
        tags("{'Key':'a'}"),
        "The Tag Value provided is invalid, Value: null",
        tags("{'Key':'a','Value':'1'},{'Key':'a','Value':'2'}"),
        "Duplicate Tag Keys provided as input: Duplicate Tag Key found a",
        "{'ResourceArn':'chat','Tags':[{'Key':'a','Value':'1'}]}",
        INVALID + "ARNs must start with 'arn:': chat",
        "{'ResourceArn':'" + ARN + "/index/global','Tags':[{'Key':'a','Value':'1'}]}",
        INVALID
            + "Invalid resource arn provided, only table or stream is accepted. Provided resource"
            + " arn: "
            + ARN
            + "/index/global",
        "{'ResourceArn':'" + ARN + "x','Tags':[{'Key':'a','Value':'1'}]}",
        "Requested resource not found: ResourceArn: " + ARN + "x not found");
    check(
        "UntagResource",
        "{'ResourceArn':'" + ARN + "','TagKeys':[]}",
        "Atleast one Tag Key needs to be provided as Input.",
        "{'ResourceArn':'" + ARN + "','TagKeys':['aws:name']}",
        "Tag Key cannot be prefixed with aws:, Key: aws:name");
  }

  @Test
  void aTableIsNamedByItsArnToo() throws IOException {
    try (TestEngine engine = new TestEngine(buckets, Faults.NONE)) {
      RawRequests raw = new RawRequests(engine.port());
      raw.call("CreateTable", create("'Tags':[]"));
      String arn = ARN.replace("chat", "made");
      String item = "{'pk':{'S':'a'},'sk':{'S':'b'}}";
      raw.call("PutItem", "{'TableName':'" + arn + "','Item':" + item + "}");
      assertThat(
              raw.call(
                  "GetItem",
                  "{'TableName':'"
                      + arn
                      + "','ReturnConsumedCapacity':'TOTAL','Key':"
                      + item
                      + "}"))
          .contains("\"Item\":{", "\"TableName\":\"" + arn + "\"");
      assertThat(
              raw.call("BatchGetItem", "{'RequestItems':{'" + arn + "':{'Keys':[" + item + "]}}}"))
          .contains("\"" + arn + "\":[{");
      assertThat(raw.call("DescribeTable", "{'TableName':'" + arn + "'}"))
          .contains("\"TableName\":\"made\"");
      raw.call("DeleteTable", "{'TableName':'" + arn + "'}");
      assertThat(raw.message("DescribeTable", "{'TableName':''}"))
          .isEqualTo(
              "2 validation errors detected: Value '' at 'tableName' failed to satisfy constraint:"
                  + " Member must have length greater than or equal to 3; Value '' at 'tableName'"
                  + " failed to satisfy constraint: Member must satisfy regular expression pattern:"
                  + " [a-zA-Z0-9_.-]+");
    }
  }

  @Test
  void aStreamIsReadOnAfterAShardThatIsGone() throws IOException {
    try (TestEngine engine = new TestEngine(buckets, Faults.NONE)) {
      RawRequests raw = new RawRequests(engine.port());
      raw.call(
          "CreateTable",
          create("'StreamSpecification':{'StreamEnabled':true,'StreamViewType':'KEYS_ONLY'}"));
      String stream = raw.call("ListStreams", "{}").split("\"", -1)[5];
      String after = "{'StreamArn':'" + stream + "','ExclusiveStartShardId':'shardId-";
      assertThat(raw.call("DescribeStream", after + "00000000000000000000-00000000'}"))
          .contains("\"ShardId\":");
      assertThat(raw.call("DescribeStream", after + "99999999999999999999-00000000'}"))
          .contains("\"Shards\":[]");
    }
  }

  @Test
  void backupsAndExportsThatCannotBe() throws IOException {
    check(
        "UpdateContinuousBackups",
        "{'TableName':'chat','PointInTimeRecoverySpecification':{"
            + "'PointInTimeRecoveryEnabled':false,'RecoveryPeriodInDays':5}}",
        "Invalid Request: Cannot specify RecoveryPeriodInDays when disabling point-in-time"
            + " recovery.");
    check(
        "ExportTableToPointInTime",
        "{'TableArn':'chat','S3Bucket':'bucket'}",
        INVALID + "tableArn is not a valid ARN",
        "{'TableArn':'','S3Bucket':'bucket'}",
        "Invalid TableArn: Invalid Table ARN",
        "{'TableArn':'" + ARN + "','S3Bucket':'bucket','S3SseKmsKeyId':'alias/key'}",
        "Invalid Request: KMS Key Id is not supported for this encryption type",
        "{'TableArn':'" + ARN + "','S3Bucket':''}",
        "1 validation error detected: Value '' at 's3Bucket' failed to satisfy constraint: Member"
            + " must satisfy regular expression pattern: ^[a-z0-9A-Z]+[\\.\\-\\w]*[a-z0-9A-Z]+$",
        "{'TableArn':'" + ARN + "','S3Bucket':'bucket'}",
        "Point in time recovery is not enabled for table 'chat'");
    check(
        "ImportTable",
        "{'S3BucketSource':{'S3Bucket':'bucket'},'InputFormat':'ION','InputFormatOptions':"
            + "{'Csv':{'Delimiter':';'}},'TableCreationParameters':"
            + create("'Tags':[]")
            + "}",
        "Invalid Request: Unsupported InputFormatOptions for the given input format: ION.");
    check("DescribeExport", "{'ExportArn':''}", "Invalid Export ARN");
    check("DescribeImport", "{'ImportArn':'x'}", "Invalid Import ARN");
  }
}
