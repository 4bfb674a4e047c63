package com.cruddur.ddb.aws;

import java.net.InetAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The proxies that the environment names, read as curl and {@code aws} do: https_proxy and
 * http_proxy, and no_proxy for the hosts that are reached without one; the name in lower case goes
 * first, and one that is empty means none.
 */
public final class ProxySettings {
  private static final Pattern SCHEME = Pattern.compile("(?i)[a-z][a-z0-9+.-]*://.*");
  private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

  private final Map<String, String> variables;

  public ProxySettings(AwsEnvironment environment) {
    this.variables = environment.variables();
  }

  /**
   * The proxy for a url; null for none.
   *
   * @throws AwsSetupException when the variable that says so holds no url of a proxy
   */
  public HttpProxy proxy(String scheme, String host, int port) {
    String variable = first(scheme + "_proxy");
    if (variable == null || variables.get(variable).isBlank() || isExempt(host, port)) {
      return null;
    }
    return parse(variable, variables.get(variable).strip());
  }

  private String first(String lower) {
    String upper = lower.toUpperCase(Locale.ROOT);
    return variables.containsKey(lower) ? lower : variables.containsKey(upper) ? upper : null;
  }

  private static HttpProxy parse(String variable, String text) {
    URI uri;
    try {
      uri = URI.create(SCHEME.matcher(text).matches() ? text : "http://" + text);
    } catch (IllegalArgumentException e) {
      throw noUrl(variable, "is not a url");
    }
    String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw noUrl(variable, "names a proxy of the kind " + scheme + ", not http or https");
    }
    if (uri.getHost() == null || uri.getPort() > 65535 || uri.getPort() == 0) {
      throw noUrl(variable, "is not a url");
    }
    boolean tls = scheme.equals("https");
    int port = uri.getPort() > 0 ? uri.getPort() : tls ? 443 : 80;
    String[] user = uri.getRawUserInfo() == null ? null : uri.getRawUserInfo().split(":", 2);
    return new HttpProxy(
        variable,
        tls,
        bare(uri.getHost()),
        port,
        user == null ? null : decoded(variable, user[0]),
        user == null || user.length < 2 ? "" : decoded(variable, user[1]));
  }

  private static String decoded(String variable, String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw noUrl(variable, "holds a user or password that is not percent-encoded");
    }
  }

  /** The value is not shown: it may hold a password. */
  private static AwsSetupException noUrl(String variable, String why) {
    return AwsSetupException.setting(
        "the proxy in " + variable + " " + why,
        "Set " + variable + " to one such as http://proxy.example.com:3128, or unset it.",
        null);
  }

  /** This machine is reached without, and what no_proxy names. */
  private boolean isExempt(String host, int port) {
    if (host.matches("(?i)localhost|127(\\.\\d{1,3}){3}|\\[?::1]?")) {
      return true;
    }
    String variable = first("no_proxy");
    if (variable == null) {
      return false;
    }
    String bare = bare(host).toLowerCase(Locale.ROOT);
    List<String> entries = Arrays.asList(variables.get(variable).strip().split("[,\\s]+"));
    return entries.stream().anyMatch(entry -> matches(entry.toLowerCase(Locale.ROOT), bare, port));
  }

  /** {@code *}, a name with all below it, an address, a network; each may end in a port. */
  private static boolean matches(String entry, String host, int port) {
    if (entry.isEmpty() || entry.equals("*")) {
      return !entry.isEmpty();
    }
    if (entry.contains("/")) {
      return isIn(entry, host);
    }
    int colon = entry.lastIndexOf(':');
    boolean address = entry.indexOf(':') != colon && !entry.contains("]:");
    String name = entry;
    if (colon > 0 && !address) {
      if (!entry.substring(colon + 1).equals(Integer.toString(port))) {
        return false;
      }
      name = entry.substring(0, colon);
    }
    name = bare(name).replaceFirst("^\\*?\\.", "").replaceFirst("\\.$", "");
    String whole = host.replaceFirst("\\.$", "");
    return whole.equals(name) || (!isAddress(whole) && whole.endsWith("." + name));
  }

  private static boolean isIn(String network, String host) {
    String[] parts = network.split("/", 2);
    if (!isAddress(host) || !isAddress(bare(parts[0])) || !parts[1].matches("\\d{1,3}")) {
      return false;
    }
    byte[] base = bytes(bare(parts[0]));
    byte[] own = bytes(host);
    int bits = Integer.parseInt(parts[1]);
    if (base.length != own.length || bits > base.length * 8) {
      return false;
    }
    for (int i = 0; i < bits; i++) {
      int mask = 0x80 >> (i % 8);
      if ((base[i / 8] & mask) != (own[i / 8] & mask)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isAddress(String text) {
    return ADDRESS.matcher(text).matches();
  }

  private static byte[] bytes(String address) {
    try {
      return InetAddress.getByName(address).getAddress();
    } catch (UnknownHostException e) {
      return new byte[0];
    }
  }

  private static String bare(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }
}
