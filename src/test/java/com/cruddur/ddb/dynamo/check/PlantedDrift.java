package com.cruddur.ddb.dynamo.check;

import com.cruddur.ddb.dynamo.check.Finding.Kind;
import java.util.function.Consumer;

/** A kind of drift: what is wrong, the name that check has for it, and how it comes about. */
record PlantedDrift(String name, Kind kind, Consumer<DriftPlace> plant) {}
