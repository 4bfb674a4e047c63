/**
 * What is there for the first 200 milliseconds only. It stands here, in {@code training}, in {@code
 * src/main/build} and in the second half of {@code bin/ddb}; without any of it every command
 * answers the same, later. Each part is to gain a tenth of the time or of the processor time of
 * {@code get-conversation}, or of the command that it is for, on JDK 17 or 25, measured by leaving
 * it out alone ({@code src/bench/start-up-parts.py}; the figures are in docs/performance.md), else
 * it goes. The parts, and how to take each out:
 *
 * <ul>
 *   <li><b>Start-up archives</b>: classes as the JVM has them in memory after loading, made from
 *       runs of {@link com.cruddur.ddb.training.Training}. Out: {@code find_archive} and {@code
 *       make_archive} of bin/ddb and what only they call, the package {@code training} but {@code
 *       CommandTextsWriter}, {@code StackArchive}.
 *   <li><b>An archive without gRPC</b> for commands that use no cache: JDK 25 loads every class of
 *       its archive at each start. Out: {@code caching.words} in build.xml and bin/ddb, {@code
 *       Catalogue.cachingWords}, the argument {@code plain} of {@code Training}.
 *   <li><b>Options written down</b>: {@link com.cruddur.ddb.cli.startup.CommandModel} makes a
 *       command's options from texts of the build, since reading annotations takes longer than most
 *       commands do. Out: that class and its branch in {@code Commands} and {@code CommandRun},
 *       {@code CommandTextsWriter}, the target {@code command-texts} of build.xml.
 *   <li><b>Lambdas as plain classes</b>: before Java 24 no archive holds a linked lambda, and a
 *       query by the SDK meets five hundred. Out: {@code Lambdas*.java} and its call in build.xml.
 *   <li><b>picocli compiled for 17</b>: the published classes are of a version that no archive
 *       takes. Out: the target {@code picocli} of build.xml and the executions of that name in
 *       pom.xml.
 *   <li><b>Options of the JVM</b>: the first compiler alone, no events of netty's for the flight
 *       recorder, on 25 no replay of the training's compilations. Out: {@code jvm} in bin/ddb. (The
 *       serial collector stands there for its memory, no performance data for the file that they
 *       leave.)
 *   <li><b>Help from a text</b>: {@link com.cruddur.ddb.cli.startup.PrecomputedHelp} answers {@code
 *       ddb --help} and {@code ddb --version} without picocli and without opening the jar. Out:
 *       that class, {@code CommandModel.HELP}, {@code help} of {@code CommandTextsWriter}, its
 *       calls in {@code Main} and {@code Cli.run}, the last {@code case $*} of bin/ddb.
 * </ul>
 */
package com.cruddur.ddb.cli.startup;
