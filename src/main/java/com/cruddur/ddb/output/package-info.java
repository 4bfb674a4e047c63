/**
 * What a command prints, rendered to Writers. The package knows nothing of DynamoDB, Momento or
 * picocli: a command hands over records, which are maps of field names to plain values, and a
 * format.
 *
 * <p>{@link com.cruddur.ddb.output.Printers} makes the printer. A list goes through a {@link
 * com.cruddur.ddb.output.RecordPrinter}, one class for each {@link
 * com.cruddur.ddb.output.OutputFormat}; it prints record by record in constant memory and shows
 * what it has at each flush, that is, after each page. A single thing, such as a table's
 * description, is a document.
 *
 * <p>Stdout carries results only. What a person needs to be told, and every error, goes through
 * {@link com.cruddur.ddb.output.Notices} to stderr.
 *
 * <p>Data is written by strangers, so it is never obeyed. {@link
 * com.cruddur.ddb.output.VisibleText} spells out escape sequences and other controls in tables,
 * notices and csv on a terminal. In JSON the same characters are written as escapes, which a parser
 * turns back into the same text. In csv, text that a spreadsheet would compute stands behind an
 * apostrophe: a cell that matches <code>^'+[=+\-@\t\r\n＝＋－＠]</code> has lost nothing but its first
 * apostrophe. Csv in a pipe is otherwise byte for byte the data, lone surrogates excepted, which no
 * encoding can carry.
 *
 * <p>A reader that goes away, as {@code head} does, is a {@link
 * com.cruddur.ddb.output.BrokenPipeException}. Other failures to write are {@link
 * java.io.UncheckedIOException}.
 */
package com.cruddur.ddb.output;
