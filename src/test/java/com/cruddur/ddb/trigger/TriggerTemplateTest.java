package com.cruddur.ddb.trigger;

import static com.cruddur.ddb.MessageTable.ANDREW;
import static com.cruddur.ddb.MessageTable.BAYKO;
import static com.cruddur.ddb.MessageTable.GROUP;
import static com.cruddur.ddb.MessageTable.LONDO;
import static com.cruddur.ddb.MessageTable.OTHER_GROUP;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.cruddur.ddb.MessageTable;
import com.cruddur.ddb.TestStack;
import com.cruddur.ddb.chat.Backoff;
import com.cruddur.ddb.chat.ConversationRow;
import com.cruddur.ddb.chat.Reconciler;
import com.cruddur.ddb.dynamo.DynamoDbClients;
import com.cruddur.ddb.dynamo.TableAdmin;
import com.cruddur.ddb.dynamo.TableSchema;
import com.cruddur.ddb.dynamo.Target;
import com.cruddur.ddb.dynamo.store.DynamoDbConversationStore;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.AbstractConstruct;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;

/** What a linter cannot know: that the template and the code mean the same names. */
class TriggerTemplateTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String T0 = "2026-03-19T10:00:00.000000+00:00";
  private static final String T1 = "2026-03-19T10:00:01.000000+00:00";

  private final Map<String, Object> template = load(TriggerTemplate.yaml());

  @Test
  void theHandlerIsAClassThatLambdaCanCallWithItsEvents() throws ClassNotFoundException {
    String[] handler = text("Resources.Function.Properties.Handler").split("::");

    Class<?> type = Class.forName(handler[0]);

    assertThat(RequestHandler.class).isAssignableFrom(type);
    assertThat(Stream.of(type.getMethods()).filter(m -> m.getName().equals(handler[1])))
        .anyMatch(m -> m.getParameterTypes()[0] == DynamodbEvent.class);
    assertThat(Stream.of(type.getConstructors())).anyMatch(c -> c.getParameterCount() == 0);
    // Functions of older runtimes can no longer be created.
    assertThat(text("Resources.Function.Properties.Runtime")).isIn("java21", "java25");
  }

  @Test
  void everyVariableThatTheCodeReadsIsSet() throws IOException {
    Set<String> read = new TreeSet<>();
    try (Stream<Path> sources = Files.walk(Path.of("src/main/java/com/cruddur/ddb/trigger"))) {
      for (Path source : sources.filter(f -> f.toString().endsWith(".java")).toList()) {
        Matcher names =
            Pattern.compile("\"((?:DDB|MOMENTO)_[A-Z_]+)\"").matcher(Files.readString(source));
        while (names.find()) {
          // The function reads the key from its secret; by hand it can be set.
          read.add(names.group(1).replaceAll("^MOMENTO_API_KEY$", "DDB_MESSAGE_TABLE"));
        }
      }
    }

    // The cache's own settings, of which the function uses these.
    read.addAll(Set.of("MOMENTO_CACHE_NAME", "MOMENTO_ENDPOINT"));
    assertThat(read).contains("DDB_MESSAGE_TABLE");
    assertThat(map("Resources.Function.Properties.Environment.Variables").keySet())
        .containsAll(read);
  }

  @Test
  void theTableIsWhatSchemaLoadMakes() {
    try (MessageTable table = MessageTable.withStream()) {
      Map<String, Object> properties = map("Resources.Table.Properties");
      var made = new TableAdmin(MessageTable.ownClient()).describe(table.name());

      assertThat(schema(properties.get("KeySchema")))
          .isEqualTo(
              made.keySchema().stream()
                  .map(k -> k.attributeName() + " " + k.keyTypeAsString())
                  .toList());
      Map<String, Object> index =
          cast(list("Resources.Table.Properties.GlobalSecondaryIndexes").get(0));
      assertThat(index).containsEntry("IndexName", TableSchema.INDEX);
      assertThat(schema(index.get("KeySchema")))
          .isEqualTo(
              made.globalSecondaryIndexes().get(0).keySchema().stream()
                  .map(k -> k.attributeName() + " " + k.keyTypeAsString())
                  .toList());
      assertThat(text("Resources.Table.Properties.StreamSpecification.StreamViewType"))
          .isEqualTo(made.streamSpecification().streamViewTypeAsString());
    }
    assertThat(text("Parameters.TableName.Default")).isEqualTo(Target.DEFAULT_TABLE);
  }

  @Test
  void aFirstDeployThatFailsTakesTheTableBackAndADeletedStackLeavesIt() {
    assertThat(text("Resources.Table.DeletionPolicy")).isEqualTo("RetainExceptOnCreate");
    assertThat(text("Resources.Table.UpdateReplacePolicy")).isEqualTo("Retain");
    // Protected from the start, it could not be taken back.
    assertThat(text("Resources.Table.Properties.DeletionProtectionEnabled"))
        .isEqualTo("DeletionProtection");
    assertThat(text("Parameters.DeletionProtection.Default")).isEqualTo("false");
  }

  @Test
  void whatCostsIsOffUntilItIsAskedFor() {
    assertThat(text("Parameters.PointInTimeRecovery.Default")).isEqualTo("false");
    assertThat(text("Parameters.TableEncryption.Default")).isEqualTo("aws-owned");
    assertThat(text("Parameters.PointInTimeRecovery.Description")).contains("Billed");
    assertThat(text("Parameters.TableEncryption.Description")).contains("costs nothing");
  }

  @Test
  void everyRuleNamesParametersAndSaysWhatContradicts() {
    Set<String> parameters = map("Parameters").keySet();
    Map<String, Object> rules = map("Rules");
    assertThat(rules).hasSizeGreaterThanOrEqualTo(4);
    rules.forEach(
        (name, rule) -> {
          Map<String, Object> fields = cast(rule);
          List<Object> assertions = cast(fields.get("Assertions"));
          assertThat(assertions).as(name).isNotEmpty();
          for (Object assertion : assertions) {
            String description = String.valueOf(value(assertion, "AssertDescription"));
            assertThat(parameters.stream().filter(description::contains))
                .as(description)
                .isNotEmpty();
          }
        });
  }

  @Test
  void aTableNameBesideTheStreamOfATableThatExistsIsRefused() {
    assertThat(text("Parameters.TableName.Default")).isEqualTo("cruddur-messages");
    assertThat(list("Rules.SettingsOfATableThatExists.Assertions"))
        .anySatisfy(
            assertion ->
                assertThat(assertion.toString())
                    .contains("TableName", "cruddur-messages", "leave TableName out"));
  }

  @Test
  void throttlesAndSilenceRaiseAlarms() {
    List<String> watched = new ArrayList<>();
    map("Resources")
        .forEach(
            (name, resource) -> {
              if (value(resource, "Type").equals("AWS::CloudWatch::Alarm")) {
                watched.add(String.valueOf(value(value(resource, "Properties"), "MetricName")));
              }
            });
    assertThat(watched)
        .contains("WriteThrottleEvents", "ReadThrottleEvents", "Throttles", "IteratorAge");
    assertThat(map("Resources.SilenceAlarm.Properties")).containsKey("Metrics");
  }

  @Test
  void theKeyIsNoVariableAndTheEndpointReachesThisAccountAlone() {
    assertThat(map("Resources.Function.Properties.Environment.Variables"))
        .doesNotContainKey("MOMENTO_API_KEY");
    assertThat(TriggerTemplate.yaml()).doesNotContain("resolve:secretsmanager");
    assertThat(map("Resources.DynamoDbEndpoint.Properties.PolicyDocument").toString())
        .contains("${AWS::AccountId}:table/*");
  }

  @Test
  void theFilterLetsChangesOfMessagesThroughAndNothingElse() throws IOException {
    Map<String, Object> filter =
        cast(list("Resources.EventSource.Properties.FilterCriteria.Filters").get(0));
    JsonNode pattern = JSON.readTree((String) filter.get("Pattern"));

    assertThat(matches(pattern, record("INSERT", "MSG#1"))).isTrue();
    assertThat(matches(pattern, record("MODIFY", "MSG#1"))).isTrue();
    assertThat(matches(pattern, record("REMOVE", "MSG#1"))).isTrue();
    assertThat(matches(pattern, record("REMOVE", "GRP#1"))).isFalse();
    assertThat(matches(pattern, record("INSERT", "GRP#1"))).isFalse();
    assertThat(matches(pattern, record("INSERT", "X#MSG#1"))).isFalse();
  }

  @Test
  void theEventSourceReadsFromTheBeginningAndReportsSingleRecords() {
    Map<String, Object> source = map("Resources.EventSource.Properties");

    assertThat(source)
        .containsEntry("StartingPosition", "TRIM_HORIZON")
        .containsEntry("FunctionResponseTypes", List.of("ReportBatchItemFailures"))
        .containsEntry("BisectBatchOnFunctionError", true)
        .containsKeys("MaximumRetryAttempts", "MaximumRecordAgeInSeconds", "DestinationConfig");
  }

  @Test
  void theRoleMayDoWhatTheHandlerDoesAndNoMore() {
    Set<String> asked = operationsOfAllKindsOfReconcile();
    Set<String> allowed = new TreeSet<>();
    for (Object statement : policy()) {
      for (String action : strings(value(statement, "Action"))) {
        if (action.startsWith("dynamodb:")
            && !action.matches(".*(Stream|Streams|Records|Iterator)")) {
          allowed.add(action.substring("dynamodb:".length()));
        }
      }
    }

    assertThat(allowed).isEqualTo(asked);
  }

  @Test
  void everyRightNamesItsResourceAndWritesAreForRowsAlone() {
    for (Object statement : policy()) {
      assertThat(strings(value(statement, "Resource"))).isNotEmpty().doesNotContain("*");
    }
    assertThat(policy().toString()).contains("dynamodb:LeadingKeys=[GRP#*]");
    assertThat(text("Resources.DynamoDbEndpoint.Properties.ServiceName"))
        .isEqualTo("com.amazonaws.${AWS::Region}.dynamodb");
    assertThat(text("Resources.DynamoDbEndpoint.Properties.VpcEndpointType")).isEqualTo("Gateway");
  }

  private static Object value(Object statement, String name) {
    return TriggerTemplateTest.<Map<String, Object>>cast(statement).get(name);
  }

  private List<Object> policy() {
    Map<String, Object> policy = cast(list("Resources.FunctionRole.Properties.Policies").get(0));
    Map<String, Object> document = cast(policy.get("PolicyDocument"));
    return cast(document.get("Statement"));
  }

  /**
   * Moves, makes, rewrites and deletes rows, and breaks a tie, through a client that takes notes.
   */
  private static Set<String> operationsOfAllKindsOfReconcile() {
    Set<String> operations = new TreeSet<>();
    ExecutionInterceptor notes =
        new ExecutionInterceptor() {
          @Override
          public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes a) {
            operations.addAll(actions(context.request()));
          }
        };
    try (MessageTable table = MessageTable.withoutStream()) {
      table.start(GROUP, ANDREW, BAYKO, T0, "a");
      table.start(OTHER_GROUP, ANDREW, LONDO, "2026-03-19T10:00:00.000001+00:00", "b");
      Target target =
          new Target(
              Target.Kind.PROD,
              URI.create(TestStack.endpoint()),
              "us-east-1",
              null,
              "local",
              "local",
              table.name());
      try (DynamoDbClient client = new DynamoDbClients(target, "test", notes).dynamoDb()) {
        TriggerHandler handler =
            new TriggerHandler(
                new Reconciler(
                    new DynamoDbConversationStore(client, table.name()), Backoff.jittered()),
                group -> {});
        table.put(GROUP, BAYKO, T1, "moved");
        table.put(OTHER_GROUP, LONDO, T1, "moved, beside the other");
        handle(handler);
        table.put(GROUP, BAYKO, T1, "rewritten");
        table.put(new ConversationRow(BAYKO.uuid(), GROUP, T0, "doubled", ANDREW, Map.of()));
        handle(handler);
        MessageTable.ownClient().deleteItem(r -> r.tableName(table.name()).key(key()));
        handle(handler);
        assertThat(table.list(BAYKO)).hasSize(1);
        table.put(GROUP, BAYKO, "2026-03-19T05:00:02-05:00", "of another offset");
        handler.handle(
            List.of(new StreamChange("INSERT", "MSG#" + GROUP, "2026-03-19T05:00:02-05:00", "3")));
        assertThat(table.list(BAYKO).get(0).message()).isEqualTo("of another offset");
      }
    }
    return operations;
  }

  private static Map<String, AttributeValue> key() {
    return Map.of(
        "pk", AttributeValue.fromS("GRP#" + BAYKO.uuid()), "sk", AttributeValue.fromS(T1));
  }

  private static void handle(TriggerHandler handler) {
    assertThat(
            handler
                .handle(
                    List.of(
                        new StreamChange("INSERT", "MSG#" + GROUP, T1, "1"),
                        new StreamChange("INSERT", "MSG#" + OTHER_GROUP, T1, "2")))
                .failed())
        .isEmpty();
  }

  /** A transaction needs the rights of its parts. */
  private static Set<String> actions(SdkRequest request) {
    Set<String> actions = new TreeSet<>();
    if (request instanceof TransactWriteItemsRequest transaction) {
      transaction
          .transactItems()
          .forEach(
              item ->
                  Stream.of(
                          item.put() == null ? null : "PutItem",
                          item.delete() == null ? null : "DeleteItem",
                          item.update() == null ? null : "UpdateItem",
                          item.conditionCheck() == null ? null : "ConditionCheckItem")
                      .filter(name -> name != null)
                      .forEach(actions::add));
    } else {
      actions.add(request.getClass().getSimpleName().replace("Request", ""));
    }
    return actions;
  }

  private static JsonNode record(String event, String pk) throws IOException {
    return JSON.readTree(
        "{\"eventName\":\""
            + event
            + "\",\"dynamodb\":{\"Keys\":{\"pk\":{\"S\":\""
            + pk
            + "\"}}}}");
  }

  /** Lambda's rule: every field of the pattern, one of its values or prefixes. */
  private static boolean matches(JsonNode pattern, JsonNode value) {
    if (pattern.isArray()) {
      for (JsonNode choice : pattern) {
        boolean fits =
            choice.isObject()
                ? value.asText().startsWith(choice.get("prefix").asText())
                : choice.equals(value);
        if (fits) {
          return true;
        }
      }
      return false;
    }
    for (Map.Entry<String, JsonNode> field : pattern.properties()) {
      if (!value.has(field.getKey()) || !matches(field.getValue(), value.get(field.getKey()))) {
        return false;
      }
    }
    return true;
  }

  private String text(String path) {
    return String.valueOf(at(path));
  }

  private Map<String, Object> map(String path) {
    return cast(at(path));
  }

  private List<Object> list(String path) {
    return cast(at(path));
  }

  private Object at(String path) {
    Object value = template;
    for (String name : path.split("\\.")) {
      Map<String, Object> map = cast(value);
      assertThat(map).containsKey(name);
      value = map.get(name);
    }
    return value;
  }

  private static List<String> schema(Object keys) {
    List<String> schema = new ArrayList<>();
    for (Object key : TriggerTemplateTest.<List<Object>>cast(keys)) {
      Map<String, Object> map = cast(key);
      schema.add(map.get("AttributeName") + " " + map.get("KeyType"));
    }
    return schema;
  }

  private static List<String> strings(Object value) {
    return value instanceof Collection<?> values
        ? values.stream().map(String::valueOf).toList()
        : List.of(String.valueOf(value));
  }

  // What is read of the template is an Object; the caller says what it holds there.
  @SuppressWarnings({"TypeParameterUnusedInFormals", "unchecked"})
  private static <T> T cast(Object value) {
    return (T) value;
  }

  /** YAML with CloudFormation's short forms, which stand for their argument here. */
  private static Map<String, Object> load(String yaml) {
    class Loader extends SafeConstructor {
      Loader() {
        super(new LoaderOptions());
        yamlMultiConstructors.put(
            "!",
            new AbstractConstruct() {
              @Override
              public Object construct(Node node) {
                if (node instanceof ScalarNode scalar) {
                  return scalar.getValue();
                }
                return node instanceof SequenceNode sequence
                    ? new ArrayList<>(constructSequence(sequence))
                    : new LinkedHashMap<>(constructMapping((MappingNode) node));
              }
            });
      }
    }
    return new Yaml(new Loader()).load(yaml);
  }
}
