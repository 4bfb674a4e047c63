package com.cruddur.ddb.bulk.imports;

import com.cruddur.ddb.bulk.export.ExportFolder;
import com.cruddur.ddb.chat.InvalidInputException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Keys name files in a bucket; here they lie beside the manifest, or in the folder that incremental
 * exports share, and nowhere else: neither a key with dots nor a symbolic link leads out of them.
 * Both are listed rather than asked for each file.
 */
final class DataFolders {
  private final ExportPlace own;
  private final List<ExportPlace> places;
  private final List<Map<String, ExportPlace>> listed = new ArrayList<>();

  DataFolders(ExportPlace folder) {
    own = folder.child(ExportFolder.DATA);
    places = List.of(own, folder.parent().child(ExportFolder.DATA));
  }

  ImportSource.Part part(JsonNode line) throws IOException {
    String key = line.path("dataFileS3Key").asText("");
    String name = key.substring(key.lastIndexOf('/') + 1);
    ExportPlace file = find(name);
    if (file == null || !file.isPlainFile()) {
      throw new InvalidInputException(
          "data file " + own.child(name) + " of the manifest is missing, or no plain file",
          "Copy the whole export folder.");
    }
    String md5 = line.path("md5Checksum").asText(null);
    return new ImportSource.Part(file.input(), line.path("itemCount").asLong(-1), md5);
  }

  private ExportPlace find(String name) throws IOException {
    for (int i = 0; i < places.size(); i++) {
      if (i == listed.size()) {
        listed.add(list(places.get(i)));
      }
      ExportPlace found = listed.get(i).get(name);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private static Map<String, ExportPlace> list(ExportPlace folder) throws IOException {
    Map<String, ExportPlace> files = new HashMap<>();
    for (ExportPlace file : folder.isLink() ? List.<ExportPlace>of() : folder.children()) {
      files.put(file.name(), file);
    }
    return files;
  }
}
