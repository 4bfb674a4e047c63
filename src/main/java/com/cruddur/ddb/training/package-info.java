/**
 * What the launcher runs, once for each Java and each build, to make the start-up archive: a class
 * list cannot be written by hand, so the commands are run against a stand-in for DynamoDB and the
 * JVM stores the classes that they loaded. No command loads this package.
 */
package com.cruddur.ddb.training;
