/**
 * {@code ddb doctor}: shows what {@link com.cruddur.ddb.doctor} finds, and what the commands would
 * use, each setting with its source.
 */
package com.cruddur.ddb.cli.doctor;
