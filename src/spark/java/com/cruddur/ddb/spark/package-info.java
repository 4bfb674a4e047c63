/**
 * {@code check} and {@code stats} over an export as an Apache Spark application, for exports that
 * one machine takes too long for. It has no rules of its own: each data file is read by the code of
 * {@code ddb check --from-export}, what the files tell of a conversation is joined in the order in
 * which one machine reads them, and so the findings are the same.
 */
package com.cruddur.ddb.spark;
