/**
 * Options and answers that commands of several rooms share, such as the page that a list begins
 * with, the reading and writing rate, and the question that stands before everything destructive
 * ({@link com.cruddur.ddb.cli.mixin.Guard}). What one room alone needs stands in that room.
 */
package com.cruddur.ddb.cli.mixin;
