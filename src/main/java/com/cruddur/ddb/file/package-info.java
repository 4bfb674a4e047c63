/**
 * The files that ddb finds by a name of its own: checkpoints, unfinished files, state, history,
 * start-up archives. Whoever may write to a folder can put something there under such a name, so
 * every one of them is opened here and nowhere else.
 *
 * <p>{@link com.cruddur.ddb.file.OwnFile} opens files, {@link com.cruddur.ddb.file.OwnFolder} makes
 * and checks folders. What is not this user's (or root's), may be written by others, is no plain
 * file, or lies behind another user's symbolic link is a {@link
 * com.cruddur.ddb.file.ForeignFileException}: callers leave it alone or refuse it by name. Files
 * that nobody is to find are {@link com.cruddur.ddb.file.Spool}s, which have no name, and what is
 * sorted in them is {@link com.cruddur.ddb.file.SortedRuns}. This package imports the JDK only.
 */
package com.cruddur.ddb.file;
