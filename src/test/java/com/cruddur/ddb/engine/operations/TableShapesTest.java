package com.cruddur.ddb.engine.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.cruddur.ddb.engine.item.EngineException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What AWS's model refuses of tables, in AWS's words and order. */
class TableShapesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "'TableName':'ab','KeySchema':[],'AttributeDefinitions':[]|2 validation errors detected: Value 'ab' at"
            + " 'tableName' failed to satisfy constraint: Member must have length greater than or equal to 3; Value"
            + " '[]' at 'keySchema' failed to satisfy constraint: Member must have length greater than or equal to 1",
        "'TableName':'abc','AttributeDefinitions':[{'AttributeName':'pk','AttributeType':'X'}],'KeySchema':["
            + "{'AttributeName':'pk','KeyType':'Y'}]|2 validation errors detected: Value 'X' at"
            + " 'attributeDefinitions.1.member.attributeType' failed to satisfy constraint: Member must satisfy enum"
            + " value set: [B, N, S]; Value 'Y' at 'keySchema.1.member.keyType' failed to satisfy constraint: Member"
            + " must satisfy enum value set: [HASH, RANGE]",
        "'TableName':'abc','AttributeDefinitions':[],'KeySchema':[{'AttributeName':'a','KeyType':'HASH'}],"
            + "'LocalSecondaryIndexes':[{'IndexName':'aa','KeySchema':[{'AttributeName':'a','KeyType':'HASH'}],"
            + "'Projection':{}}],'GlobalSecondaryIndexes':[{'IndexName':'zz','KeySchema':[{'AttributeName':'a',"
            + "'KeyType':'HASH'}],'Projection':{}}]|2 validation errors detected: Value 'zz' at"
            + " 'globalSecondaryIndexes.1.member.indexName' failed to satisfy constraint: Member must have length"
            + " greater than or equal to 3; Value 'aa' at 'localSecondaryIndexes.1.member.indexName' failed to satisfy"
            + " constraint: Member must have length greater than or equal to 3",
      })
  void aTableIsRefusedMemberByMember(String members, String message) throws IOException {
    String request = "{" + members.replace('\'', '"') + "}";
    try (JsonParser parser = new JsonFactory().createParser(request)) {
      EngineException refused =
          assertThrows(EngineException.class, () -> TableShapes.createTable().request(parser));
      assertEquals(message, refused.getMessage());
    }
  }
}
