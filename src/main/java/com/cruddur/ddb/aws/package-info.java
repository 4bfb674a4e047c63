/**
 * How AWS is reached, as its own tools read the environment and the configuration files: which
 * profile and credentials, by which network, and what went wrong. Whoever is named is used, or an
 * error says why not; nothing here tries the next best. It imports no other package of ours.
 */
package com.cruddur.ddb.aws;
