package com.cruddur.ddb.dynamo.check;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;

/**
 * What the items of one file of an export told of a conversation.
 *
 * @param facts as bytes, for a process of the same build; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent")
public record ConversationPart(String groupUuid, byte[] facts) implements Serializable {

  static ConversationPart of(ConversationFacts facts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    try {
      facts.write(new DataOutputStream(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new ConversationPart(facts.groupUuid(), bytes.toByteArray());
  }

  ConversationFacts read() {
    ConversationFacts read = new ConversationFacts(groupUuid);
    try {
      read.read(new DataInputStream(new ByteArrayInputStream(facts)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return read;
  }
}
