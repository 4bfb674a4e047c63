/**
 * What the build and the launcher run to make a start faster: {@link
 * com.cruddur.ddb.training.Training} runs commands against stand-ins, so that the JVM can store the
 * classes that they loaded as an archive, and {@code CommandTextsWriter} writes down what the
 * annotations of commands say. No command loads this package; the whole of the start-up is told in
 * {@link com.cruddur.ddb.cli.startup}.
 */
package com.cruddur.ddb.training;
