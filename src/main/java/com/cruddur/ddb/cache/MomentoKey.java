package com.cruddur.ddb.cache;

import com.cruddur.ddb.aws.FlatJson;
import com.cruddur.ddb.cache.CacheException.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A key of Momento's, taken apart: what is sent, and where to. It comes in three forms. Version 1
 * is base64 of {@code {"endpoint":…,"api_key":…}}. The older token is a JWT whose claims {@code cp}
 * and {@code c} are the hosts. Version 2 is a JWT without them; its host stands beside it, in
 * MOMENTO_ENDPOINT. The SDK knows the first two and puts the key into its exceptions, so all three
 * are read here.
 */
record MomentoKey(
    Form form, String apiKey, String controlHost, String cacheHost, String tokenHost) {
  private static final Pattern PRINTABLE = Pattern.compile("[!-~]+");
  private static final Pattern HOST = Pattern.compile("(?i)[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?");

  /** The form that a key came in. */
  enum Form {
    VERSION_1("a version 1 key"),
    LEGACY_TOKEN("a legacy token"),
    VERSION_2("a version 2 key");

    private final String words;

    Form(String words) {
      this.words = words;
    }

    @Override
    public String toString() {
      return words;
    }
  }

  /**
   * Reads a key.
   *
   * @param endpoint the host of a version 2 key; null for none
   * @throws CacheException of kind NO_KEY when it has none of the forms
   */
  static MomentoKey parse(String key, String endpoint) {
    if (!PRINTABLE.matcher(key).matches()) {
      throw unusable();
    }
    String[] parts = key.split("\\.", -1);
    return parts.length == 3 ? token(key, parts[1], endpoint) : versionOne(key);
  }

  private static MomentoKey versionOne(String key) {
    Map<String, String> fields = object(Base64.getDecoder(), key);
    String apiKey = fields.getOrDefault("api_key", "");
    if (!PRINTABLE.matcher(apiKey).matches() || !fields.containsKey("endpoint")) {
      throw unusable();
    }
    return at(
        Form.VERSION_1, apiKey, host(fields.get("endpoint"), "the endpoint in the Momento key"));
  }

  private static MomentoKey token(String key, String payload, String endpoint) {
    Map<String, String> claims = object(Base64.getUrlDecoder(), payload);
    if (claims.containsKey("cp") && claims.containsKey("c")) {
      String control = host(claims.get("cp"), "the control endpoint in the Momento token");
      String cache = host(claims.get("c"), "the cache endpoint in the Momento token");
      return new MomentoKey(Form.LEGACY_TOKEN, key, control, cache, cache);
    }
    if (endpoint == null) {
      throw new CacheException(
          Kind.NO_KEY,
          "Momento: this key needs an endpoint beside it",
          "Set MOMENTO_ENDPOINT to the host that Momento's console shows with the key.");
    }
    return at(Form.VERSION_2, key, host(endpoint, "MOMENTO_ENDPOINT"));
  }

  private static MomentoKey at(Form form, String apiKey, String host) {
    return new MomentoKey(form, apiKey, "control." + host, "cache." + host, "token." + host);
  }

  private static String host(String name, String what) {
    if (!HOST.matcher(name).matches()) {
      throw new CacheException(
          Kind.NO_KEY,
          "Momento: " + what + " is not a valid host name",
          "It looks like cell-4-us-west-2-1.prod.a.momentohq.com, without https://.");
    }
    return name;
  }

  /** The fields of a JSON object in base64. */
  private static Map<String, String> object(Base64.Decoder base64, String text) {
    try {
      Map<String, String> fields =
          FlatJson.read(new String(base64.decode(text), StandardCharsets.UTF_8));
      if (fields != null) {
        return fields;
      }
    } catch (IllegalArgumentException e) {
      // Not as the cause: it quotes what it reads.
    }
    throw unusable();
  }

  private static CacheException unusable() {
    return new CacheException(
        Kind.NO_KEY,
        "Momento: the key has none of the forms that Momento's keys have",
        "Copy it again, whole, from Momento's console (gomomento.com); see docs/momento.md.");
  }

  /** Without the key. */
  @Override
  public String toString() {
    return "MomentoKey[" + cacheHost + "]";
  }
}
