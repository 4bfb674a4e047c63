/**
 * The stream trigger: a message arrives in the table, and the conversation rows follow.
 *
 * <p>DynamoDB puts every change of the table on a stream. A {@link
 * com.cruddur.ddb.trigger.StreamChange} is what matters of one stream record: what happened, to
 * which key, and the record's sequence number. {@link com.cruddur.ddb.trigger.TriggerHandler} takes
 * a batch of them, keeps those that put or changed a message, and reconciles each conversation
 * once, however many of its messages are in the batch ({@link com.cruddur.ddb.chat.Reconciler}).
 * That looks at what is stored, not at the record, so batches may come twice, late, out of order or
 * at the same time.
 *
 * <p>Two thin adapters feed the one handler. {@link com.cruddur.ddb.trigger.TriggerLambda} is what
 * AWS Lambda calls; its jar is target/ddb-trigger.jar and its resources are described by
 * src/main/cloudformation/trigger.yaml. {@link com.cruddur.ddb.trigger.TriggerWorker} is {@code ddb
 * trigger run}: it follows a stream with {@link com.cruddur.ddb.trigger.StreamPoller}, which {@code
 * ddb tail} uses too. Where Lambda keeps the place in the stream itself, the worker has {@link
 * com.cruddur.ddb.trigger.Checkpoints}.
 *
 * <p>A conversation that fails is reported by the first sequence number that concerns it: Lambda
 * and the worker then deliver again from there on. What can never work (a key without a
 * conversation, a row that DynamoDB itself calls invalid) is told and passed by, or it would hold
 * up its shard until the stream forgets it.
 */
package com.cruddur.ddb.trigger;
